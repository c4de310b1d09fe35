import { requireTrue } from "../../../kit/checks";
import { companionFindings } from "../../../kit/companions";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import {
  type ExampleResource,
  type Finding,
  type RuleContext,
  rule,
  type StackFinding,
  undecided,
} from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const namesType = "aws:vpc/endpointPrivateDns:EndpointPrivateDns";
const endpoint = (more: Record<string, Plain> = {}): ExampleResource => ({
  type: endpointType,
  name: "kms",
  properties: { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.kms", vpcEndpointType: "Interface", ...more },
});
const names = (privateDnsEnabled: Plain): ExampleResource => ({
  type: namesType,
  name: "kms",
  properties: { vpcEndpointId: UNKNOWN, privateDnsEnabled },
  dependencies: { vpcEndpointId: ["kms"] },
});

export const endpointPrivateNames = rule({
  id: "aws-vpc-endpoint-private-names",
  title: "Interface endpoints of AWS services answer for the services' usual names",
  severity: "low",
  rationale:
    "Without private names every SDK goes on asking for the public address: the endpoint is paid for, and traffic leaves beside it.",
  remediation:
    "Set privateDnsEnabled true; list services in withoutNames that have no private names, or whose gateway already serves them.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.21" },
  ],
  levels: { baseline: "advisory" },
  config: {
    withoutNames: {
      type: "array",
      description: "Services, as names of endpoints end, whose names may stay public",
      items: { type: "string" },
      default: ["dynamodb", "execute-api", "s3", "s3-global.accesspoint", "s3express", "s3-outposts"],
    },
  },
  checks: {
    [endpointType]: ({ properties }, context) => {
      const scope = inScope(properties, context);
      const enabled = properties.get("privateDnsEnabled");
      if (scope === false || enabled.isAbsent) return [];
      return requireTrue(enabled).map((finding) => (scope === true ? finding : unsure(finding)));
    },
    [namesType]: ({ properties }) => requireTrue(properties.get("privateDnsEnabled")),
  },
  stack: (index, context) => index.ofType(endpointType).flatMap((resource) => absentFindings(index, resource, context)),
  examples: [
    { title: "private names", verdict: "pass", resources: [endpoint({ privateDnsEnabled: true })] },
    { title: "private names by a resource of their own", verdict: "pass", resources: [endpoint(), names(true)] },
    {
      title: "a service of somebody else has names of its own",
      verdict: "pass",
      resources: [endpoint({ serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0" })],
    },
    {
      title: "a gateway works by routes",
      verdict: "pass",
      resources: [endpoint({ serviceName: "com.amazonaws.eu-central-1.s3", vpcEndpointType: "Gateway" })],
    },
    { title: "nothing is said, so public names", verdict: "fail", absent: true, resources: [endpoint()] },
    { title: "public names", verdict: "fail", resources: [endpoint({ privateDnsEnabled: false })] },
    { title: "taken away by a resource of its own", verdict: "fail", resources: [endpoint(), names(false)] },
    { title: "known only later", verdict: "undecided", resources: [endpoint({ privateDnsEnabled: UNKNOWN })] },
  ],
});

function absentFindings(
  index: StackIndex,
  resource: StackResource<typeof endpointType>,
  context: RuleContext,
): StackFinding[] {
  const asked = resource.inputs ?? resource.properties;
  const scope = inScope(asked, context);
  if (scope === false || !asked.get("privateDnsEnabled").isAbsent) return [];
  const found = companionFindings(index, resource, {
    types: [namesType],
    property: "vpcEndpointId",
    identifiers: ["id"],
    missing: "has no private names",
  });
  return scope === true ? found : found.map((finding) => ({ ...unsure(finding), resource: finding.resource }));
}

function unsure({ path, text }: Finding): Finding {
  return undecided(path, `whether it matters is known only after deployment: ${text}`);
}

/** Whether this is an interface endpoint of a service whose names can be private. */
function inScope(
  properties: Property<{ vpcEndpointType?: string; serviceName?: string }>,
  { config }: RuleContext,
): boolean | "unknown" {
  const type = properties.get("vpcEndpointType").text();
  const service = properties.get("serviceName").text();
  if (type !== UNKNOWN && type !== "Interface") return false;
  if (service === UNKNOWN) return "unknown";
  if (service === undefined || !/^(cn\.)?(com\.amazonaws|aws)\./.test(service) || service.includes(".vpce."))
    return false;
  const isExcepted = [config.withoutNames].flat().some((name) => service.endsWith(`.${String(name)}`));
  return isExcepted ? false : type === UNKNOWN ? "unknown" : true;
}
