import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import {
  type AttestedKeyPolicyInput,
  attestedKeyPolicy,
  attestedKeyProblems,
  POLICY_SIZE_LIMITS,
  type Problem,
  policyJson,
  printable,
  readMeasurements,
  rootOfTrustProblems,
} from "gabion-knowledge";
import { markAttested } from "../arguments/attested-keys";
import {
  integerProblems,
  isPlain,
  missingProblems,
  nameProblems,
  roleArnProblems,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { deletionProtection } from "../arguments/protection";

/** What signs the attestation document that code hands to KMS. */
export const RootOfTrust = {
  /** NitroTPM, of nodes of the tiers `measured-boot` and `attestable-image`. */
  NitroTpm: "nitro-tpm",
  /** The Nitro hypervisor, for an enclave: the tier `enclave`. */
  NitroEnclave: "nitro-enclave",
  /** The same, for a pod in a confidential sandbox. */
  NitroSandbox: "nitro-sandbox",
} as const;
export type RootOfTrust = (typeof RootOfTrust)[keyof typeof RootOfTrust];

export interface AttestedKeyArgs extends ScopeArgs {
  /** What the key protects, in a few words: it is the key's description. */
  purpose: string;
  /** What signs the documents of the code that opens the key. AMD SEV-SNP is none: KMS has no condition for it. */
  rootOfTrust: RootOfTrust;
  /**
   * The software that opens the key: registers by the names that KMS gives them after `kms:RecipientAttestation:`, each with 96
   * hexadecimal digits. `NitroTPMPCR4` with `NitroTPMPCR12`, or `NitroTPMPCR7` where Secure Boot is used; `PCR0` or `PCR8` of an enclave;
   * `PCR17` of a sandbox. Each entry is complete in itself and names the same registers: give the one in use and the next, and take
   * the old one out once nothing runs it any more.
   */
  measurements: Record<string, string>[];
  /** ARNs of the roles whose attested code opens what the key wraps. */
  openers: string[];
  /**
   * ARNs of the roles that wrap data keys of their own with the key. They can never open one.
   * @default none
   */
  publishers?: string[];
  /**
   * ARNs of the roles that administer the key besides the account itself. They can neither wrap nor open.
   * @default none
   */
  administrators?: string[];
  /**
   * After how many days the key gets new material, 90 to 2560. What older material wrapped stays readable.
   * @default 180
   */
  rotationDays?: number;
  /**
   * For how many days a deletion of the key can be taken back, 7 to 30.
   * @default 30
   */
  deletionWindowDays?: number;
  /**
   * Whether Pulumi refuses to delete the key. What it wrapped is lost with it.
   * @default true
   */
  deletionProtection?: boolean;
}

/**
 * A KMS key that opens for measured software alone: allowed on a match, denied on a mismatch and without a document, for everyone and
 * the account too. It is for envelopes that attested code opens itself. Services send no document, so buckets, volumes and clusters
 * refuse it.
 */
export class AttestedKey extends pulumi.ComponentResource {
  /** The ARN of the key. */
  public readonly keyArn: pulumi.Output<string>;
  /** The id of the key. */
  public readonly keyId: pulumi.Output<string>;
  /** The key's alias, `alias/attested/` and the component's name. */
  public readonly aliasName: pulumi.Output<string>;
  /** What signs the documents that the key asks for. */
  public readonly rootOfTrust: pulumi.Output<string>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: AttestedKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("AttestedKey", name, attestedKeyArgumentProblems(name, args));
    super("gabion:index:AttestedKey", name, args, opts);

    const key = new kms.Key(
      name,
      {
        description: args.purpose,
        enableKeyRotation: true,
        rotationPeriodInDays: args.rotationDays ?? 180,
        deletionWindowInDays: args.deletionWindowDays ?? 30,
        policy: policyJson(attestedKeyPolicy(policyInput(args))),
        // Policies find the key by this tag, and hold it to the names of that root of trust.
        tags: { Name: name, "gabion:attestation": args.rootOfTrust },
      },
      {
        parent: this,
        // KMS refuses a policy that names a role which does not exist yet.
        ...(opts?.dependsOn === undefined ? {} : { dependsOn: opts.dependsOn }),
        ...deletionProtection(args.deletionProtection),
      },
    );
    markAttested(key);
    const alias = new kms.Alias(name, { name: `alias/attested/${name}`, targetKeyId: key.keyId }, { parent: this });

    this.keyArn = key.arn;
    this.keyId = key.keyId;
    this.aliasName = alias.name;
    this.rootOfTrust = pulumi.output(args.rootOfTrust);
    this.registerOutputs({
      keyArn: this.keyArn,
      keyId: this.keyId,
      aliasName: this.aliasName,
      rootOfTrust: this.rootOfTrust,
    });
  }
}

