import { requireFalse } from "../../../kit/checks";
import { keyExample } from "../../../kit/key-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule } from "../../../kit/rule";

const canBeCopied = "lets the key's material be copied into other Regions";

export const singleRegion = rule({
  id: "aws-kms-single-region",
  title: "Keys stay in their Region",
  severity: "low",
  rationale:
    "A copy in another Region opens the same data, under a policy and with an audit trail of its own, and perhaps under other law.",
  remediation: "Leave multiRegion out and re-encrypt what is replicated with a key of the target Region.",
  mappings: [],
  unmapped: "No catalogue forbids keys of several Regions; data residency and isolation ask for it.",
  levels: { baseline: "advisory", regulated: "advisory" },
  deviation: "kms-multi-region",
  checks: {
    "aws:kms/externalKey:ExternalKey": ({ properties }) => requireFalse(properties.get("multiRegion"), canBeCopied),
    "aws:kms/key:Key": ({ properties }) => requireFalse(properties.get("multiRegion"), canBeCopied),
    "aws:kms/replicaExternalKey:ReplicaExternalKey": () => [fail("", "is a copy of another Region's key")],
    "aws:kms/replicaKey:ReplicaKey": () => [fail("", "is a copy of another Region's key")],
  },
  examples: [
    { title: "nothing said, so one Region", verdict: "pass", absent: true, resources: keyExample({}) },
    { title: "a key for several Regions", verdict: "fail", resources: keyExample({ multiRegion: true }) },
    {
      title: "a key of imported material for several Regions",
      verdict: "fail",
      resources: [{ type: "aws:kms/externalKey:ExternalKey", name: "own", properties: { multiRegion: true } }],
    },
    {
      title: "a copy",
      verdict: "fail",
      resources: [{ type: "aws:kms/replicaKey:ReplicaKey", name: "copy", properties: { description: "copy" } }],
    },
    {
      title: "a copy of imported material",
      verdict: "fail",
      resources: [
        { type: "aws:kms/replicaExternalKey:ReplicaExternalKey", name: "copy", properties: { description: "copy" } },
      ],
    },
    { title: "known only later", verdict: "undecided", resources: keyExample({ multiRegion: UNKNOWN }) },
  ],
});
