import { accountIdProblems, isAccountId, partitionOf } from "gabion-knowledge";
import { list, object, show, text, texts } from "../types/templates";
import type { Properties } from "../world/model";
import type { Failure, ProviderSettings } from "./check";
import { isUnknown } from "./values";

/** Keys of the provider's configuration. Source: `ProviderArgs` of @pulumi/aws 7.48.0. */
const keys = [
  "accessKey",
  "allowedAccountIds",
  "assumeRoleWithWebIdentity",
  "assumeRoles",
  "customCaBundle",
  "defaultTags",
  "ec2MetadataServiceEndpoint",
  "ec2MetadataServiceEndpointMode",
  "endpoints",
  "forbiddenAccountIds",
  "httpProxy",
  "httpsProxy",
  "ignoreTags",
  "insecure",
  "maxRetries",
  "noProxy",
  "profile",
  "region",
  "retryMode",
  "s3UsEast1RegionalEndpoint",
  "s3UsePathStyle",
  "secretKey",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "skipRequestingAccountId",
  "stsRegion",
  "tagPolicyCompliance",
  "token",
  "tokenBucketRateLimiterCapacity",
  "useDualstackEndpoint",
  "useFipsEndpoint",
  "userAgents",
] as const;

/** What the engine itself puts in beside the provider's keys. */
const engineKeys = ["version", "pluginDownloadURL", "__internal", "__pluginChecksums"];

export const configurationKeys: readonly string[] = keys;

/** Configuration with the values that the SDK sends as JSON text read back. Secrets are already open. */
export function decode(configuration: Properties): Properties {
  const plain = new Set(["region", "profile", "accessKey", "secretKey", "token", "stsRegion", "retryMode"]);
  return Object.fromEntries(
    Object.entries(configuration).map(([name, value]) => {
      if (typeof value !== "string" || plain.has(name) || isUnknown(value) || !/^[[{"tf\d]/.test(value))
        return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

export function checkConfiguration(configuration: Properties): Failure[] {
  const decoded = decode(configuration);
  const failures: Failure[] = [];
  for (const name of Object.keys(decoded)) {
    if (configurationKeys.includes(name) || engineKeys.includes(name)) continue;
    failures.push({
      property: name,
      reason: `Unknown configuration key 'aws:${name}'. Known are ${configurationKeys.join(", ")}.`,
    });
  }
  const region = decoded.region ?? defaultRegion();
  if (region === undefined) {
    failures.push({
      property: "region",
      reason:
        "Missing region information. Set it with 'pulumi config set aws:region <region>', on the provider, or in AWS_REGION.",
    });
  } else if (!isUnknown(region) && (typeof region !== "string" || partitionOf(region) === undefined)) {
    failures.push({ property: "region", reason: `Invalid AWS Region: ${show(region)}` });
  }
  for (const name of ["allowedAccountIds", "forbiddenAccountIds"]) {
    for (const [at, id] of list(decoded[name]).entries()) {
      if (isUnknown(id)) continue;
      for (const problem of accountIdProblems(id, `${name}[${at}]`)) {
        failures.push({
          property: name,
          reason: `${problem.path}: ${problem.reason}, found ${problem.found}. ${problem.remedy}`,
        });
      }
    }
  }
  if (decoded.allowedAccountIds !== undefined && decoded.forbiddenAccountIds !== undefined) {
    failures.push({
      property: "forbiddenAccountIds",
      reason: '"forbiddenAccountIds": conflicts with allowedAccountIds',
    });
  }
  return failures;
}

const defaultRegion = (): string | undefined => text(process.env.AWS_REGION) ?? text(process.env.AWS_DEFAULT_REGION);

export interface Configuration extends ProviderSettings {
  accountId: string;
  /** ARN of who calls, as STS would tell it. */
  callerArn: string;
  maxRetries: number;
}

/** What a provider instance is configured to; throws with AWS's own words when the account is not an allowed one. */
export function configure(configuration: Properties, fallbackAccount: string): Configuration {
  const decoded = decode(configuration);
  const region = text(decoded.region) ?? defaultRegion() ?? "us-east-1";
  const role = list(decoded.assumeRoles)
    .map((one) => text(object(one).roleArn))
    .filter((arn) => arn !== undefined)
    .at(-1);
  const allowed = texts(decoded.allowedAccountIds);
  const fromRole = role?.split(":")[4];
  const accountId = isAccountId(fromRole) ? fromRole : (allowed[0] ?? fallbackAccount);
  if (allowed.length > 0 && !allowed.includes(accountId)) throw new Error(`AWS account ID not allowed: ${accountId}`);
  if (texts(decoded.forbiddenAccountIds).includes(accountId))
    throw new Error(`AWS account ID not allowed: ${accountId}`);
  const partition = partitionOf(region)?.name ?? "aws";
  const ignored = object(decoded.ignoreTags);
  return {
    region,
    accountId,
    callerArn:
      role === undefined
        ? `arn:${partition}:iam::${accountId}:user/gabion-sandbox`
        : `arn:${partition}:sts::${accountId}:assumed-role/${role.slice(role.lastIndexOf("/") + 1)}/gabion-sandbox`,
    defaultTags: object(object(decoded.defaultTags).tags),
    ignoredKeys: texts(ignored.keys),
    ignoredPrefixes: texts(ignored.keyPrefixes),
    maxRetries: typeof decoded.maxRetries === "number" ? decoded.maxRetries : 25,
  };
}
