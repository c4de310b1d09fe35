"use strict";
// Speed and memory of the whole thing: `node bench/index.js [--rounds N] [--json FILE]`. Instead of that, `--scale` measures what larger stacks cost the engine,
// and `--growth` what more pools and endpoints cost a foundation.
const path = require("node:path");
const { load } = require(path.join(__dirname, "..", "tools", "from-source.js"));

const root = path.join(__dirname, "..");
const args = process.argv.slice(2);
const apart = { "--scale": "bench/scale/main.ts", "--growth": "bench/growth/main.ts" };
const entry = Object.hasOwn(apart, args.join(" ")) ? apart[args.join(" ")] : undefined;
const measured = entry === undefined ? load("bench/main.ts").main(args, root) : load(entry).main(root);

measured.then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
