// Prints a port, starts a process of its own, and stays busy, so that only a signal to the whole group ends both.
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const child = spawn(process.execPath, ["-e", "setInterval(()=>undefined,1000)"], { stdio: "ignore" });
fs.writeFileSync(process.env.PIDS_FILE, JSON.stringify([process.pid, child.pid]));
setInterval(() => undefined, 1000);
