// Serves a port that takes connections and never says a word.
const server = require("node:net").createServer(() => undefined);
server.listen(0, "127.0.0.1", () => console.log(String(server.address().port)));