function policyInput(args: AttestedKeyArgs): AttestedKeyPolicyInput {
  const { region, accountId, rootOfTrust: root, openers, publishers, administrators } = args;
  return {
    region,
    accountId,
    root,
    measurements: readMeasurements(root, args.measurements).measurements,
    openers,
    ...(publishers === undefined ? {} : { publishers }),
    ...(administrators === undefined ? {} : { administrators }),
  };
}

/** What is wrong with the arguments; empty: the key can be made. */
export function attestedKeyArgumentProblems(name: string, args: AttestedKeyArgs): Problem[] {
  const missing = missingProblems(args, ["purpose", "rootOfTrust", "measurements", "openers"]);
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  const roots = given("rootOfTrust") ? rootOfTrustProblems(args.rootOfTrust) : [];
  const later = given("measurements") ? knownLaterProblems(args.measurements) : [];
  const problems = [
    ...nameProblems(name, 200),
    ...scopeProblems(args),
    ...missing,
    ...roots,
    ...later,
    ...(given("openers") ? roleArnProblems("openers", args.openers) : []),
    ...roleArnProblems("publishers", args.publishers),
    ...roleArnProblems("administrators", args.administrators),
    ...integerProblems("rotationDays", args.rotationDays, { min: 90, max: 2560, unit: "days" }),
    ...integerProblems("deletionWindowDays", args.deletionWindowDays, { min: 7, max: 30, unit: "days" }),
  ];
  if (missing.length + roots.length + later.length > 0) return problems;
  return [...problems, ...policyProblems(args, problems.length > 0)];
}

/** The policy must be known in a preview, where it is judged: a measurement that comes later would be checked by nobody. */
function knownLaterProblems(measurements: readonly Record<string, string>[]): Problem[] {
  const path = "measurements";
  if (!Array.isArray(measurements) || !measurements.every((entry) => typeof entry === "object" && entry !== null)) {
    const reason = "it is not a list of measurements";
    return [{ path, found: printable(measurements), reason, remedy: "Give a list of registers with their values" }];
  }
  return measurements.flatMap((entry, index) => {
    const values = isPlain(entry as never) ? Object.entries(entry) : [["", entry]];
    return values.flatMap(([register, value]): Problem[] => {
      if (typeof value === "string") return [];
      const at = register === "" ? `${path}[${index}]` : `${path}[${index}].${register}`;
      const reason = "the key's policy must be known in a preview, and this is no text that is";
      return [{ path: at, found: typeof value, reason, remedy: "Write the measurement into the configuration" }];
    });
  });
}

function policyProblems(args: AttestedKeyArgs, flawed: boolean): Problem[] {
  const names = readMeasurements(args.rootOfTrust, args.measurements).problems;
  // A register with the wrong name is missing from the measurement: what that entails is not told as well.
  const input = policyInput(args);
  const problems = [
    ...names,
    ...attestedKeyProblems(input).filter(({ path }) => names.length === 0 || !isMeasured(path)),
  ];
  if (flawed || problems.length > 0) return problems;
  const size = Buffer.byteLength(policyJson(attestedKeyPolicy(input)));
  if (size <= POLICY_SIZE_LIMITS.keyPolicy) return [];
  const reason = `the key's policy would have ${size} bytes, and KMS takes ${POLICY_SIZE_LIMITS.keyPolicy}`;
  const remedy = "Take out measurements of images that nothing runs any more";
  return [{ path: "measurements", found: `${args.measurements.length} entries`, reason, remedy }];
}

function isMeasured(path: string): boolean {
  return path.startsWith("measurements");
}
