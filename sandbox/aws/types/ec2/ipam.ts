import { type CidrBlock, cidrBlock, cidrSize, contains, formatCidr, overlaps, parseCidr } from "gabion-knowledge";
import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, list, needs, object, text } from "../kit";

export const ipamType = "aws:ec2/vpcIpam:VpcIpam";
export const poolType = "aws:ec2/vpcIpamPool:VpcIpamPool";
export const poolCidrType = "aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr";

const noPool = { code: "InvalidIpamPoolId.NotFound", message: "The ipam-pool ID '{value}' does not exist" };

/** A pool as the source of a range; what took a range from it keeps it. */
export const fromPool = needs("ipv4IpamPoolId", poolType, noPool, { holds: true });

const ipam: TypeEntry = {
  type: ipamType,
  label: "IPAM",
  api: "EC2",
  operations: { create: "CreateIpam", update: "ModifyIpam", delete: "DeleteIpam" },
  provider: "aws_vpc_ipam",
  cloudFormation: "AWS::EC2::IPAM",
  id: (context) => context.ids.ec2("ipam"),
  arn: (context) => `arn:${context.partition}:ec2::${context.account}:ipam/${context.id}`,
  computed: {
    defaultResourceDiscoveryAssociationId: (context) => context.ids.ec2("ipam-res-disco-assoc"),
    defaultResourceDiscoveryId: (context) => context.ids.ec2("ipam-res-disco"),
    meteredAccount: () => "ipam-owner",
    privateDefaultScopeId: (context) => context.ids.ec2("ipam-scope", "private"),
    publicDefaultScopeId: (context) => context.ids.ec2("ipam-scope", "public"),
    scopeCount: () => 2,
  },
  enums: { tier: ["advanced", "free"] },
  quotas: [
    {
      limit: 1,
      per: ({ region }) => region,
      refusal: { code: "IpamLimitExceeded", message: "The maximum number of IPAMs has been reached." },
    },
  ],
  deletionRefused: { code: "DependencyViolation", message: "The ipam '{id}' has dependencies and cannot be deleted." },
  seconds: lasts(20, 10, 20),
  facts: [
    known("one IPAM a Region, which is among the Regions it operates in; it comes with two scopes", sources.guide),
    likely("wording of the refusals", sources.api),
  ],
  rules(context) {
    const regions = list(context.inputs.operatingRegions).map((one) => object(one).regionName);
    if (!regions.includes(context.region)) {
      context.refuse({
        code: "InvalidParameterValue",
        message: `The operating Regions of an IPAM must include its own (${context.region})`,
      });
    }
  },
};

const pool: TypeEntry = {
  type: poolType,
  label: "IPAM Pool",
  api: "EC2",
  operations: { create: "CreateIpamPool", update: "ModifyIpamPool", delete: "DeleteIpamPool" },
  provider: "aws_vpc_ipam_pool",
  cloudFormation: "AWS::EC2::IPAMPool",
  id: (context) => context.ids.ec2("ipam-pool"),
  arn: (context) => `arn:${context.partition}:ec2::${context.account}:ipam-pool/${context.id}`,
  computed: {
    ipamScopeType: (context) =>
      context.target("ipamScopeId")?.outputs.publicDefaultScopeId === context.inputs.ipamScopeId ? "public" : "private",
    poolDepth: (context) => Number(context.target("sourceIpamPoolId")?.outputs.poolDepth ?? 0) + 1,
    state: () => "create-complete",
  },
  enums: { addressFamily: ["ipv4", "ipv6"] },
  references: [
    needs(
      "ipamScopeId",
      ipamType,
      { code: "InvalidIpamScopeId.NotFound", message: "The ipam-scope ID '{value}' does not exist" },
      { by: ["privateDefaultScopeId", "publicDefaultScopeId"], holds: true },
    ),
    needs("sourceIpamPoolId", poolType, noPool, { holds: true }),
  ],
  deletionRefused: {
    code: "DependencyViolation",
    message: "The ipam-pool '{id}' has dependencies and cannot be deleted.",
  },
  seconds: lasts(15, 10, 15),
  facts: [
    known("a pool's locale is one of the Regions that its IPAM operates in", sources.guide),
    known("the lengths of a pool's allocations lie between its least and its greatest", sources.api),
  ],
  rules: poolRules,
};

