import {
  type ArnScope,
  arns,
  policyJson,
  requirePartition,
  type StatementInput,
  servicePrincipal,
} from "gabion-knowledge";
import type { PrivateAccessArgs } from "./access-args";

/** The tag of runners, whose value is the name of their component. Sessions are allowed with instances that carry it alone. */
export const ACCESS_TAG = "gabion:access";

/** What the agent on a runner needs for sessions, and no more: AWS's managed policy for it would also read every parameter. */
export function runnerPolicy(args: PrivateAccessArgs, groupName: string, shellKeyArn: string | undefined): string {
  const statements: StatementInput[] = [
    {
      sid: "Sessions",
      actions: [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
  ];
  if (shellKeyArn !== undefined) {
    const group = arns.logGroup(args, groupName);
    statements.push(
      {
        sid: "Record",
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: [group, `${group}:*`],
      },
      // The agent looks its group up in the list of all before it writes.
      { sid: "FindRecord", actions: ["logs:DescribeLogGroups"], resources: ["*"] },
      { sid: "EncryptSessions", actions: ["kms:Decrypt"], resources: [shellKeyArn] },
    );
  }
  if ((args.assumableRoleArns ?? []).length > 0) {
    statements.push({ sid: "Deploy", actions: ["sts:AssumeRole"], resources: args.assumableRoleArns as string[] });
  }
  return policyJson(statements);
}

export function runnerTrust(): string {
  return policyJson([{ principals: { Service: [servicePrincipal("ec2")] }, actions: ["sts:AssumeRole"] }]);
}

/** Named roles may open sessions, under a name that says who they are. */
export function operatorTrust(operators: readonly string[]): string {
  return policyJson([{ principals: { AWS: operators }, actions: ["sts:AssumeRole"] }]);
}

/**
 * Sessions by the given documents, with the runners of the component. SSM holds a session to its document only where the statement asks it to
 * (Systems Manager User Guide, "Enforce a session document permission check"); without that, a caller who names no document gets a shell.
 */
export function operatorPolicy(
  name: string,
  scope: ArnScope,
  documentNames: readonly string[],
  shellKeyArn: string | undefined,
): string {
  const partition = requirePartition(scope.region).name;
  const inAccount = (service: string, resource: string) =>
    `arn:${partition}:${service}:${scope.region}:${scope.accountId}:${resource}`;
  const statements: StatementInput[] = [
    {
      sid: "OnRunners",
      actions: ["ssm:StartSession"],
      resources: [inAccount("ec2", "instance/*")],
      conditions: {
        StringEquals: { [`ssm:resourceTag/${ACCESS_TAG}`]: name },
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
      },
    },
    {
      sid: "ByDocuments",
      actions: ["ssm:StartSession"],
      resources: documentNames.map((document) => inAccount("ssm", `document/${document}`)),
    },
    {
      // An IAM variable, which names whoever assumed the role.
      sid: "OwnSessions",
      actions: ["ssm:ResumeSession", "ssm:TerminateSession"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
      resources: [inAccount("ssm", "session/${aws:userid}-*")],
    },
    { sid: "FindRunners", actions: ["ec2:DescribeInstances", "ssm:DescribeSessions"], resources: ["*"] },
  ];
  if (shellKeyArn !== undefined) {
    statements.push({ sid: "EncryptSessions", actions: ["kms:GenerateDataKey"], resources: [shellKeyArn] });
  }
  return policyJson(statements);
}
