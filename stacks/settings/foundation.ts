import type { z } from "zod";
import { commonShape } from "./common";
import { FOUNDATION_CONTROLS } from "./controls/foundation";
import { controlIds, guardedBy } from "./controls/guarded";
import { flag, group, integer, list, numberChoice, text } from "./field";
import { accessField } from "./foundation/access";
import { attestationField, attestedKeysField, attestedPoolsField } from "./foundation/attestation";
import { bucketsField } from "./foundation/buckets";
import { checkFoundation } from "./foundation/checks";
import { clusterField } from "./foundation/cluster";
import { dnsFirewallField, encryptionControlField, networkField } from "./foundation/network";
import { gpuPoolField, nodePoolField } from "./foundation/pools";
import { patchRingsField } from "./foundation/rings";
import type { FoundationSettings } from "./foundation/types";
import { confidentialWorkloadsField } from "./foundation/workloads";
import type { LayerSettings } from "./layer-settings";

export type * from "./foundation/types";

/** What CloudWatch Logs takes (API reference, PutRetentionPolicy), from a month on. */
const RETENTION_DAYS = [
  30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

function foundationSchema(): z.ZodType<FoundationSettings> {
  const guards = guardedBy(FOUNDATION_CONTROLS);
  const { guarded } = guards;
  return group(
    { description: "Settings of a stack of the layer foundation: network, keys, cluster, node pools and storage." },
    {
      ...commonShape("foundation", controlIds(FOUNDATION_CONTROLS)),
      accountStack: text(
        {
          description:
            "The stack of the layer account that holds the account's baseline. It is deployed before this one.",
          allowed: "the name of a stack",
          example: "dev-account",
        },
        /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/,
      ),
      network: networkField(guards),
      encryptionControl: encryptionControlField(guards),
      dnsFirewall: dnsFirewallField(guards),
      logs: group(
        { description: "Logs of the network and of the cluster's control plane." },
        {
          retentionDays: guarded(
            "log-retention",
            numberChoice(
              { description: "How many days logs are kept, as CloudWatch Logs takes them.", example: 365 },
              RETENTION_DAYS,
            ),
          ),
        },
      ).prefault({}),
      keys: group(
        { description: "The KMS keys of the environment." },
        {
          rotationDays: guarded(
            "kms-rotation-period",
            integer(
              { description: "After how many days a key gets new material. KMS takes 90 to 2560.", example: 180 },
              { min: 90, max: 2560 },
            ),
          ),
          deletionWindowDays: guarded(
            "kms-deletion-window",
            integer(
              { description: "For how many days the deletion of a key can be taken back.", example: 30 },
              { min: 7, max: 30 },
            ),
          ),
        },
      ).prefault({}),
      cluster: clusterField(guards),
      access: accessField(),
      nodePools: list(
        {
          description: "Pools of ordinary nodes. The first carries the cluster's own add-ons.",
          allowed: "a list of 1 to 20 pools",
        },
        nodePoolField(),
        { min: 1, max: 20 },
      ),
      gpuPools: list(
        { description: "Pools of nodes with accelerators.", allowed: "a list of at most 50 pools" },
        gpuPoolField(),
        { max: 50 },
      ).default([]),
      attestedPools: attestedPoolsField(),
      buckets: bucketsField(guards),
      attestation: attestationField(guards),
      attestedKeys: attestedKeysField(),
      confidentialWorkloads: confidentialWorkloadsField(),
      patchRings: patchRingsField(guards),
      deletionProtection: guarded(
        "deletion-protection",
        flag({
          description:
            "Whether the cluster, keys and buckets are protected from deletion. Leaving such an environment takes two steps: release, then destroy.",
        }),
      ),
    },
  );
}

let schema: z.ZodType<FoundationSettings> | undefined;

export const foundationLayer: LayerSettings<FoundationSettings> = {
  layer: "foundation",
  controls: FOUNDATION_CONTROLS,
  schema: () => (schema ??= foundationSchema()),
  check: checkFoundation,
};
