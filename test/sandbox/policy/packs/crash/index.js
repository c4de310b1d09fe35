// Starts a process of its own, prints what it is told to, and stays, so that only a signal to the whole group ends both.
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const child = spawn(process.execPath, ["-e", "setInterval(()=>undefined,1000)"], { stdio: "ignore" });
fs.writeFileSync(process.env.PIDS_FILE, JSON.stringify([process.pid, child.pid]));
if (process.env.FIRST_LINE !== undefined) console.log(process.env.FIRST_LINE);
setInterval(() => undefined, 1000);
