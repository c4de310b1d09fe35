"use strict";
// Starts one entry of the measurements in a process of its own: `node bench/runner.js <entry> <file with its request>`.
const path = require("node:path");

const [entry, ...rest] = process.argv.slice(2);
require(path.join(__dirname, "..", "tools", "from-source.js"))
  .load(`bench/${entry}.ts`)
  .main(rest)
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
