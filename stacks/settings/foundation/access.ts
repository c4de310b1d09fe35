import { flag, group, integer, text } from "../field";
import { rolesField } from "./roles";

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
      operators: rolesField("Roles of people and pipelines that may open tunnels.", "ml-operator", { min: 1 }),
      assumableRoleArns: rolesField(
        "Roles that programs on runners may assume, such as the deploy roles of upper layers.",
        "gabion-deploy-platform",
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
