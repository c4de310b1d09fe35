import type { Account, Settled, Subject } from "../world/account";
import type { Properties } from "../world/model";
import { unseal } from "../world/seal";
import { withoutMarks } from "./check";
import { diff } from "./diff";
import { type Opened, secretTexts } from "./values";

/**
 * Continues a creation of which the engine does not know what it came to. Undefined: there is nothing to continue, it has to be carried out. What it has made is
 * answered as it is, updated when other inputs are wanted by now or it was not ready, and deleted when the inputs need another resource.
 */
export function resumed(
  account: Account,
  subject: Subject,
  inputs: Opened,
  creation: string | undefined,
): Settled | undefined {
  const made = creation === undefined ? undefined : account.createdBy(subject, creation);
  if (made === undefined) return undefined;
  const outputs = unseal(made.outputs, inputs.values, account.seed) as Properties;
  const { changes } = diff({
    type: subject.entry.type,
    entry: subject.entry,
    oldInputs: unseal(made.inputs, inputs.values, account.seed) as Properties,
    oldOutputs: outputs,
    news: inputs.values,
    ignored: [],
  });
  if (changes.some((change) => change.replaces)) {
    account.delete(subject, made.id);
    return undefined;
  }
  if (changes.length === 0 && made.unready !== true) return { resource: { ...made, outputs } };
  return account.update(subject, made.id, withoutMarks(inputs.values), secretTexts(inputs));
}
