import { compute } from "./compute";
import { eks } from "./eks";
import { identity, keys } from "./identity";
import { network } from "./network";
import { operations } from "./operations";
import { security } from "./security";
import { buckets } from "./storage";
import type { Life } from "./support";

export type { Life } from "./support";

/** One life of every type in the table. */
export const lives: Life[] = [
  ...network,
  ...compute,
  ...identity,
  ...keys,
  ...buckets,
  ...eks,
  ...operations,
  ...security,
];
