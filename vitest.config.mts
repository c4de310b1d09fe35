import { defineConfig } from "vitest/config";

const conditions = ["gabion-source", "node", "require", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["gabion-source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    // Measured by the reference runs: shared modules make the suite more than twice as fast, and no test keeps state in a module.
    isolate: false,
    // Programs and packs are real processes, slow on a busy machine. No test passes or fails by how long something takes: this ends only what hangs.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    // Components that are tested alone hold dates against this day, whatever day it is.
    env: { GABION_TODAY: "2026-11-24" },
  },
});
