/** The world cannot be used as asked: says what, where and the way out. */
export class WorldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WorldError";
  }
}
