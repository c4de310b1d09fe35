import { isParavirtual } from "gabion-knowledge";
import { launchChecks, launchExample } from "../../../kit/launches";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const imageType = "aws:ec2/ami:Ami";
const image = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: imageType, name: "node", properties: { name: "node", rootDeviceName: "/dev/xvda", ...properties } },
];

export const noParavirtual = rule({
  id: "aws-ec2-no-paravirtual",
  title: "Images and instances are of hardware virtualisation",
  severity: "medium",
  rationale:
    "Paravirtual guests run on the oldest hosts, without Nitro, without its isolation, and without encrypted memory or networks.",
  remediation: 'Set virtualizationType of Ami to "hvm", and choose an instance type of a current generation.',
  mappings: [
    { framework: "AWS FSBP", control: "EC2.24" },
    { framework: "NIST 800-53r5", control: "CM-2" },
  ],
  checks: {
    ...launchChecks((launch) => {
      const type = launch.get("instanceType");
      const name = type.text();
      if (name === UNKNOWN) return [undecided(type)];
      return name !== undefined && isParavirtual(name) ? [fail(type, "is of a family that is always paravirtual")] : [];
    }),
    [imageType]: ({ properties }) => imageFindings(properties.get("virtualizationType")),
  },
  remedies: { [imageType]: () => ({ virtualizationType: "hvm" }) },
  examples: [
    { title: "a current type", verdict: "pass", resources: launchExample({ instanceType: "p5.48xlarge" }) },
    { title: "a current image", verdict: "pass", resources: image({ virtualizationType: "hvm" }) },
    {
      title: "a type of the first generation",
      verdict: "fail",
      resources: launchExample({ instanceType: "m1.small" }),
    },
    {
      title: "a type of a fleet",
      verdict: "fail",
      resources: [
        {
          type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
          name: "gpu",
          properties: { launchSpecifications: { instanceType: "t1.micro" } },
        },
      ],
    },
    { title: "an image that says nothing, which is paravirtual", verdict: "fail", absent: true, resources: image({}) },
    { title: "a paravirtual image", verdict: "fail", resources: image({ virtualizationType: "paravirtual" }) },
    { title: "type known only later", verdict: "undecided", resources: launchExample({ instanceType: UNKNOWN }) },
  ],
});

function imageFindings(kind: Property<string>): Finding[] {
  const value = kind.text();
  if (value === UNKNOWN) return [undecided(kind)];
  if (value === "hvm") return [];
  return [fail(kind, value === undefined ? "is not set, which means paravirtual" : "is not hvm")];
}
