/**
 * Writes `shapes.json`: the inputs (with kinds), required inputs and pure outputs of every type that has an entry, read from the installed
 * `@pulumi/aws`, and the replacement rules and allowed values that AWS's specification of CloudFormation resources gives for properties of the
 * same name. Run with `node sandbox/aws/spec/generate.js`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as ts from "typescript";
import { readOutputNames } from "../server/generic";
import { allEntries } from "../types";
import { factsOf, type ProviderFlags } from "./provider";
import flags from "./provider-flags.json";
import type { Kind, ObjectShape, Shapes, TypeShape } from "./shapes";

const packageFolder = dirname(require.resolve("@pulumi/aws/package.json"));

const nested = new Map<string, ts.InterfaceDeclaration>();
const enums = new Map<string, string[]>();

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(packageFolder, file), "utf8"), ts.ScriptTarget.Latest, false);
}

/** `inputs.eks.NodeGroupTaint` is the interface of that name in the namespace of that name. */
function readNested(): void {
  const walk = (statements: readonly ts.Statement[], prefix: string) => {
    for (const statement of statements) {
      if (ts.isInterfaceDeclaration(statement)) nested.set(prefix + statement.name.text, statement);
      if (ts.isModuleDeclaration(statement) && statement.body !== undefined && ts.isModuleBlock(statement.body)) {
        walk(statement.body.statements, `${prefix}${statement.name.text}.`);
      }
    }
  };
  walk(parse("types/input.d.ts").statements, "");
}

function readEnums(): void {
  const walk = (statements: readonly ts.Statement[], prefix: string) => {
    for (const statement of statements) {
      if (ts.isVariableStatement(statement)) {
        for (const { name, type } of statement.declarationList.declarations) {
          if (!ts.isIdentifier(name) || type === undefined || !ts.isTypeLiteralNode(type)) continue;
          const values = type.members.flatMap((member) =>
            ts.isPropertySignature(member) &&
            member.type !== undefined &&
            ts.isLiteralTypeNode(member.type) &&
            ts.isStringLiteral(member.type.literal)
              ? [member.type.literal.text]
              : [],
          );
          enums.set(prefix + name.text, values);
        }
      }
      if (ts.isModuleDeclaration(statement) && statement.body !== undefined && ts.isModuleBlock(statement.body)) {
        walk(statement.body.statements, `${prefix}${statement.name.text}.`);
      }
    }
  };
  walk(parse("types/enums/index.d.ts").statements, "");
}

function nameOf(node: ts.EntityName): string {
  return ts.isIdentifier(node) ? node.text : `${nameOf(node.left)}.${node.right.text}`;
}

/** The kind of a property's type; `objects` collects the named object types on the way. */
function kindOf(node: ts.TypeNode, objects: Map<string, ObjectShape>): Kind {
  if (ts.isUnionTypeNode(node)) {
    const parts = node.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword);
    const kinds = parts.map((part) => kindOf(part, objects));
    const distinct = [...new Set(kinds.map((kind) => JSON.stringify(kind)))];
    if (distinct.length === 1) return kinds[0] as Kind;
    return distinct.includes('"string"') ? "string" : "any";
  }
  if (ts.isParenthesizedTypeNode(node)) return kindOf(node.type, objects);
  if (ts.isArrayTypeNode(node)) return { list: kindOf(node.elementType, objects) };
  if (ts.isTypeLiteralNode(node)) {
    const [member] = node.members;
    if (member !== undefined && ts.isIndexSignatureDeclaration(member)) return { map: kindOf(member.type, objects) };
    return "any";
  }
  if (node.kind === ts.SyntaxKind.StringKeyword) return "string";
  if (node.kind === ts.SyntaxKind.NumberKeyword) return "number";
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return "boolean";
  if (ts.isTypeReferenceNode(node)) {
    const name = nameOf(node.typeName);
    if (name === "pulumi.Input") return kindOf(node.typeArguments?.[0] as ts.TypeNode, objects);
    if (name.startsWith("inputs.")) {
      const short = name.slice("inputs.".length);
      if (!objects.has(short)) {
        const declaration = nested.get(short);
        if (declaration === undefined) throw new Error(`${name} is not in types/input.d.ts`);
        objects.set(short, { inputs: {}, required: [] });
        objects.set(short, shapeOf(declaration, objects));
      }
      return { object: short };
    }
    if (name === "enums" || name.startsWith("enums.") || name === "ARN") return "string";
  }
  return "any";
}

function shapeOf(declaration: ts.InterfaceDeclaration, objects: Map<string, ObjectShape>): ObjectShape {
  const shape: ObjectShape = { inputs: {}, required: [] };
  for (const member of declaration.members) {
    if (!ts.isPropertySignature(member) || member.type === undefined) continue;
    const name = (member.name as ts.Identifier).text;
    shape.inputs[name] = kindOf(member.type, objects);
    if (member.questionToken === undefined) shape.required.push(name);
  }
  return shape;
}

