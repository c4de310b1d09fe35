import type { Plain } from "./property";
import type { ExampleResource } from "./rule";

type Properties = Readonly<Record<string, Plain>>;

/** A repository of images, for examples. */
export function repositoryExample(properties: Properties = {}): ExampleResource {
  return { type: "aws:ecr/repository:Repository", name: "serving", properties };
}

/** A template by which ECR makes repositories, for examples. */
export function templateExample(properties: Properties = {}): ExampleResource {
  return {
    type: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
    name: "caches",
    properties: { prefix: "cache", appliedFors: ["PULL_THROUGH_CACHE"], ...properties },
  };
}
