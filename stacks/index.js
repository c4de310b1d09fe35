"use strict";
// What Pulumi runs for every stack. The program is TypeScript: it is compiled when a source has changed, and never type-checked here.
require("../tools/plain-errors");
const { bundle } = require("../tools/from-source");

// Pulumi's runtime reads source maps by itself; Node's own reader would do the same work again.
module.exports = require(bundle("stacks/program.ts")).deployStack(process.env, new Date());
