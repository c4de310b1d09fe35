import { isPrivateBlock, parseCidr } from "gabion-knowledge";
import type { Property } from "./property";
import { UNKNOWN } from "./property";

/** Whether a source of traffic is the world. `malformed` texts are refused by AWS and so open nothing. */
export type SourceWidth = "world" | "limited" | "unknown" | "malformed";

/**
 * How wide an IPv4 or IPv6 block is. Everything public that is wider than `widest` (IPv4, prefix length) counts as the world, so that
 * two halves of the internet do not pass where the whole of it fails.
 */
export function sourceWidth(block: Property<string>, widest: number): SourceWidth {
  const text = block.text();
  if (text === UNKNOWN) return "unknown";
  if (text === undefined) return "malformed";
  if (text.includes(":")) return ipv6Width(text);
  const parsed = parseCidr(text.includes("/") ? text : `${text}/32`);
  if (parsed === undefined) return "malformed";
  return parsed.prefixLength < widest && !isPrivateBlock(parsed) ? "world" : "limited";
}

/** Unique local addresses are never routed on the internet; of the others, AWS itself gives a VPC a /56 and a pool at most a /28. */
function ipv6Width(text: string): SourceWidth {
  const [address, length] = text.split("/");
  if (address === undefined || !/^[0-9a-f:.]+$/i.test(address)) return "malformed";
  const prefixLength = length === undefined ? 128 : Number(length);
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > 128) return "malformed";
  if (prefixLength >= 28) return "limited";
  return /^f[cd]/i.test(address) && prefixLength >= 7 ? "limited" : "world";
}
