import * as fs from "node:fs";
import * as path from "node:path";
import type { Registration } from "../test/support/instant-engine";

/** The file of the class of an AWS resource type (`aws:ec2/vpc:Vpc`), as components import it. */
function classOf(type: string): { file: string; name: string } {
  if (type === "pulumi:providers:aws") return { file: "@pulumi/aws/provider", name: "Provider" };
  const match = /^aws:(\w+)\/(\w+):(\w+)$/.exec(type);
  if (match === null) throw new Error(`${type} is not of package aws`);
  const [, service, file, name] = match as unknown as [string, string, string, string];
  return { file: `@pulumi/aws/${service}/${file}`, name };
}

/**
 * Writes a program that registers the same resources as a recorded one, with the same inputs and dependencies, one after the other and without components. Values
 * that came from other resources come from them here too, and errors are printed in the same way, so that components are all that differs.
 */
export function writeFlatProgram(registrations: readonly Registration[], folder: string, root: string): void {
  const resources = registrations.filter(({ custom }) => custom);
  const positions = new Map(resources.map(({ urn }, at) => [urn, at]));
  const imports = new Map<string, string>();
  const classes = resources.map(({ type }) => {
    const { file, name } = classOf(type);
    if (!imports.has(file)) imports.set(file, `const { ${name}: Class${imports.size} } = require("${file}");`);
    return `Class${[...imports.keys()].indexOf(file)}`;
  });
  const lines = [
    `require(${JSON.stringify(path.join(root, "tools", "plain-errors"))});`,
    'const pulumi = require("@pulumi/pulumi");',
    ...imports.values(),
    "const made = [];",
    "const from = (positions, value) =>",
    "  pulumi.all(positions.map((at) => made[at].urn)).apply(() => value);",
    ...resources.map((resource, at) => `made.push(${declaration(resource, classes[at] ?? "", at, positions)});`),
  ];
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "index.js"), `${lines.join("\n")}\n`);
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "flat", main: "index.js" }));
}

function declaration(
  resource: Registration,
  className: string,
  at: number,
  positions: ReadonlyMap<string, number>,
): string {
  const known = (urns: readonly string[]): number[] =>
    urns.flatMap((urn) => positions.get(urn) ?? []).filter((position) => position < at);
  const inputs = Object.entries(resource.inputs).map(([key, value]) => {
    const sources = known(resource.propertyDependencies[key] ?? []);
    const text = JSON.stringify(value);
    return `${JSON.stringify(key)}: ${sources.length === 0 ? text : `from(${JSON.stringify(sources)}, ${text})`}`;
  });
  const provider = positions.get(resource.provider.slice(0, resource.provider.lastIndexOf("::")));
  const options = [
    `dependsOn: [${known(resource.dependencies)
      .map((position) => `made[${position}]`)
      .join(", ")}]`,
    ...(provider === undefined ? [] : [`provider: made[${provider}]`]),
    ...(resource.protect === undefined ? [] : [`protect: ${resource.protect}`]),
    ...(resource.ignoreChanges.length === 0 ? [] : [`ignoreChanges: ${JSON.stringify(resource.ignoreChanges)}`]),
  ];
  return `new ${className}(${JSON.stringify(resource.name)}, { ${inputs.join(", ")} }, { ${options.join(", ")} })`;
}
