import type { Guards } from "../controls/guarded";
import { choice, group, integer, list, text } from "../field";

/** Ten years at most. */
const DAYS = { min: 1, max: 3650 };

/** Buckets for data. */
export function bucketsField({ guarded, watched }: Guards) {
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
        class: choice(
          { description: "What the bucket holds. It decides its lifecycle and its Object Lock.", example: "dataset" },
          ["dataset", "model", "feature", "checkpoint", "log", "scratch"],
        ),
        retentionDays: integer(
          {
            description:
              "For how many days Object Lock keeps each version of an object from being deleted. Left out: 90 for datasets, 365 for models and logs, 30 for features. Checkpoints and scratch data have no lock.",
            example: 365,
          },
          DAYS,
        ).optional(),
        confirmedRetentionDays: watched(
          "s3-object-lock",
          integer(
            {
              description:
                "The days of retention once more. With them nobody can delete an object that is written from then on before its time, the account's root and AWS included, and they cannot be taken back for it (mode COMPLIANCE). Left out: roles with s3:BypassGovernanceRetention can (mode GOVERNANCE).",
              example: 365,
            },
            DAYS,
          ),
        ).optional(),
        noncurrentDays: guarded(
          "s3-version-retention",
          integer(
            {
              description:
                "For how many days overwritten and deleted objects are kept. What is locked for longer is kept for longer.",
              example: 90,
            },
            DAYS,
          ),
        ),
        expireAfterDays: integer(
          {
            description:
              "After how many days objects are deleted. Left out: 90 for checkpoints, 14 for scratch data, 731 for logs. The other classes are kept.",
            example: 30,
          },
          DAYS,
        ).optional(),
      },
    ),
    { max: 50 },
  ).default([]);
}
