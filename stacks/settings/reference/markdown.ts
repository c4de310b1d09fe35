import { LAYERS, type LayerName } from "../common";
import { ASSURANCE_LEVELS, type Control, requirementText } from "../controls/order";
import { LONGEST_DEVIATION_DAYS } from "../deviations";
import { NAMESPACE, type PathSegment, printValue } from "../problem";
import { layerSettings } from "../read";
import { allFields, allowedText, readNode, type SchemaNode } from "../schema-tree";

/** The settings reference, as a page of the documentation. */
export function settingsReference(): string {
  const common = new Set(commonKeys());
  const [first] = LAYERS;
  return `${[
    "# Settings",
    introduction,
    "## Settings of every stack",
    fieldTable(first, (key) => common.has(key)),
    ...LAYERS.flatMap((layer) => [
      `## Settings of the layer \`${layer}\``,
      fieldTable(layer, (key) => !common.has(key)),
      `### Controls of the layer \`${layer}\``,
      controlTable(layerSettings(layer).controls),
    ]),
  ].join("\n\n")}\n`;
}

const introduction = `<!-- Made from the schemas in stacks/settings by \`node tools/settings-reference.js\`. Do not edit. -->

A stack is set up in \`stacks/Pulumi.<stack>.yaml\`, under \`config\`. Every key begins with \`${NAMESPACE}:\`; a key that is not listed here
is an error. Write account ids, versions and dates in quotes: YAML changes them otherwise. Settings are never secret.

**Assurance.** \`${NAMESPACE}:assurance\` (${ASSURANCE_LEVELS.map((level) => `\`${level}\``).join(", ")}) sets the default of every setting that a control guards, and its
floor: tighten it freely; loosen it only with an entry in \`${NAMESPACE}:deviations\` that names the control. A deviation ends at most ${ASSURANCE_LEVELS.map(
  (level) => `${LONGEST_DEVIATION_DAYS[level]} days (${level})`,
).join(", ")} ahead.
One that has ended, or that nothing needs any more, is an error:

\`\`\`yaml
config:
  ${NAMESPACE}:cluster:
    publicAccess:
      cidrs: ["203.0.113.0/24"]
  ${NAMESPACE}:deviations:
    - control: eks-public-endpoint
      reason: runners reach the API from the office until the tunnel is up
      owner: ml-platform
      ticket: SEC-123
      expires: "2027-01-31"
\`\`\``;

function commonKeys(): string[] {
  const [first, ...rest] = LAYERS.map((layer) => readNode(layerSettings(layer).schema()).shape);
  return Object.keys(first ?? {}).filter((key) => rest.every((shape) => Object.hasOwn(shape, key)));
}

function fieldTable(layer: LayerName, wanted: (key: string) => boolean): string {
  const { schema, controls } = layerSettings(layer);
  const rows = allFields(schema())
    .filter(({ path }) => wanted(path[0] as string) && path.at(-1) !== 0)
    .map(({ path, node }) => fieldRow(path, node, controls));
  return ["| setting | takes | default | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

// Where the common settings' schema differs from layer to layer.
const takesInAnyLayer: Readonly<Record<string, string>> = {
  layer: `one of ${LAYERS.map(printValue).join(", ")}`,
  "deviations[].control": "the id of a control of the layer (tables below)",
};

function fieldRow(path: readonly PathSegment[], node: SchemaNode, controls: readonly Control[]): string {
  const name = path.map((segment, index) => (segment === 0 ? "[]" : index === 0 ? segment : `.${segment}`)).join("");
  return `| \`${name}\` | ${cell(takesInAnyLayer[name] ?? allowedText(node))} | ${cell(defaultText(node, controls))} | ${cell(node.info.description)} |`;
}

function defaultText(node: SchemaNode, controls: readonly Control[]): string {
  const control = controls.find(({ id }) => id === node.info.control);
  if (control?.required !== undefined) return byLevel(control.required);
  if (!node.optional) return "(needed)";
  if (node.defaultValue === undefined || node.kind === "group") return "none";
  return `\`${printValue(node.defaultValue)}\``;
}

function controlTable(controls: readonly Control[]): string {
  const rows = controls.map((control) => {
    const levels = ASSURANCE_LEVELS.map((level) => cell(requirementText(control, level)));
    return `| \`${control.id}\` | ${cell(control.title)} | \`${control.field}\` | ${levels.join(" | ")} |`;
  });
  return [
    `| control | holds that | setting | ${ASSURANCE_LEVELS.join(" | ")} |`,
    `| --- | --- | --- | ${ASSURANCE_LEVELS.map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
}

function byLevel(required: NonNullable<Control["required"]>): string {
  const values = ASSURANCE_LEVELS.map((level) => required[level]);
  return new Set(values).size === 1
    ? `\`${values[0]}\``
    : ASSURANCE_LEVELS.map((level) => `\`${required[level]}\` (${level})`).join(", ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
