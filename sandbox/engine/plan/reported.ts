/** Ends what is going on after its cause was told; nothing more is to be said. */
export class Reported extends Error {
  constructor() {
    super("the cause was reported already");
  }
}

/** What is asked for after the pass has ended or failed: it will not be done. */
export class ShutDown extends Error {
  constructor() {
    super("the run is ending");
  }
}
