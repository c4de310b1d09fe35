"use strict";
// What Pulumi runs for every stack. The program is TypeScript: it is compiled when a source has changed, and never type-checked here.
const { load } = require("../tools/from-source");

module.exports = load("stacks/program.ts").deployStack(process.env, new Date());
