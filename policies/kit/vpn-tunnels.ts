import type { Property } from "./property";
import type { ExampleResource, Finding, ResourceView } from "./rule";

const connectionType = "aws:ec2/vpnConnection:VpnConnection";

/** A setting of one tunnel by its name without the tunnel, such as `IkeVersions`. */
export type TunnelSetting = (name: string) => Property<unknown>;

/** What a judgement says about the two tunnels of a connection. */
export function tunnelChecks(judge: (setting: TunnelSetting) => readonly Finding[]) {
  return {
    [connectionType]: ({ properties }: ResourceView<typeof connectionType>) =>
      [1, 2].flatMap((tunnel) => judge((name) => properties.entry(`tunnel${tunnel}${name}`))),
  };
}

/** A connection whose two tunnels have the same settings, for examples. */
export function vpnExample(
  settings: ExampleResource["properties"] = {},
  more: ExampleResource["properties"] = {},
): ExampleResource {
  const both = [1, 2].flatMap((tunnel) =>
    Object.entries(settings).map(([name, value]) => [`tunnel${tunnel}${name}`, value]),
  );
  return {
    type: connectionType,
    name: "office",
    properties: { customerGatewayId: "cgw-1", type: "ipsec.1", ...Object.fromEntries(both), ...more },
  };
}
