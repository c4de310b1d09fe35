import type { Provider } from "@pulumi/aws/provider";
import type { Deviation } from "gabion";
import type { FoundationSettings } from "../../settings";
import type { Protection } from "../protection";

/** What every part of the foundation is made from. */
export interface Ground {
  readonly settings: FoundationSettings;
  readonly aws: Provider;
  readonly protection: Protection;
  /** The day against which dates are held; absent where the components find it themselves. */
  readonly today?: string;
}

/** The day, as components take it. */
export function dayOf({ today }: Ground): { today?: string } {
  return today === undefined ? {} : { today };
}

/** The account and Region that components are told of. */
export function scopeOf({ region, accountId }: FoundationSettings) {
  return { region, accountId };
}

/** The deviation from a control, as components take it. */
export function deviationFrom(settings: FoundationSettings, control: string): Deviation | undefined {
  const found = settings.deviations.find((deviation) => deviation.control === control);
  return found && { reason: found.reason, ticket: found.ticket, expires: found.expires };
}
