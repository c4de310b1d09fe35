import type { Values } from "./client";

const document = (...statements: Values[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A trust policy of services. */
export const trust = (...services: string[]): string =>
  document({
    Effect: "Allow",
    Principal: { Service: services },
    Action: ["sts:AssumeRole", "sts:TagSession"],
  });

export const allow = (action: string | string[], resource: string | string[] = "*"): string =>
  document({ Effect: "Allow", Action: action, Resource: resource });

/** A resource policy that allows an action to principals of one kind. */
export const grant = (principal: unknown, action: string | string[], resource?: string | string[]): string =>
  document({
    Effect: "Allow",
    Principal: principal,
    Action: action,
    ...(resource === undefined ? {} : { Resource: resource }),
  });

const account = "123456789012";
export const root = `arn:aws:iam::${account}:root`;
export const scalingRole = `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

/** A key policy under which the account keeps the key, and others may use it. */
export const keyPolicy = (...users: unknown[]): string =>
  document(
    { Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" },
    ...users.map((principal) => ({
      Effect: "Allow",
      Principal: principal,
      Action: ["kms:Encrypt", "kms:GenerateDataKey*", "kms:CreateGrant"],
      Resource: "*",
    })),
  );

export { document };
