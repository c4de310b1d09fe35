import { contains, parseCidr } from "gabion-knowledge";
import { policyCheck } from "../../../kit/kubernetes/network-policies";
import { policyExample } from "../../../kit/kubernetes/network-policy-examples";
import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { type Plain, type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { anyOf } from "../../../kit/readings";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { EgressRule, IpBlock, NetworkPort } from "../../../kit/types/kubernetes-cluster";

/** Where EC2 answers with the credentials of the node. Source: Amazon EC2 user guide, instance metadata. */
const metadataAddress = "169.254.169.254/32";
const outwards = (opened: Plain) => [policyExample({ podSelector: {}, policyTypes: ["Egress"], egress: [opened] })];
const everywhere = (except: Plain) =>
  outwards({ to: [{ ipBlock: { cidr: "0.0.0.0/0", ...(except === null ? {} : { except }) } }] });

export const noMetadataAddress = rule({
  id: "k8s-network-no-metadata-address",
  title: "No network policy lets pods reach the metadata of their node",
  severity: "high",
  rationale: "The metadata address hands out the credentials of the node's AWS role to whatever pod asks.",
  remediation: `Put ${metadataAddress} into except of the ipBlock, or limit the rule to ports other than 80.`,
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7(5)" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  checks: policyCheck((spec) => eachKnownItem(spec.get("egress"), reachFindings)),
  examples: [
    { title: "everywhere but there", verdict: "pass", resources: everywhere([metadataAddress]) },
    {
      title: "a block of one's own",
      verdict: "pass",
      resources: outwards({ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }),
    },
    { title: "everywhere, for DNS", verdict: "pass", resources: outwards({ ports: [{ port: 53, protocol: "UDP" }] }) },
    { title: "everywhere", verdict: "fail", absent: true, resources: everywhere(null) },
    { title: "an empty rule, which is everywhere", verdict: "fail", resources: outwards({}) },
    { title: "everywhere but somewhere else", verdict: "fail", resources: everywhere(["10.0.0.0/8"]) },
    { title: "exceptions known only later", verdict: "undecided", resources: everywhere(UNKNOWN) },
  ],
});

function reachFindings(opened: Property<EgressRule>): Finding[] {
  const port = includesHttp(opened.get("ports"));
  if (port === false) return [];
  const peers = opened.get("to").items();
  if (peers.complete && peers.items.length === 0) {
    return [port === UNKNOWN ? undecided(opened) : fail(opened, "reaches the metadata address")];
  }
  return eachKnownItem(opened.get("to"), (peer): Finding[] => {
    const block = peer.get("ipBlock") as Property<IpBlock>;
    if (block.isAbsent) return [];
    const reaches = reachesMetadata(block);
    if (reaches === true && port === true) return [fail(block, "reaches the metadata address")];
    return reaches === false ? [] : [undecided(block)];
  });
}

function reachesMetadata(block: Property<IpBlock>): Reading<boolean> {
  const cidr = block.get("cidr").text();
  if (cidr === UNKNOWN) return UNKNOWN;
  if (cidr === undefined || !covers(cidr)) return false;
  const { items, complete } = block.get("except").items();
  const excepted = items.map((item) => item.text());
  if (excepted.some((text) => typeof text === "string" && covers(text))) return false;
  return !complete || excepted.includes(UNKNOWN) ? UNKNOWN : true;
}

function covers(cidr: string): boolean {
  const block = parseCidr(cidr);
  const address = parseCidr(metadataAddress);
  return block !== undefined && address !== undefined && contains(block, address);
}

/** Whether ports that a rule opens include the one that the metadata is served on; no list means all. */
function includesHttp(ports: Property<NetworkPort[] | undefined>): Reading<boolean> {
  const { items, complete } = ports.items();
  if (!complete) return UNKNOWN;
  if (items.length === 0) return true;
  const found = items.map((item): Reading<boolean> => {
    const protocol = item.get("protocol").text();
    if (protocol !== undefined && protocol !== UNKNOWN && protocol !== "TCP") return false;
    const port = item.get("port").number();
    if (item.isUnknown || port === UNKNOWN || protocol === UNKNOWN) return UNKNOWN;
    // A port by its name is one of a container's, which the metadata address has none of.
    if (port === undefined) return item.get("port").isAbsent;
    const last = item.get("endPort").number();
    if (last === UNKNOWN) return UNKNOWN;
    return port <= 80 && 80 <= (last ?? port);
  });
  return anyOf(found);
}
