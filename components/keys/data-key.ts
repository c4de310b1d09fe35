import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { type DataKeyPolicyInput, dataKeyPolicy, type Problem, policyJson, printable } from "gabion-knowledge";
import {
  integerProblems,
  listProblems,
  missingProblems,
  nameProblems,
  problemsOf,
  roleArnProblems,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { deletionProtection } from "../arguments/protection";

export interface DataKeyArgs extends ScopeArgs {
  /** What the key protects, in a few words: it is the key's description. */
  purpose: string;
  /**
   * ARNs of the roles that administer the key besides the account itself. They cannot use it.
   * @default none
   */
  administrators?: string[];
  /**
   * ARNs of the roles that encrypt and decrypt with the key themselves. They cannot administer it.
   * @default none
   */
  users?: string[];
  /**
   * Services through which identities of the account use the key, for example `s3`.
   * @default none
   */
  viaServices?: string[];
  /**
   * Services that take a grant on the key for a resource that is made with them, for example `eks`.
   * @default none
   */
  grantsThroughServices?: string[];
  /**
   * Names or patterns of the log groups that CloudWatch Logs encrypts with the key.
   * @default none
   */
  logGroups?: string[];
  /**
   * Services that use the key in their own name on behalf of the account, for example `cloudtrail`.
   * @default none
   */
  services?: string[];
  /**
   * Whether nodes' volumes are encrypted with the key: admits the service-linked role of EC2 Auto Scaling, which must exist in the
   * account. Without it instances end at launch.
   * @default false
   */
  autoScaling?: boolean;
  /**
   * After how many days the key gets new material, 90 to 2560.
   * @default 180
   */
  rotationDays?: number;
  /**
   * For how many days a deletion of the key can be taken back, 7 to 30.
   * @default 30
   */
  deletionWindowDays?: number;
  /**
   * Whether Pulumi refuses to delete the key. What it encrypted is lost with it.
   * @default true
   */
  deletionProtection?: boolean;
}

/**
 * A KMS key for one tier of data. Who administers it cannot use it and the other way round; services are held to this account; the
 * material rotates.
 */
export class DataKey extends pulumi.ComponentResource {
  /** The ARN of the key. */
  public readonly keyArn: pulumi.Output<string>;
  /** The id of the key. */
  public readonly keyId: pulumi.Output<string>;
  /** The key's alias, `alias/` and the component's name. */
  public readonly aliasName: pulumi.Output<string>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: DataKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("DataKey", name, argumentProblems(name, args));
    super("gabion:index:DataKey", name, args, opts);

    const key = new kms.Key(
      name,
      {
        description: args.purpose,
        enableKeyRotation: true,
        rotationPeriodInDays: args.rotationDays ?? 180,
        deletionWindowInDays: args.deletionWindowDays ?? 30,
        policy: policyJson(dataKeyPolicy(policyInput(args))),
        tags: { Name: name },
      },
      { parent: this, ...deletionProtection(args.deletionProtection) },
    );
    const alias = new kms.Alias(name, { name: `alias/${name}`, targetKeyId: key.keyId }, { parent: this });

    this.keyArn = key.arn;
    this.keyId = key.keyId;
    this.aliasName = alias.name;
    this.registerOutputs({ keyArn: this.keyArn, keyId: this.keyId, aliasName: this.aliasName });
  }
}

function policyInput(args: DataKeyArgs): DataKeyPolicyInput {
  const { purpose: _, rotationDays: __, deletionWindowDays: ___, deletionProtection: ____, ...input } = args;
  return input;
}

function argumentProblems(name: string, args: DataKeyArgs): Problem[] {
  const scope = scopeProblems(args);
  const service = (value: string, path: string) => serviceProblems(value, path);
  const problems = [
    ...nameProblems(name, 200),
    ...scope,
    ...missingProblems(args, ["purpose"]),
    ...roleArnProblems("administrators", args.administrators),
    ...roleArnProblems("users", args.users),
    ...listProblems("viaServices", args.viaServices, service),
    ...listProblems("grantsThroughServices", args.grantsThroughServices, service),
    ...listProblems("logGroups", args.logGroups, logGroupProblems),
    ...listProblems("services", args.services, service),
    ...integerProblems("rotationDays", args.rotationDays, { min: 90, max: 2560, unit: "days" }),
    ...integerProblems("deletionWindowDays", args.deletionWindowDays, { min: 7, max: 30, unit: "days" }),
  ];
  if (scope.length > 0) return problems;
  return [...problems, ...problemsOf(() => policyJson(dataKeyPolicy(policyInput(args))))];
}

function serviceProblems(value: string, path: string): Problem[] {
  if (/^[a-z][a-z0-9-]*$/.test(value)) return [];
  const reason = "it is not the short name of a service";
  return [{ path, found: printable(value), reason, remedy: 'Give the part before ".amazonaws.com", for example "s3"' }];
}

function logGroupProblems(value: string, path: string): Problem[] {
  if (/^[\w.\-/#*]{1,512}$/.test(value) && !/^[*/]+$/.test(value)) return [];
  const reason = "it names no log groups, or all of them";
  return [{ path, found: printable(value), reason, remedy: 'Give a name or a pattern, for example "/gabion/dev-*"' }];
}
