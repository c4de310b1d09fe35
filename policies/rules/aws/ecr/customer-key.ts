import { comesFromKey, isServiceKey } from "../../../kit/customer-key";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { repositoryExample, templateExample } from "../../../kit/repository-examples";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { askedOf } from "../../../kit/training-network";

const types = [
  "aws:ecr/repository:Repository",
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
] as const;

const check = ({ properties }: { properties: Property<unknown> }): Finding[] =>
  keyFindings(properties).filter(({ verdict }) => verdict === "fail");

const key = "arn:aws:kms:eu-central-1:111122223333:key/1";
const encrypted = (configuration: Plain) => repositoryExample({ encryptionConfigurations: [configuration] });

export const customerKey = rule({
  id: "aws-ecr-customer-key",
  title: "Images are encrypted with a customer key",
  severity: "low",
  rationale:
    "With a key of AWS whoever may pull may read; a key of yours is a second door, with its own policy, trail and switch.",
  remediation:
    'Set encryptionConfigurations to one with encryptionType "KMS" and kmsKey naming a KMS key of yours. It cannot be changed later, so make the repository anew.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "disabled" },
  checks: { [types[0]]: check, [types[1]]: check },
  stack: (index) =>
    index.ofType(...types).flatMap((resource) => {
      const known = comesFromKey(index, resource.sources.encryptionConfigurations);
      return keyFindings(askedOf(resource))
        .filter(({ verdict, path }) => verdict === "undecided" && !(known && path.endsWith(".kmsKey")))
        .map((finding) => ({ ...finding, resource }));
    }),
  examples: [
    {
      title: "a key of yours",
      verdict: "pass",
      profile: "regulated",
      resources: [encrypted({ encryptionType: "KMS", kmsKey: key })],
    },
    {
      title: "a key of the same program, encrypted twice",
      verdict: "pass",
      profile: "regulated",
      resources: [
        { type: "aws:kms/key:Key", name: "images", properties: { enableKeyRotation: true } },
        {
          ...encrypted({ encryptionType: "KMS_DSSE", kmsKey: UNKNOWN }),
          dependencies: { encryptionConfigurations: ["images"] },
        },
      ],
    },
    { title: "nothing said", verdict: "fail", absent: true, profile: "regulated", resources: [repositoryExample()] },
    {
      title: "AWS's own key",
      verdict: "fail",
      profile: "regulated",
      resources: [encrypted({ encryptionType: "KMS" })],
    },
    {
      title: "AWS's own key, by its name",
      verdict: "fail",
      profile: "regulated",
      resources: [encrypted({ encryptionType: "KMS", kmsKey: "arn:aws:kms:eu-central-1:111122223333:alias/aws/ecr" })],
    },
    {
      title: "a template without a key",
      verdict: "fail",
      profile: "regulated",
      resources: [templateExample({ encryptionConfigurations: [{ encryptionType: "AES256" }] })],
    },
    {
      title: "key known only later, from nobody knows where",
      verdict: "undecided",
      profile: "regulated",
      resources: [encrypted({ encryptionType: "KMS", kmsKey: UNKNOWN })],
    },
  ],
});

function keyFindings(properties: Property<unknown>): Finding[] {
  const own = properties as Property<{ encryptionConfigurations?: { encryptionType?: string; kmsKey?: string }[] }>;
  const list = own.get("encryptionConfigurations");
  const { items, complete } = list.items();
  if (!complete) return [undecided(list)];
  const [first] = items;
  if (first === undefined) return [fail(list, "is not set, so the key is ECR's own")];
  const type = first.get("encryptionType");
  const kind = type.text();
  if (kind === UNKNOWN) return [undecided(type)];
  if (kind !== "KMS" && kind !== "KMS_DSSE") return [fail(type, "is not KMS, so the key is ECR's own")];
  const place = first.get("kmsKey");
  const name = place.text();
  if (name === UNKNOWN) return [undecided(place)];
  if (name === undefined) return [fail(place, "is not set, so the key is one that AWS manages")];
  return isServiceKey(name) ? [fail(place, "names a key that AWS manages")] : [];
}
