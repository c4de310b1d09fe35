"use strict";
// Installs the packages of the lock file unless node_modules holds exactly them. Runs before anything else, so it uses Node's own
// modules only and stays readable for old versions of Node, which must get as far as being refused.
const fs = require("node:fs");
const path = require("node:path");
const { spawnSync } = require("node:child_process");

const root = path.resolve(__dirname, "..");

/** What is wrong with this version of Node, by `engines.node` of the root package (">=major.minor"); undefined when it will do. */
function versionProblem(found, range) {
  const wanted = /^>=(\d+)\.(\d+)$/.exec(range);
  const [major, minor] = found.split(".").map(Number);
  const [leastMajor, leastMinor] = wanted.slice(1).map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `Gabion needs Node.js ${leastMajor}.${leastMinor} or newer; this is ${found}. Install it from https://nodejs.org and try again.`;
}

/**
 * Why node_modules does not fit the lock file, or undefined when it does. `lock` and `installed` are the `packages` of package-lock.json
 * and of the record that npm keeps of what it has installed; `exists` says whether a folder is there.
 */
function installProblem(lock, installed, exists, host) {
  if (installed === undefined) return "nothing is installed yet";
  for (const [folder, wanted] of Object.entries(lock)) {
    if (folder === "") continue;
    const found = installed[folder];
    if (found === undefined) {
      if (wanted.optional && !isForHost(wanted, host)) continue;
      return `${nameOf(folder)} is missing`;
    }
    if (found.version !== wanted.version || found.integrity !== wanted.integrity)
      return `${nameOf(folder)} has changed`;
    if (!exists(folder)) return `${nameOf(folder)} is missing`;
  }
  const extra = Object.keys(installed).find((folder) => lock[folder] === undefined);
  return extra === undefined ? undefined : `${nameOf(extra)} is not needed any more`;
}

/** True of an optional package with binaries for exactly this system. Those that also name a C library come in several kinds. */
function isForHost({ os, cpu, libc }, host) {
  return os !== undefined && cpu !== undefined && libc === undefined && os.includes(host.os) && cpu.includes(host.cpu);
}

function nameOf(folder) {
  return folder.split("node_modules/").pop();
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function main() {
  const { engines } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const wrongVersion = versionProblem(process.versions.node, engines.node);
  if (wrongVersion !== undefined) return fail(wrongVersion);
  const problem = installProblem(
    readPackages(path.join(root, "package-lock.json")),
    readPackages(path.join(root, "node_modules", ".package-lock.json")),
    (folder) => fs.existsSync(path.join(root, folder)),
    { os: process.platform, cpu: process.arch },
  );
  if (problem === undefined) return 0;
  console.log(`Installing packages (${problem}): npm ci`);
  // The same settings as in .npmrc, so that a person's own settings cannot let a dependency run a script or frighten.
  const settings = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = spawnSync("npm", ["ci", ...settings], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (done.error !== undefined && done.error.code === "ENOENT")
    return fail("npm is not on the PATH. It comes with Node.js.");
  if (done.signal !== null) return 130;
  return done.status === 0 ? 0 : fail("The packages could not be installed: see npm's message above.");
}

function fail(message) {
  console.error(message);
  return 1;
}

if (require.main === module) process.exitCode = main();

module.exports = { versionProblem, installProblem };
