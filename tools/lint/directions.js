"use strict";
// Holds which package may import which. Sees every way to name a module (import, export, require, import types), by package name
// and by path, so a direction cannot be left by spelling it differently.
const fs = require("node:fs");
const { builtinModules } = require("node:module");
const path = require("node:path");

const root = path.resolve(__dirname, "..", "..");

/** What a package may use of the workspace besides itself; a folder behind a slash is all that may be used of that package. */
const allowed = {
  knowledge: [],
  components: ["knowledge"],
  policies: ["knowledge"],
  sandbox: ["knowledge"],
  stacks: ["components", "knowledge"],
  cli: ["sandbox", "stacks/files", "stacks/settings"],
};

/** Parts that are kept apart inside a package: providers are ordinary Pulumi providers, so the engine meets them by protocol only. */
const apart = [
  { from: "sandbox/engine", to: "sandbox/aws" },
  { from: "sandbox/aws", to: "sandbox/engine", except: "sandbox/engine/api" },
];

/** What the plain-JavaScript entries of the packages load before themselves, in a checkout. */
const launchers = ["tools/from-source", "tools/plain-errors"];

/** Scripts that make checked-in tables. They are no part of what is published, so they may use what the tools use. */
const workshops = ["sandbox/aws/spec/generate"];

/** Facts and pure functions on them: nothing of Pulumi. */
const forbidden = { knowledge: /^@pulumi\// };

const builtins = new Set(builtinModules);

const isIn = (place, folder) => place === folder || place.startsWith(`${folder}/`);

function readManifests() {
  const { workspaces, devDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const manifests = new Map();
  for (const folder of workspaces) {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8"));
    const { dependencies, devDependencies: dev, peerDependencies } = manifest;
    manifests.set(folder, {
      name: manifest.name,
      uses: new Set(Object.keys({ ...dependencies, ...dev, ...peerDependencies })),
    });
  }
  return { manifests, tools: new Set(Object.keys(devDependencies)) };
}

const { manifests, tools } = readManifests();
const folderOfName = new Map([...manifests].map(([folder, { name }]) => [name, folder]));

function packageName(specifier) {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The place in the repository that a specifier means, without extension; undefined for a package from outside. */
function placeOf(specifier, file) {
  if (specifier.startsWith(".") || path.isAbsolute(specifier)) {
    const place = path
      .relative(root, path.resolve(path.dirname(file), specifier))
      .split(path.sep)
      .join("/");
    return place.replace(/\.[cm]?[jt]s$/, "");
  }
  const name = packageName(specifier);
  const folder = folderOfName.get(name);
  return folder === undefined ? undefined : `${folder}${specifier.slice(name.length)}`;
}

/** What is wrong with a specifier in a file, as an ESLint report without its node; undefined when nothing is. */
function problemOf(specifier, file) {
  if (specifier.startsWith("node:") || builtins.has(specifier)) return undefined;
  const from = path
    .relative(root, file)
    .split(path.sep)
    .join("/")
    .replace(/\.[cm]?[jt]s$/, "");
  const owner = workshops.some((workshop) => isIn(from, workshop)) ? "tools" : from.split("/")[0];
  const place = placeOf(specifier, file);
  if (launchers.includes(place) && file.endsWith(".js")) return undefined;
  return place === undefined ? outsideProblem(specifier, owner) : insideProblem({ specifier, from, owner, place });
}

function outsideProblem(specifier, owner) {
  const name = packageName(specifier);
  if (forbidden[owner]?.test(specifier)) return { messageId: "forbidden", data: { owner, name } };
  const isDeclared = manifests.has(owner)
    ? manifests.get(owner).uses.has(name)
    : tools.has(name) || [...manifests.values()].some(({ uses }) => uses.has(name));
  return isDeclared ? undefined : undeclared(name, manifests.has(owner) ? `${owner}/package.json` : "package.json");
}

const undeclared = (name, manifest) => ({ messageId: "undeclared", data: { name, manifest } });

function insideProblem({ specifier, from, owner, place }) {
  const target = place.split("/")[0];
  const uses = allowed[owner];
  // Tests, tools and measurements look at everything; the root has no package to look at.
  if (uses === undefined) return undefined;
  if (target === owner) {
    const wall = apart.find(
      (rule) => isIn(from, rule.from) && isIn(place, rule.to) && !(rule.except && isIn(place, rule.except)),
    );
    return wall === undefined
      ? undefined
      : { messageId: "direction", data: { from: wall.from, to: wall.to, uses: wall.except ?? "nothing of it" } };
  }
  const use = uses.find((folder) => isIn(place, folder));
  if (use === undefined) {
    return {
      messageId: "direction",
      data: { from: owner, to: place, uses: uses.join(", ") || "nothing of the workspace" },
    };
  }
  const { name } = manifests.get(target);
  if (specifier.startsWith("."))
    return { messageId: "path", data: { owner, name: `${name}${use.slice(target.length)}` } };
  return manifests.get(owner).uses.has(name) ? undefined : undeclared(name, `${owner}/package.json`);
}

const isRequire = ({ type, name, object, property }) =>
  (type === "Identifier" && name === "require") ||
  (type === "MemberExpression" && object.name === "require" && property.name === "resolve");

/** @type {import("eslint").Rule.RuleModule} */
const rule = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      direction: "{{from}} must not use {{to}}. It may use {{uses}}.",
      path: "{{owner}} is a package of its own: import {{name}} by its name, not by a path.",
      forbidden: "{{owner}} must not use {{name}}.",
      undeclared: "{{name}} is not among the dependencies in {{manifest}}.",
    },
  },
  create(context) {
    const check = (source) => {
      const value = source?.type === "TSLiteralType" ? source.literal.value : source?.value;
      const problem = typeof value === "string" ? problemOf(value, context.filename) : undefined;
      if (problem !== undefined) context.report({ node: source, ...problem });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument),
      TSExternalModuleReference: (node) => check(node.expression),
      CallExpression: (node) => {
        if (isRequire(node.callee)) check(node.arguments[0]);
      },
    };
  },
};

module.exports = { rule, problemOf };
