const fs = require("node:fs");
const path = require("node:path");

const fromSource = path.join(__dirname, "..", "tools", "from-source.js");
// Pulumi's runtime reads source maps by itself; Node's own reader would read those of every package of Pulumi as well.
module.exports = require(fs.existsSync(fromSource) ? require(fromSource).bundle("policies/pack.ts") : "./dist/pack.js");
