// Writes what of the names in the twin's table the AWS SDK knows: `node sandbox/aws/spec/ask-sdk.js FOLDER`, where FOLDER has
// `@aws-sdk/client-*` of all services of the table installed. The SDK (130 MB) is no dependency; its answer is kept in test/fixtures.
const path = require("node:path");
const root = path.resolve(__dirname, "../../..");
require("../../../tools/from-source").load("sandbox/aws/spec/sdk-names.ts").write(root, path.resolve(process.argv[2]));
