"use strict";
// What Pulumi runs for every stack. The program is TypeScript: it is compiled when a source has changed, and never type-checked here.
require("../tools/plain-errors");
const { load } = require("../tools/from-source");

module.exports = load("stacks/program.ts").deployStack(process.env, new Date());
