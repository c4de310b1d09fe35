import { type Plain, UNKNOWN } from "../kit/property";
import type { ExampleResource } from "../kit/rule";

/**
 * An example as a program would write it. A value that is known only after deployment is shown as `from("name")`, an output of the resource of
 * that name, or `later()` where nothing says what it comes from.
 */
export function snippetOf(resources: readonly ExampleResource[]): string {
  return resources.map(resourceText).join("\n");
}

function resourceText({ type, name, properties, dependencies }: ExampleResource): string {
  const fields = Object.entries(properties).map(([key, value]) => {
    const sources = dependencies?.[key] ?? [];
    return `  ${keyText(key)}: ${valueText(value, 1, sources)},\n`;
  });
  const body = fields.length === 0 ? "{}" : `{\n${fields.join("")}}`;
  return `new ${classOf(type)}(${JSON.stringify(name)}, ${body});`;
}

/** The class of a resource type as programs name it: `aws:s3/bucket:Bucket` is `aws.s3.Bucket`. */
function classOf(type: string): string {
  const [provider, module = "", name] = type.split(":");
  if (provider === "pulumi") return `${name === undefined ? type : name}.Provider`;
  const path = provider === "kubernetes" ? module.split("/") : module.split("/").slice(0, 1);
  return [provider === "kubernetes" ? "k8s" : provider, ...path.filter((part) => part !== "index"), name].join(".");
}

const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

function valueText(value: Plain, depth: number, sources: readonly string[]): string {
  if (value === UNKNOWN) {
    return sources.length === 0 ? "later()" : `from(${sources.map((name) => JSON.stringify(name)).join(", ")})`;
  }
  if (typeof value === "string") return stringText(value, depth);
  if (typeof value !== "object" || value === null) return String(value);
  const inner = "  ".repeat(depth + 1);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const entries = Array.isArray(value)
    ? value.map((item: Plain) => valueText(item, depth + 1, sources))
    : Object.entries(value).map(([key, item]) => `${keyText(key)}: ${valueText(item, depth + 1, sources)}`);
  if (entries.length === 0) return `${open}${close}`;
  const oneLine = entries.join(", ");
  if (oneLine.length + depth * 2 < 90 && !oneLine.includes("\n")) {
    return Array.isArray(value) ? `[${oneLine}]` : `{ ${oneLine} }`;
  }
  return `${open}\n${entries.map((entry) => `${inner}${entry},\n`).join("")}${"  ".repeat(depth)}${close}`;
}

/** Policy documents are shown as the objects that they are the text of. */
function stringText(value: string, depth: number): string {
  if (!/^\s*\{/.test(value)) return JSON.stringify(value);
  try {
    return `JSON.stringify(${valueText(JSON.parse(value) as Plain, depth, [])})`;
  } catch {
    return JSON.stringify(value);
  }
}
