import { compute } from "./compute";
import { egress, scaling } from "./egress";
import { eks } from "./eks";
import { identity, keys } from "./identity";
import { network } from "./network";
import { operations } from "./operations";
import { orchestration } from "./orchestration";
import { security } from "./security";
import { buckets } from "./storage";
import type { Life } from "./support";

export type { Life } from "./support";

/** One life of every type in the table. */
export const lives: Life[] = [
  ...network,
  ...egress,
  ...compute,
  ...scaling,
  ...identity,
  ...keys,
  ...buckets,
  ...eks,
  ...operations,
  ...orchestration,
  ...security,
];
