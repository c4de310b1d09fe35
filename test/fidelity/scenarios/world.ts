import type { TestProvider } from "../../support/test-provider";

/** A resource that somebody else made. */
export const there = ({ world }: TestProvider): void => {
  world.set("there-1", { size: 7, arn: "arn:test:there", serial: 1 });
};

export const anotherThere = ({ world }: TestProvider): void => {
  world.set("there-9", { size: 7, arn: "arn:test:there", serial: 9 });
};

/** One resource is changed, one is deleted. */
export const drift = ({ world }: TestProvider): void => {
  world.set("first-1", { ...world.get("first-1"), size: 5 });
  world.delete("third-1");
};
