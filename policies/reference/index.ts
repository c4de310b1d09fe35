import * as path from "node:path";
import { catalogues } from "../frameworks";
import type { Rule } from "../kit/rule";
import { rules } from "../rules";
import { type CataloguePage, cataloguePage } from "./catalogue";
import { coveragePage } from "./coverage";
import { catalogue, settingsSchema } from "./machine";

const pages: Record<string, { title: string; prefixes: readonly string[] }> = {
  "docs/policies/aws.md": { title: "Rules for AWS", prefixes: ["aws"] },
  "docs/policies/kubernetes.md": { title: "Rules for Kubernetes", prefixes: ["k8s", "pss"] },
  "docs/policies/vault.md": { title: "Rules for Vault", prefixes: ["vault"] },
  "docs/policies/ml.md": { title: "Rules for machine learning", prefixes: ["ml"] },
};

/** The files that are made from the rules, by their path in the repository. */
export function referenceFiles(): Record<string, string> {
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  return {
    ...Object.fromEntries(Object.keys(pages).map((file) => [file, cataloguePage(pageFor(file, sorted))] as const)),
    "docs/policies/coverage.md": coveragePage(catalogues, sorted, (rule) => path.basename(fileOf(rule))),
    "policies/catalogue.json": json(catalogue(sorted, fileOf)),
    "policies/settings.schema.json": json(settingsSchema(sorted)),
  };
}

function pageFor(file: string, all: readonly Rule[]): CataloguePage {
  return { title: pages[file]?.title ?? "", rules: all.filter((rule) => fileOf(rule) === file) };
}

const fileOf = ({ id }: Rule): string =>
  Object.keys(pages).find((file) => pages[file]?.prefixes.includes(id.split("-")[0] ?? "")) ?? "";
