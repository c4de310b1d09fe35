import { parseArn, regionProblems } from "gabion-knowledge";
import { ASSURANCE_LEVELS } from "./controls/order";
import { isDate } from "./dates";
import { choice, flag, group, list, text } from "./field";
import { type Finding, firstFinding } from "./problem";

export const LAYERS = ["account", "foundation"] as const;
export type LayerName = (typeof LAYERS)[number];

// What AWS takes in the value of a tag (Tag Editor User Guide, "Best practices and limits"), without spaces at the ends.
const tagValue = /^[A-Za-z0-9](?:[A-Za-z0-9 +\-=._:/@]{0,126}[A-Za-z0-9])?$/;

/** The settings that stacks of every layer have. `controls` are the ids that deviations of the layer may name. */
export function commonShape<L extends LayerName>(layer: L, controls: readonly [string, ...string[]]) {
  return {
    layer: choice(
      {
        description: "Which part of an environment the stack is. It decides which other settings there are.",
        example: layer,
      },
      [layer],
    ),
    environment: text(
      {
        description:
          "The environment that the stack belongs to. All stack files that name it are deployed together, in the order of their layers. It is a tag of every resource.",
        allowed: "2 to 24 lower-case letters, digits and hyphens, a letter first",
        example: "dev",
      },
      /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
    ),
    sandbox: flag({
      description: "Marks a stack that is only ever simulated: without an AWS account, by the embedded engine.",
    }).default(false),
    assurance: choice(
      {
        description:
          "How strict the environment is held. It sets the default of every setting that a control guards, and how far that setting may be loosened.",
      },
      ASSURANCE_LEVELS,
    ).default("baseline"),
    region: text(
      {
        description: "The AWS Region of the stack's resources.",
        allowed: "the code of an AWS Region",
        example: "eu-central-1",
      },
      regionFinding,
    ),
    accountId: text(
      {
        description: "The AWS account of the stack's resources. Deploying with credentials of another account fails.",
        allowed: "the twelve digits of an AWS account, in quotes",
        example: "111122223333",
        quoted: "accountId",
      },
      /^\d{12}$/,
    ),
    deployRoleArn: text(
      {
        description:
          "The role that is assumed to deploy the stack. Without it the credentials of the caller are used as they are.",
        allowed: "the ARN of an IAM role in the account of the stack",
        example: "arn:aws:iam::111122223333:role/gabion-deploy",
      },
      roleArnFinding,
    ).optional(),
    owner: text(
      {
        description: "The team that answers for the stack. It is a tag of every resource.",
        allowed: "1 to 128 characters that a tag may have: letters, digits, spaces and + - = . _ : / @",
        example: "ml-platform",
      },
      tagValue,
    ),
    dataClass: choice(
      {
        description: "The most sensitive data that the stack's resources may hold. It is a tag of every resource.",
        example: "confidential",
      },
      ["public", "internal", "confidential", "restricted"],
    ),
    costCentre: text(
      {
        description:
          "Who pays. It is a tag of every resource. Write it in quotes when it has digits only: YAML drops leading zeros.",
        allowed: "1 to 128 characters that a tag may have: letters, digits, spaces and + - = . _ : / @",
        example: "ml-4711",
      },
      tagValue,
    ),
    deviations: list(
      {
        description:
          "Where the stack is weaker than its assurance level asks for, and why. Each entry excuses one control until a day; an entry that has passed its day, or that nothing needs, is an error.",
        allowed: "a list of deviations, one for each control that is loosened",
      },
      deviation(controls),
      { max: 50 },
    ).default([]),
  };
}

function deviation(controls: readonly [string, ...string[]]) {
  return group(
    { description: "One control that the stack deviates from." },
    {
      control: choice({ description: "The control that is loosened.", example: controls[0] }, controls),
      reason: text(
        {
          description: "Why the deviation is needed, and what protects instead.",
          allowed: "a sentence of 10 to 500 characters",
          example: "runners reach the API from the office until the tunnel is up",
        },
        // A sentence has words; what stands in for one, such as "n/a" or "-----------", has none.
        /^(?=(?:[^\p{L}]*\p{L}){8})[^\p{Cc}]{10,500}$/u,
      ),
      owner: text(
        {
          description: "Who answers for the deviation and ends it.",
          allowed: "1 to 128 letters, digits, spaces and + - = . _ : / @",
          example: "ml-platform",
        },
        tagValue,
      ),
      ticket: text(
        {
          description: "The ticket in which the deviation was decided. It becomes part of a tag.",
          allowed: "1 to 64 letters, digits and . _ / -, a letter or digit first",
          example: "SEC-123",
        },
        /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/,
      ),
      expires: text(
        {
          description:
            "The last day on which the deviation holds: at most 365 days ahead at baseline, 180 at regulated, 90 at isolated.",
          allowed: "a day as YYYY-MM-DD, in quotes",
          example: "2027-01-31",
          quoted: "date",
        },
        /^\d{4}-\d{2}-\d{2}$/,
        dateFinding,
      ),
    },
  );
}

function regionFinding(value: string): Finding | undefined {
  return firstFinding(regionProblems(value));
}

function roleArnFinding(value: string): Finding | undefined {
  const arn = parseArn(value);
  if (arn?.service === "iam" && /^\d{12}$/.test(arn.account) && /^role\/[\w+=,.@/-]+$/.test(arn.resource))
    return undefined;
  return {
    reason: "it is not the ARN of a role",
    remedy: "Copy the ARN from IAM: arn:aws:iam::<account>:role/<name>",
  };
}

function dateFinding(value: string): Finding | undefined {
  if (isDate(value)) return undefined;
  return { reason: "the calendar has no such day", remedy: "Write an existing day as YYYY-MM-DD, in quotes" };
}
