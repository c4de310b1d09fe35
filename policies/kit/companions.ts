import type { PropertiesOf, ResourceType } from "./resource-types";
import { fail, type StackFinding, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";

export interface CompanionQuestion<T extends ResourceType> {
  readonly types: readonly T[];
  /** The property of the companion that names its owner. */
  readonly property: keyof PropertiesOf<T> & string;
  /** Outputs of the owner that such a property may hold. */
  readonly identifiers: readonly string[];
  /** What is missing, for the message. */
  readonly missing: string;
}

/**
 * Looks for a resource that completes another, for example a bucket's versioning. Found for sure: `judge` has the word. Maybe: undecided.
 * Missing: a failure of the owner.
 */
export function companionFindings<T extends ResourceType>(
  index: StackIndex,
  owner: StackResource,
  question: CompanionQuestion<T>,
  judge: (companion: StackResource<T>) => readonly StackFinding[] = () => [],
): StackFinding[] {
  const links = index.linksTo(owner, question.types, question.property, question.identifiers);
  const sure = links.filter((link) => link.certainty === "sure");
  if (sure.length > 0) return sure.flatMap((link) => judge(link.resource));
  if (links.length > 0) {
    return [
      {
        ...undecided("", `${question.missing}, or it is one whose owner is known only after deployment`),
        resource: owner,
      },
    ];
  }
  return [{ ...fail("", question.missing), resource: owner }];
}
