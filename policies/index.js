const fs = require("node:fs");
const path = require("node:path");

const fromSource = path.join(__dirname, "..", "tools", "from-source.js");
module.exports = fs.existsSync(fromSource) ? require(fromSource).load("policies/pack.ts") : require("./dist/pack.js");
