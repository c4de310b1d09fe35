import { Address4 } from "ip-address";

/** An IPv4 block as numbers: `[first, last]` inclusive. */
export interface CidrBlock {
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
}

/**
 * Reads an IPv4 block in `address/length` form; undefined when the text is none. Bits after the prefix are cut off, so compare
 * with {@link formatCidr} to know whether the text names the block's first address.
 */
export function parseCidr(text: string): CidrBlock | undefined {
  const match = /^(.+)\/(\d{1,2})$/.exec(text);
  if (match === null || !Address4.isValid(text)) return undefined;
  const address = new Address4(text);
  return {
    first: Number(address.startAddress().bigInt()),
    last: Number(address.endAddress().bigInt()),
    prefixLength: Number(match[2]),
  };
}

export function formatCidr(block: CidrBlock): string {
  return `${Address4.fromBigInt(BigInt(block.first)).correctForm()}/${block.prefixLength}`;
}

/** The block of the given prefix length that starts at an address, which must be a multiple of the block's size. */
export function cidrBlock(first: number, prefixLength: number): CidrBlock {
  return { first, last: first + cidrSize(prefixLength) - 1, prefixLength };
}

/** How many addresses a block of that prefix length has. */
export function cidrSize(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

export function contains(outer: CidrBlock, inner: CidrBlock): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(a: CidrBlock, b: CidrBlock): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Ranges that are never routed on the internet and that AWS takes for a VPC (RFC 1918, RFC 6598, RFC 2544). */
export const PRIVATE_RANGES = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "198.18.0.0/15",
] as const;

export function isPrivateBlock(block: CidrBlock): boolean {
  return PRIVATE_RANGES.some((range) => contains(parseCidr(range) as CidrBlock, block));
}
