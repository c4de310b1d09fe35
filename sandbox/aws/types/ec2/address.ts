import { cidrSize, formatCidr, parseCidr } from "gabion-knowledge";
import type { WorldResource } from "../../world/model";
import type { Context } from "../entry";
import { text } from "../kit";

/** AWS keeps the first four addresses of a subnet and the last one. */
const kept = 5;

/** An address in a subnet. The same resource always gets the same one; two may get one, as nothing is sent to them. */
export function privateAddress(context: Context, subnet: WorldResource | undefined): string {
  const block = parseCidr(text(subnet?.outputs.cidrBlock) ?? "10.0.0.0/24");
  if (block === undefined) return "";
  const free = cidrSize(block.prefixLength) - kept;
  const first = block.first + 4 + (Number.parseInt(context.ids.hex(6, "private"), 16) % free);
  return formatCidr({ first, last: first, prefixLength: 32 }).replace("/32", "");
}

/** An address of the range that RFC 5737 sets aside for examples. */
export function publicAddress(context: Context): string {
  return `203.0.113.${Number.parseInt(context.ids.hex(2, "address"), 16)}`;
}
