import { flag, group, integer, list, text } from "../field";
import { roleFinding } from "./roles";

/** The way into the network for people and pipelines. */
export function accessField() {
  return group(
    {
      description:
        "Runners inside the network, without inbound traffic and without keys, and tunnels through them to the cluster's API. Leave it out where the network is reached in another way.",
      allowed: "absent, or a group with imageId and operators",
    },
    {
      imageId: text(
        {
          description: "The runners' image: Amazon Linux 2023 for the architecture of the instance type, pinned.",
          allowed: 'the id of an AMI, "ami-" and hexadecimal digits',
          example: "ami-0123456789abcdef0",
        },
        /^ami-[0-9a-f]{8,17}$/,
      ),
      operators: roles("Roles of people and pipelines that may open tunnels.", 1),
      assumableRoleArns: roles(
        "Roles that programs on runners may assume, such as the deploy roles of upper layers.",
        0,
      ).default([]),
      runners: integer(
        { description: "Runners to start with; later changes are left to whoever scales.", example: 1 },
        { min: 0, max: 20 },
      ).default(1),
      maxRunners: integer({ description: "Most runners at a time.", example: 2 }, { min: 1, max: 20 }).default(2),
      shell: flag({
        description: "Whether operators may also open a shell on a runner. What is typed and shown is recorded.",
      }).default(false),
    },
  ).optional();
}

const roles = (description: string, min: number) =>
  list(
    { description, allowed: `a list of ${min === 0 ? "at most" : `${min} to`} 20 ARNs of IAM roles` },
    text(
      {
        description: "A role.",
        allowed: "the ARN of an IAM role",
        example: "arn:aws:iam::111122223333:role/ml-operator",
      },
      roleFinding,
    ),
    { min, max: 20 },
  );
