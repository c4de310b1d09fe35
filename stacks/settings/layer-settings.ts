import type { z } from "zod";
import type { CheckContext } from "./check";
import type { LayerName } from "./common";
import type { Control } from "./controls/order";
import type { CommonSettings } from "./read";

/** Everything that the reader needs to know about the settings of one layer. */
export interface LayerSettings<T extends CommonSettings = CommonSettings> {
  readonly layer: LayerName;
  readonly controls: readonly Control[];
  /** Made when first asked for: a program needs the schema of its own layer only. */
  readonly schema: () => z.ZodType<T>;
  /** What single fields cannot say. */
  readonly check: (context: CheckContext<T>) => void;
}