/** The kinds of all outputs of a class. */
function outputKinds(source: ts.SourceFile, name: string): Map<string, TypeShape["outputs"][string]> {
  const kinds = new Map<string, TypeShape["outputs"][string]>();
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) || statement.name?.text !== name) continue;
    for (const member of statement.members) {
      if (!ts.isPropertyDeclaration(member) || member.type === undefined || !ts.isIdentifier(member.name)) continue;
      if (!ts.isTypeReferenceNode(member.type) || nameOf(member.type.typeName) !== "pulumi.Output") continue;
      kinds.set(member.name.text, plainKind(member.type.typeArguments?.[0]));
    }
  }
  return kinds;
}

function plainKind(node: ts.TypeNode | undefined): TypeShape["outputs"][string] {
  if (node === undefined) return "any";
  if (ts.isUnionTypeNode(node)) {
    return plainKind(node.types.find((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword));
  }
  if (ts.isArrayTypeNode(node)) return "list";
  if (ts.isTypeLiteralNode(node)) return "map";
  if (node.kind === ts.SyntaxKind.StringKeyword) return "string";
  if (node.kind === ts.SyntaxKind.NumberKeyword) return "number";
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return "boolean";
  return "any";
}

interface Specification {
  schema: {
    resource: { entities: { cloudFormationType: string; properties: Record<string, CloudFormationProperty> }[] };
  };
}

interface CloudFormationProperty {
  causesReplacement?: "yes" | "no" | "maybe";
  type: { type: string; allowedValues?: string[] };
}

function readSpecification(): { version: string; resources: Map<string, Record<string, CloudFormationProperty>> } {
  const folder = dirname(require.resolve("@aws-cdk/aws-service-spec/package.json"));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const database = JSON.parse(gunzipSync(readFileSync(join(folder, "db.json.gz"))).toString("utf8")) as Specification;
  return {
    version,
    resources: new Map(database.schema.resource.entities.map((one) => [one.cloudFormationType, one.properties])),
  };
}

const camel = (name: string): string =>
  name
    .replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (head) => head.toLowerCase())
    .replace(/[A-Z]{2,}(?=[A-Z][a-z])/g, (run) => (run[0] ?? "") + run.slice(1).toLowerCase());

/** What could not be matched in the last generation, for whoever adds a type. */
export const problems: string[] = [];

export function generate(): Shapes {
  problems.length = 0;
  readNested();
  readEnums();
  const specification = readSpecification();
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string };
  const objects = new Map<string, ObjectShape>();
  const types: Record<string, TypeShape> = {};
  for (const entry of [...allEntries()].sort((a, b) => a.type.localeCompare(b.type))) {
    const [, path = "", name = ""] = entry.type.split(":");
    const source = parse(`${path}.d.ts`);
    const declaration = source.statements.find(
      (statement): statement is ts.InterfaceDeclaration =>
        ts.isInterfaceDeclaration(statement) && statement.name.text === `${name}Args`,
    );
    if (declaration === undefined) throw new Error(`${entry.type}: no interface ${name}Args in ${path}.d.ts`);
    const shape = shapeOf(declaration, objects);
    const kinds = outputKinds(source, name);
    const names = readOutputNames(readFileSync(join(packageFolder, `${path}.js`), "utf8")).sort();
    const outputs = Object.fromEntries(names.map((output) => [output, kinds.get(output) ?? "any"]));
    const attributes = (flags as unknown as ProviderFlags).resources[entry.provider];
    if (attributes === undefined) throw new Error(`${entry.type}: provider-flags.json lacks ${entry.provider}`);
    const { unmatched, unresolved, ...facts } = factsOf(entry.provider, attributes, { ...shape, outputs }, objects);
    for (const one of unmatched) problems.push(`${entry.type}: no property for ${one}`);
    for (const one of unresolved) problems.push(`${entry.type}: default ${one}`);
    const properties = entry.cloudFormation === undefined ? {} : specification.resources.get(entry.cloudFormation);
    if (properties === undefined) throw new Error(`${entry.type}: AWS's specification has no ${entry.cloudFormation}`);
    const cloudFormationReplaces = Object.entries(properties)
      .filter(([property, fact]) => fact.causesReplacement === "yes" && shape.inputs[camel(property)] !== undefined)
      .map(([property]) => camel(property))
      .sort();
    types[entry.type] = { ...shape, outputs, ...facts, cloudFormationReplaces };
  }
  return {
    generatedFrom: {
      "@pulumi/aws": version,
      "@aws-cdk/aws-service-spec": specification.version,
      provider: (flags as unknown as ProviderFlags).module,
    },
    types,
    objects: Object.fromEntries([...objects].sort(([a], [b]) => a.localeCompare(b))),
  };
}

/** One type or object a line, so that a change of the package is a readable difference. */
export function render(shapes: Shapes): string {
  const lines = (record: Record<string, unknown>) =>
    Object.entries(record)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(",\n");
  return (
    `{\n  "note": "Generated by sandbox/aws/spec/generate.ts. Do not edit.",\n` +
    `  "generatedFrom": ${JSON.stringify(shapes.generatedFrom)},\n` +
    `  "types": {\n${lines(shapes.types)}\n  },\n  "objects": {\n${lines(shapes.objects)}\n  }\n}\n`
  );
}

export const shapesFile = "sandbox/aws/spec/shapes.json";

export function write(root: string): void {
  writeFileSync(join(root, shapesFile), render(generate()));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
}
