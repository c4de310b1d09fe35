import { sources, type TypeEntry } from "../entry";
import { keyTypes, known, lasts, names } from "../kit";
import { inUse, ownName, taken, tlsType, updateToken } from "./shared";

const tlsInspection: TypeEntry = {
  type: tlsType,
  label: "NetworkFirewall TLS Inspection Configuration",
  api: "Network Firewall",
  provider: "aws_networkfirewall_tls_inspection_configuration",
  cloudFormation: "AWS::NetworkFirewall::TLSInspectionConfiguration",
  id: "arn:{partition}:network-firewall:{region}:{account}:tls-configuration/{name}",
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: {
    numberOfAssociations: () => 0,
    tlsInspectionConfigurationId: (context) => context.ids.uuid("tls"),
    updateToken,
  },
  changing: ["updateToken"],
  references: [names("encryptionConfigurations[].keyId", keyTypes, ["arn", "id"])],
  unique: [{ by: ownName, refusal: taken("TLSInspectionConfiguration") }],
  deletionRefused: inUse,
  seconds: lasts(60, 60, 15),
  facts: [known("names once; a configuration in use stays", sources.api)],
};

export const entries: TypeEntry[] = [tlsInspection];
