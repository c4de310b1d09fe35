// Biome does the format and the plain lint. Here are the rules that need types, and the directions between the packages.
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import directions from "./tools/lint/directions.js";

const sources = ["knowledge", "components", "policies", "sandbox", "stacks", "cli"];

export default defineConfig(
  {
    ignores: ["**/dist/", "**/node_modules/", "**/.gabion/", "**/coverage/", "test/**/packs/", "test/tools/fixtures/"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.mts", "**/*.js", "**/*.mjs"],
    languageOptions: { parser: tseslint.parser },
    plugins: { gabion: { rules: { directions: directions.rule } } },
    rules: { "gabion/directions": "error" },
  },
  {
    files: ["**/*.ts", "**/*.mts"],
    languageOptions: { parserOptions: { project: "tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      // An Output in a text is a description of a promise, not its value.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/restrict-plus-operands": "error",
      "@typescript-eslint/no-base-to-string": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
    },
  },
  {
    // One service at a time: the whole of a provider's package costs every run of a program seconds.
    files: sources.map((folder) => `${folder}/**/*.ts`),
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths: ["aws", "kubernetes", "vault"].map((name) => ({
            name: `@pulumi/${name}`,
            message: `Import the service: @pulumi/${name}/<service>.`,
            allowTypeImports: true,
          })),
        },
      ],
    },
  },
);
