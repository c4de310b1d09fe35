import { ruleChecks, someText } from "../../../kit/kubernetes/rbac";
import { permissionExamples, roleExample } from "../../../kit/kubernetes/rbac-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const fields = ["verbs", "resources", "apiGroups", "nonResourceURLs"] as const;
const wildcard = { apiGroups: [""], resources: ["configmaps"], verbs: ["*"] };

export const noWildcards = rule({
  id: "k8s-access-no-wildcards",
  title: "No role allows whatever there is with a wildcard",
  severity: "high",
  rationale:
    "A wildcard also allows verbs, subresources and kinds that nobody had in mind, and those that are installed later.",
  remediation: "List the verbs, resources and API groups that the software uses, each by its name.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: ruleChecks((role) =>
    fields.flatMap((name) => {
      const list = role.get(name);
      const found = someText(list, (text) => text === "*" || (name !== "nonResourceURLs" && text.startsWith("*/")));
      if (found === UNKNOWN) return [undecided(list)];
      return found === true ? [fail(list, "is a wildcard")] : [];
    }),
  ),
  examples: [
    ...permissionExamples(wildcard, { title: "verbs by their names", change: { verbs: ["get", "list"] } }).filter(
      ({ title }) => title !== "the same words in another API group" && title !== "among all resources of all groups",
    ),
    {
      title: "all groups and resources, to read",
      verdict: "fail",
      resources: roleExample([{ apiGroups: ["*"], resources: ["*"], verbs: ["get"] }]),
    },
    {
      title: "the status of everything",
      verdict: "fail",
      resources: roleExample([{ apiGroups: ["apps"], resources: ["*/status"], verbs: ["patch"] }]),
    },
    {
      title: "addresses below one path",
      verdict: "pass",
      resources: roleExample([{ nonResourceURLs: ["/metrics/*"], verbs: ["get"] }]),
    },
    {
      title: "all addresses of the API server",
      verdict: "fail",
      resources: roleExample([{ nonResourceURLs: ["*"], verbs: ["get"] }]),
    },
  ],
});
