"use strict";
// Writes what is made from the rules: the catalogue for people and for programs, and the schema of the pack's settings.
const fs = require("node:fs");
const path = require("node:path");
const { load } = require("./from-source");

const { referenceFiles } = load("policies/reference/index.ts");
for (const [file, text] of Object.entries(referenceFiles())) {
  const whole = path.join(__dirname, "..", file);
  fs.mkdirSync(path.dirname(whole), { recursive: true });
  fs.writeFileSync(whole, text);
  console.log(file);
}