function poolRules(context: Context): undefined {
  const regions = list(context.target("ipamScopeId")?.outputs.operatingRegions).map((one) => object(one).regionName);
  const locale = text(context.inputs.locale);
  if (locale !== undefined && locale !== "None" && regions.length > 0 && !regions.includes(locale)) {
    context.refuse({
      code: "InvalidParameterValue",
      message: `The locale ${locale} is not one of the operating Regions of the IPAM (${regions.join(", ")})`,
    });
  }
  const { allocationMinNetmaskLength, allocationDefaultNetmaskLength, allocationMaxNetmaskLength } = context.inputs;
  const least = Number(allocationMinNetmaskLength ?? 0);
  const greatest = Number(allocationMaxNetmaskLength ?? 128);
  const usual = Number(allocationDefaultNetmaskLength ?? least);
  if (least > greatest || usual < least || usual > greatest) {
    context.refuse({
      code: "InvalidParameterValue",
      message: `The default netmask length ${usual} must lie between the minimum ${least} and the maximum ${greatest}`,
    });
  }
}

const poolCidr: TypeEntry = {
  type: poolCidrType,
  label: "IPAM Pool CIDR",
  api: "EC2",
  operations: { create: "ProvisionIpamPoolCidr", delete: "DeprovisionIpamPoolCidr" },
  provider: "aws_vpc_ipam_pool_cidr",
  cloudFormation: "AWS::EC2::IPAMPoolCidr",
  id: (context) => `${rangeOfPoolCidr(context)}_${String(context.inputs.ipamPoolId)}`,
  computed: { cidr: rangeOfPoolCidr, ipamPoolCidrId: (context) => context.ids.ec2("ipam-pool-cidr") },
  references: [needs("ipamPoolId", poolType, noPool, { holds: true })],
  deletionRefused: {
    code: "IncorrectState",
    message: "The CIDR {id} has allocations and cannot be deprovisioned.",
  },
  // The provider waits for 32 minutes, as IPAM sees only after a while that what took a range is gone.
  deletionRetrySeconds: 32 * 60,
  seconds: lasts(20, 0, 20),
  facts: [
    known("ranges of a pool lie in those of the pool that it is made from and overlap none of its own", sources.guide),
    known("a range with allocations stays; the provider tries for 32 minutes", sources.code),
  ],
  rules(context) {
    const block = parseCidr(text(context.inputs.cidr) ?? "");
    if (block === undefined) return;
    const source = context.target("ipamPoolId")?.outputs.sourceIpamPoolId;
    const outer = text(source) === undefined ? undefined : rangesOfPool(context, String(source));
    if (outer?.some((one) => contains(one, block)) === false) {
      context.refuse({
        code: "InvalidParameterValue",
        message: `The CIDR ${String(context.inputs.cidr)} is not within the CIDRs of the source pool ${String(source)}`,
      });
    }
    if (rangesOfPool(context, String(context.inputs.ipamPoolId)).some((one) => overlaps(one, block))) {
      context.refuse({
        code: "InvalidParameterValue",
        message: `The CIDR ${String(context.inputs.cidr)} overlaps with another one of the pool`,
      });
    }
  },
  deletable(context, resource) {
    const own = parseCidr(text(resource.outputs.cidr) ?? "");
    const taken = takersOf(context, String(resource.outputs.ipamPoolId));
    const inside = taken.find(({ block }) => own !== undefined && overlaps(own, block));
    if (inside !== undefined) {
      context.refuse({
        code: "IncorrectState",
        message: `The CIDR ${String(resource.outputs.cidr)} has allocations (${inside.resource.urn ?? inside.resource.id}) and cannot be deprovisioned.`,
      });
    }
  },
};

const cidrOf = (resource: WorldResource): CidrBlock | undefined =>
  parseCidr(text(resource.outputs.cidr) ?? text(resource.outputs.cidrBlock) ?? "");

function rangesOfPool(context: Context, poolId: string): CidrBlock[] {
  return context.world
    .resources(poolCidrType, context.region)
    .filter((one) => one.outputs.ipamPoolId === poolId)
    .flatMap((one) => cidrOf(one) ?? []);
}

