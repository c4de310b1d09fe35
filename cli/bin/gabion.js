#!/usr/bin/env node
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const fromSource = path.join(__dirname, "..", "..", "tools", "from-source.js");
const cli = fs.existsSync(fromSource) ? require(fromSource).load("cli/index.ts") : require("../dist/index.js");

cli.main(process.argv).then((code) => {
  process.exitCode = code;
});
