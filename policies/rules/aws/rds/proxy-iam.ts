import { requireOneOf } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:rds/proxy:Proxy";
const proxy = exampleOf(type, "features");
const auth = (iamAuth: Record<string, Plain>): Record<string, Plain> => ({
  auths: [{ authScheme: "SECRETS", secretArn: UNKNOWN, ...iamAuth }],
});

export const rdsProxyIam = rule({
  id: "aws-rds-proxy-iam",
  title: "Proxies of databases admit identities of IAM alone",
  severity: "medium",
  rationale:
    "A proxy that takes passwords lets in whoever has one; with IAM each caller needs a role, and the password stays in the secret.",
  remediation: 'Set iamAuth to "REQUIRED" in each of auths, or defaultAuthScheme to "IAM_AUTH".',
  mappings: [{ framework: "NIST 800-53r5", control: "IA-2" }],
  levels: { baseline: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const scheme = properties.get("defaultAuthScheme");
      const name = scheme.text();
      if (name === "IAM_AUTH") return [];
      const auths = properties.get("auths");
      const { items, complete } = auths.items();
      if (!complete || (items.length === 0 && name === UNKNOWN)) return [undecided(auths)];
      if (items.length === 0) return [fail(auths, "names nobody who may sign in")];
      const found = items.flatMap((item) => requireOneOf(item.get("iamAuth"), ["REQUIRED"], 'is not "REQUIRED"'));
      return found.length > 0 && name === UNKNOWN ? [undecided(scheme)] : found;
    },
  },
  examples: [
    { title: "IAM alone", verdict: "pass", resources: proxy(auth({ iamAuth: "REQUIRED" })) },
    { title: "IAM from end to end", verdict: "pass", resources: proxy({ defaultAuthScheme: "IAM_AUTH" }) },
    { title: "passwords", verdict: "fail", resources: proxy(auth({ iamAuth: "DISABLED" })) },
    { title: "nothing said", verdict: "fail", absent: true, resources: proxy(auth({})) },
    { title: "known only later", verdict: "undecided", resources: proxy(auth({ iamAuth: UNKNOWN })) },
  ],
});