/** What has a range of a pool: VPCs, their further ranges, and pools made from it. */
function takersOf(context: Context, poolId: string): { resource: WorldResource; block: CidrBlock }[] {
  const vpcs = ["aws:ec2/vpc:Vpc", "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"]
    .flatMap((type) => context.world.resources(type, context.region))
    .filter((one) => one.outputs.ipv4IpamPoolId === poolId);
  const pools = context.world
    .resources(poolType, context.region)
    .filter((one) => one.outputs.sourceIpamPoolId === poolId)
    .map((one) => one.id);
  const inner = context.world
    .resources(poolCidrType, context.region)
    .filter((one) => pools.includes(String(one.outputs.ipamPoolId)));
  return [...vpcs, ...inner].flatMap((resource) => {
    const block = cidrOf(resource);
    return block === undefined ? [] : [{ resource, block }];
  });
}

/** The first free block of a length in the ranges of a pool, as IPAM gives it. */
function nextFree(context: Context, poolId: string, length: number): string | undefined {
  const taken = takersOf(context, poolId).map((one) => one.block);
  const size = cidrSize(length);
  for (const range of rangesOfPool(context, poolId)) {
    for (let first = range.first; first + size - 1 <= range.last; first += size) {
      const block = cidrBlock(first, length);
      if (!taken.some((one) => overlaps(one, block))) return formatCidr(block);
    }
  }
  return undefined;
}

/** The range that a VPC or an association gets: the one it names, or the next one of its pool. */
export function allocatedCidr(context: Context): string {
  const named = text(context.inputs.cidrBlock);
  const poolId = text(context.inputs.ipv4IpamPoolId);
  if (named !== undefined || poolId === undefined) return named ?? "";
  return nextFree(context, poolId, wantedLength(context)) ?? "";
}

const wantedLength = (context: Context): number =>
  Number(
    context.inputs.ipv4NetmaskLength ?? context.target("ipv4IpamPoolId")?.outputs.allocationDefaultNetmaskLength ?? 24,
  );

function rangeOfPoolCidr(context: Context): string {
  const named = text(context.inputs.cidr);
  const source = text(context.target("ipamPoolId")?.outputs.sourceIpamPoolId);
  if (named !== undefined || source === undefined) return named ?? "";
  return nextFree(context, source, Number(context.inputs.netmaskLength ?? 24)) ?? "";
}

/** Refuses what a pool cannot give: another Region's, a length or a range that it does not have. */
export function checkAllocation(context: Context): void {
  const source = context.target("ipv4IpamPoolId");
  if (source === undefined || context.old !== undefined) return;
  const { locale, allocationMinNetmaskLength, allocationMaxNetmaskLength } = source.outputs;
  if (locale !== context.region) {
    context.refuse({
      code: "InvalidParameterValue",
      message: `The locale of ${source.id} (${text(locale) ?? "none"}) is not the Region of the VPC`,
    });
  }
  const length = parseCidr(text(context.inputs.cidrBlock) ?? "")?.prefixLength ?? wantedLength(context);
  if (length < Number(allocationMinNetmaskLength || 0) || length > Number(allocationMaxNetmaskLength || 32)) {
    context.refuse({
      code: "InvalidParameterValue",
      message: `The netmask length ${length} is not allowed by the pool ${source.id}`,
    });
  }
  if (allocatedCidr(context) === "") {
    context.refuse({
      code: "InsufficientCidrBlocks",
      message: `The pool ${source.id} has not enough space for a CIDR of the netmask length ${length}`,
    });
  }
}

/** IPAM takes notice of a deletion when it looks next; until then the range is not free and its pool stays. */
export function lingeringAllocation(context: Context, resource: WorldResource) {
  const poolId = text(resource.outputs.ipv4IpamPoolId);
  const block = cidrOf(resource);
  if (poolId === undefined || block === undefined) return [];
  const ranges = context.world
    .resources(poolCidrType, context.region)
    .filter((one) => one.outputs.ipamPoolId === poolId && overlaps(cidrOf(one) ?? block, block));
  return [
    {
      kind: "allocation" as const,
      what: `allocation of ${formatCidr(block)} to the deleted ${resource.id}`,
      holds: ranges.map((one) => one.key),
      until: context.now + 15 * 60,
    },
  ];
}

export const entries: TypeEntry[] = [ipam, pool, poolCidr];
