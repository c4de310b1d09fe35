import { defineConfig } from "vitest/config";

const conditions = ["gabion-source", "node", "require", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["gabion-source"] } },
  test: {
    include: ["test/**/*.test.ts"],
    // Measured by the reference runs: shared modules make the suite more than twice as fast, and no test keeps state in a module.
    isolate: false,
    testTimeout: 30_000,
    // Programs and packs are real processes: on a busy machine of a CI one may come too late once.
    retry: process.env.CI === "true" ? 2 : 0,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
