const path = require("node:path");
const root = path.resolve(__dirname, "../../..");
require("../../../tools/from-source").load("sandbox/aws/spec/generate.ts").write(root);
