import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { ServiceEndpoints } from "gabion";
import { ENDPOINTS } from "gabion-knowledge";
import { deployFoundation } from "../../stacks/layers/foundation";
import { describeProblems, type FoundationSettings, readSettings } from "../../stacks/settings";

/** What there is more and more of. */
export type Growing = "pools" | "endpoints";

/** Endpoints of each further component: a VPC has those of the catalogue once. */
const ENDPOINTS_EACH = 10;

/** The foundation of the stack with `count` pools of nodes, or with `count` endpoints besides its own. */
export function deploy(growing: Growing, count: number, today: string): void {
  const result = readSettings(pulumi.runtime.allConfig(), { today, stackName: pulumi.getStack() });
  if (!result.ok) throw new pulumi.RunError(describeProblems(result.problems, "the settings"));
  if (result.settings.layer !== "foundation") throw new pulumi.RunError("only a foundation has pools and endpoints");
  const { settings } = result;
  if (growing === "pools") deployFoundation(withPools(settings, count));
  else makeEndpoints(settings, count);
}

/** Settings take fewer pools than this, as EKS does; the layer is given them all the same. */
function withPools(settings: FoundationSettings, count: number): FoundationSettings {
  const [first] = settings.nodePools;
  if (first === undefined) throw new pulumi.RunError("the settings have no pool to copy");
  const more = Array.from({ length: count - 1 }, (_, at) => ({ ...first, name: `pool-${at + 1}` }));
  return { ...settings, nodePools: [first, ...more] };
}

function makeEndpoints(settings: FoundationSettings, count: number): void {
  const network = pulumi.output(deployFoundation(settings).network);
  const { region, accountId } = settings;
  // One with the settings of the layer's own: it is no output of the layer.
  const provider = new Provider("endpoints", {
    region,
    allowedAccountIds: [accountId],
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
  });
  const keys = [...ENDPOINTS.values()].filter(({ type, global }) => type === "interface" && global !== true);
  const additionalEndpoints = keys.slice(0, ENDPOINTS_EACH).map(({ key }) => key);
  for (let at = 0; at < count / ENDPOINTS_EACH; at += 1) {
    new ServiceEndpoints(
      `endpoints-${at}`,
      {
        region,
        accountId,
        vpcId: network.apply(({ vpcId }) => vpcId),
        subnetIds: network.apply(({ endpointSubnetIds }) => [...endpointSubnetIds]),
        routeTableIds: network.apply(({ routeTableIds }) => [...routeTableIds]),
        clientCidrs: [settings.network.cidr],
        consumers: [],
        additionalEndpoints,
      },
      { providers: { aws: provider } },
    );
  }
}
