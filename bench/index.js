"use strict";
// Speed and memory of the whole thing: `node bench/index.js [--rounds N] [--json FILE]`.
const path = require("node:path");
const { load } = require(path.join(__dirname, "..", "tools", "from-source.js"));

load("bench/main.ts")
  .main(process.argv.slice(2), path.join(__dirname, ".."))
  .then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
