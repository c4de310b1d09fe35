import type { Guards } from "../controls/guarded";
import { choice, group, integer, list, text } from "../field";

/** Buckets for data. */
export function bucketsField({ guarded }: Guards) {
  return list(
    { description: "Buckets for data of the environment.", allowed: "a list of at most 50 buckets" },
    group(
      { description: "A bucket: versioned, encrypted by the environment's key, closed to the public." },
      {
        name: text(
          {
            description: "What the bucket is called in the environment, unique there. AWS's name is derived from it.",
            allowed: "2 to 24 lower-case letters, digits and hyphens, a letter first",
            example: "datasets",
          },
          /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
        ),
        class: choice({ description: "What the bucket holds. It decides its lifecycle.", example: "dataset" }, [
          "dataset",
          "model",
          "feature",
          "checkpoint",
          "scratch",
        ]),
        noncurrentDays: guarded(
          "s3-version-retention",
          integer(
            { description: "For how many days overwritten and deleted objects are kept.", example: 90 },
            { min: 1, max: 3650 },
          ),
        ),
      },
    ),
    { max: 50 },
  ).default([]);
}
