import { randomUUID } from "node:crypto";
import * as fs from "node:fs";

/** A mark in the environment of everything that a run starts. */
export interface Mark {
  environment: Record<string, string>;
  text: string;
}

export function marked(): Mark {
  const value = randomUUID();
  return { environment: { GABION_TEST_RUN: value }, text: `GABION_TEST_RUN=${value}` };
}

/** The processes that carry the mark. Empty where the system has no `/proc`. */
export function processesWith({ text }: Mark): number[] {
  const entries = fs.existsSync("/proc") ? fs.readdirSync("/proc") : [];
  return entries
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        return fs.readFileSync(`/proc/${entry}/environ`, "latin1").split("\0").includes(text);
      } catch {
        // It has ended, or is another user's.
        return false;
      }
    })
    .map(Number);
}
