import type { Guards } from "../controls/guarded";
import { group, integer, list, text } from "../field";

/** Releases of node images that reach pools ring by ring. */
export function patchRingsField({ watched }: Guards) {
  return group(
    {
      description:
        "Releases of node images that reach the pools in rings, canary first. Pools in no ring have the releases of their own settings, or those that Gabion pins.",
      allowed: "absent, or a group with rings, current, previous and promotions",
    },
    {
      rings: list(
        { description: "The rings, in the order in which they get a release.", allowed: "a list of 2 to 10 rings" },
        group(
          { description: "Pools that get a release together." },
          {
            name: text(
              {
                description: "The ring's name.",
                allowed: "2 to 32 lower-case letters, digits and hyphens, a letter first",
                example: "canary",
              },
              /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
            ),
            pools: list(
              {
                description: "Its pools, by name.",
                allowed: "a list of 1 to 50 names of pools",
                example: ["inference"],
              },
              text(
                { description: "The name of a pool.", allowed: "the name of one of the pools", example: "inference" },
                /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
              ),
              { min: 1, max: 50 },
            ),
            soakDays: integer(
              { description: "Days that a release stays in the ring before the next ring may have it.", example: 7 },
              { min: 0, max: 90 },
            ).default(7),
          },
        ),
        { min: 2, max: 10 },
      ),
      current: releaseSet("The releases that are on their way."),
      previous: releaseSet(
        "The releases that rings have to which the current ones have not come, and that a roll-back returns to.",
      ),
      promotions: watched(
        "patch-soak",
        list(
          {
            description:
              "The rings that have the current releases, first to last. Append the next ring to promote; remove all to roll back.",
            allowed: "a list of at most 10 promotions",
          },
          group(
            { description: "That a ring has the current releases." },
            {
              ring: text(
                { description: "The ring.", allowed: "the name of one of the rings", example: "canary" },
                /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
              ),
              on: text(
                {
                  description: "The day on which it got them.",
                  allowed: "a day as YYYY-MM-DD, in quotes",
                  example: "2026-11-20",
                  quoted: "date",
                },
                /^\d{4}-\d{2}-\d{2}$/,
              ),
            },
          ),
          { max: 10 },
        ),
      ).default([]),
    },
  ).optional();
}

function releaseSet(description: string) {
  return group(
    { description },
    {
      name: text(
        {
          description: "What people call these releases.",
          allowed: "1 to 64 letters, digits and . _ -, a letter or digit first",
          example: "nodes-2026-11",
        },
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      ),
      releases: group(
        { description: "A release for each family of images that pools in rings have." },
        {
          BOTTLEROCKET: release("Bottlerocket", "1.58.0-c5c37032").optional(),
          AL2023: release("Amazon Linux 2023", "1.35.0-20260129").optional(),
        },
      ),
    },
  );
}

function release(family: string, example: string) {
  return text(
    {
      description: `The release of images of ${family}.`,
      allowed: "a release as EKS lists it for the family, in quotes",
      example,
    },
    /^\d+\.\d+\.\d+-[0-9a-f]{8}$/,
  );
}
