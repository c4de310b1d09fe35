/** Ends what is going on after its cause was told; nothing more is to be said. */
export class Reported extends Error {
  constructor() {
    super("the cause was reported already");
  }
}
