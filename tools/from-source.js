"use strict";
// Runs the workspace's TypeScript without a build step that could be forgotten: one bundle per entry in a cache folder, made anew
// whenever a file that went into it has changed. Only checkouts use this; published packages carry compiled code.
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const cacheFolder = path.join(root, "node_modules", ".cache", "gabion", "bundles");
const loaderVersion = "2";
/** Bundles that nothing is likely to run any more are removed. */
const keptMilliseconds = 24 * 60 * 60 * 1000;

/** Loads a TypeScript entry (a path relative to the repository) and returns what it exports. Types are not checked here. */
function load(entry) {
  process.setSourceMapsEnabled(true);
  return require(bundle(entry));
}

/** The file name of an up-to-date bundle of `entry`; compiles it first when any of its sources changed. */
function bundle(entry) {
  const name = entry.replace(/[^a-z0-9]+/gi, "-").replace(/-ts$/, "");
  const record = path.join(cacheFolder, `${name}.json`);
  const known = readRecord(record);
  if (known?.inputs.every(isUnchanged)) return path.join(cacheFolder, known.outfile);
  return compile(entry, name, record);
}

function readRecord(file) {
  try {
    const record = JSON.parse(fs.readFileSync(file, "utf8"));
    const usable =
      record.loaderVersion === loaderVersion &&
      record.root === root &&
      fs.existsSync(path.join(cacheFolder, record.outfile));
    return usable ? record : undefined;
  } catch {
    return undefined;
  }
}

function isUnchanged({ file, modified, size }) {
  const stat = fs.statSync(path.join(root, file), { throwIfNoEntry: false });
  return stat !== undefined && stat.mtimeMs === modified && stat.size === size;
}

function compile(entry, name, record) {
  // Bundles of one entry never overwrite each other, so a run that has loaded one is not disturbed by an edit and a second run.
  const { buildSync } = require("esbuild");
  const result = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    conditions: ["gabion-source"],
    external: externals(),
    sourcemap: "inline",
    sourcesContent: false,
    outdir: cacheFolder,
    define: { "import.meta.url": "undefined" },
    logLevel: "error",
  });
  const text = result.outputFiles[0].text;
  const digest = crypto.createHash("sha256").update(text).digest("hex").slice(0, 16);
  const outfile = `${name}-${digest}.js`;
  const inputs = Object.keys(result.metafile.inputs).map((file) => {
    const stat = fs.statSync(path.join(root, file));
    return { file, modified: stat.mtimeMs, size: stat.size };
  });
  fs.mkdirSync(cacheFolder, { recursive: true });
  writeWhole(path.join(cacheFolder, outfile), text);
  writeWhole(record, JSON.stringify({ loaderVersion, root, outfile, inputs }));
  removeOld(name, outfile);
  return path.join(cacheFolder, outfile);
}

function removeOld(name, current) {
  const ofEntry = new RegExp(`^${name}-[0-9a-f]{16}\\.js$`);
  for (const file of fs.readdirSync(cacheFolder)) {
    if (!ofEntry.test(file) || file === current) continue;
    const stat = fs.statSync(path.join(cacheFolder, file), { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > keptMilliseconds)
      fs.rmSync(path.join(cacheFolder, file), { force: true });
  }
}

/** Every third-party package stays a plain `require`; only the workspace's own packages go into the bundle. */
function externals() {
  const own = new Set();
  const { workspaces, devDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const third = new Set(Object.keys(devDependencies ?? {}));
  for (const folder of workspaces) {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8"));
    own.add(manifest.name);
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) third.add(name);
  }
  return [...third].filter((name) => !own.has(name)).flatMap((name) => [name, `${name}/*`]);
}

function writeWhole(file, text) {
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, text);
  fs.renameSync(temporary, file);
}

module.exports = { load, bundle };
