"use strict";
// Writes what is made from the settings' schemas: the JSON Schema for editors and the reference page.
const fs = require("node:fs");
const path = require("node:path");
const { load } = require("./from-source");

const { referenceFiles } = load("stacks/settings/reference/index.ts");
for (const [file, text] of Object.entries(referenceFiles())) {
  fs.writeFileSync(path.join(__dirname, "..", file), text);
  console.log(file);
}
