import { Property, type Reading, UNKNOWN } from "./property";
import { type Finding, fail, undecided } from "./rule";

/** Names of variables that hold what must not be seen. */
const secretName =
  /(^|_)(PASSWORD|PASSWD|(?<=_)PWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|API_?KEY|(ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION)_?KEY)(_VALUE)?$/i;
/** Values that show by their form that they are a credential. Sources: AWS's, GitHub's and Vault's own notes on their formats; RFC 7468. */
const secretValue =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bhv[sbr]\.[\w-]{24}|-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^/\s:@]+:[^/\s@]+@/;
/** What tokenizers call their special tokens. */
const harmlessName = /(^|_)(BOS|CLS|EOS|MASK|PAD|SEP|UNK)_TOKEN$/i;
const connectionName = /(^|_)(DATABASE|DB|REDIS|POSTGRES(QL)?|MYSQL|MONGO(DB)?|AMQP|BROKER)_(URL|URI|DSN)$/i;

/** What there is to say about an environment variable that may hold a secret in clear text. */
export function variableFindings(
  variable: Property<unknown>,
  name: Reading<string>,
  value: Reading<string>,
): readonly Finding[] {
  if (value === undefined) return [];
  if (typeof value === "string" && secretValue.test(value)) return [fail(variable, "holds a credential")];
  const looks = name === UNKNOWN ? UNKNOWN : name !== undefined && secretName.test(name) && !harmlessName.test(name);
  if (looks === false) {
    // Most values are known only later for good reasons; addresses of databases often have a password in them.
    return value === UNKNOWN && connectionName.test(String(name)) ? [undecided(variable)] : [];
  }
  // A switch holds no secret, and a reference of the form $(NAME) repeats another variable.
  if (typeof value === "string" && /^(true|false|\$\([^)]+\))$/i.test(value)) return [];
  return [looks === UNKNOWN || value === UNKNOWN ? undecided(variable) : fail(variable, "holds a secret by its name")];
}

/** The same for all variables of a map. Names are text of the resource, so they do not become part of a path. */
export function variablesFindings(variables: Property<unknown>): readonly Finding[] {
  const raw = variables.raw();
  if (raw === UNKNOWN) return [undecided(variables)];
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return [];
  return Object.entries(raw).flatMap(([name, value]) => {
    const variable = new Property<string>(value, variables.path);
    return [...variableFindings(variable, name, variable.text())];
  });
}
