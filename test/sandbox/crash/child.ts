import "./known-key";
import { type Deadly, moments } from "./moments";
import { perform, type Task } from "./story";

/** What the process is told on its command line, as JSON. */
export interface Doomed extends Task {
  /** Key of the state. */
  key: string;
  /** Absent: somebody else kills the process. */
  deadly?: Deadly;
}

/** Ends by itself only when the run does less than it was to live for. */
async function main(text: string): Promise<void> {
  const doomed = JSON.parse(text) as Doomed;
  const count = await moments(doomed.deadly);
  const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
  say("begun");
  const problems: string[] = [];
  const result = await perform(doomed, (event) => {
    if (event.type === "diagnostic" && /error|warning/.test(event.severity)) problems.push(event.message);
  });
  say({ status: result.status, problems, ...count() });
}

void main(process.argv[1] ?? "");
