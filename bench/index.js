"use strict";
// Speed and memory of the whole thing: `node bench/index.js [--rounds N] [--json FILE]`; `--scale` measures what larger stacks cost instead.
const path = require("node:path");
const { load } = require(path.join(__dirname, "..", "tools", "from-source.js"));

const root = path.join(__dirname, "..");
const args = process.argv.slice(2);
const measured =
  args.join(" ") === "--scale" ? load("bench/scale/main.ts").main(root) : load("bench/main.ts").main(args, root);

measured.then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
