import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, SmallProject } from "../../support/small-project";

const pack = path.resolve(__dirname, "..", "policy", "packs", "talkative");
const judged = ["--policy-pack", pack];

const word = `correct-"horse"&battery's\\staple`;
const lines = "-----BEGIN planted-----\nfirst-line-planted\nsecond-line-planted\n-----END planted-----";
const token = "planted-token-in-a-group";
const pin = 48151623;

/** Base64 of the text wherever it begins, without the characters that also carry bits of its neighbours. */
const inBase64 = (text: string): string[] =>
  [0, 1, 2].map((before) => {
    const whole = Buffer.from("x".repeat(before) + text).toString("base64");
    return whole.slice(before === 0 ? 0 : before + 1, -4);
  });
const forms = (text: string): string[] => [
  text,
  JSON.stringify(text).slice(1, -1),
  JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  encodeURIComponent(text),
  Buffer.from(text).toString("hex"),
  ...inBase64(text),
];

/** What must be found nowhere. */
const needles = [word, "first-line-planted", "second-line-planted", token].flatMap(forms).concat(String(pin));

let project: SmallProject;

beforeAll(async () => {
  project = await SmallProject.make("planted-everywhere", {
    "app:word": word,
    "app:lines": lines,
    "app:group": JSON.stringify({ token, pin }),
    "talkative:apiKey": word,
  });
});
afterAll(() => project.remove());

/** Each secret in what was said or is on the disk, with where it is. */
function found({ stdout, stderr }: Pick<Ended, "stdout" | "stderr">): string[] {
  const places = [{ file: "stdout", text: stdout }, { file: "stderr", text: stderr }, ...project.written()];
  return places.flatMap(({ file, text }) =>
    needles.filter((needle) => text.includes(needle)).map((needle) => `${file}: ${needle}`),
  );
}

// One stack through its life; each test goes on where the one before it has ended.
describe("secrets that the command gets are found nowhere", { timeout: 180_000, concurrent: false }, () => {
  it("in a preview's document, in what its program throws, and in the messages of a policy that rejects it", async () => {
    const environment = { VARIANT: "throws", PACK_LEVEL: "mandatory" };
    const ran = await project.gabion(["preview", "small", "--json", ...judged], environment);
    expect(found(ran)).toEqual([]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("mandatory: properties");
    expect(ran.stdout).toContain("judging ");
    expect(ran.stdout).toContain("checking [secret]");
    expect(ran.stdout).toContain("it went wrong with [secret]");
    expect(JSON.parse(ran.stdout)).toMatchObject({ changeSummary: { create: expect.any(Number) as number } });
  });

  it("when a provider fails with them", async () => {
    const ran = await project.gabion(["up", "small", "--skip-preview", ...judged], { VARIANT: "fails" });
    expect(found(ran)).toEqual([]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("it fails with [secret]");
    expect(project.written().map(({ file }) => path.basename(file))).toEqual(
      expect.arrayContaining(["report.json", "report.md", "findings.sarif"]),
    );
  });

  it("after the command was killed in the middle", async () => {
    const running = project.start(["up", "small", "--skip-preview", ...judged], { VARIANT: "slow" });
    await running.says(/Thing slow: creating/);
    running.child.kill("SIGKILL");
    const ran = await running.ended;
    expect(found(ran)).toEqual([]);
    await project.noProcesses();
  });

  it("in an exported state", async () => {
    const ran = await project.gabion(["sandbox", "export", "small"]);
    expect(found(ran)).toEqual([]);
    expect(ran.stdout).toContain("talkative:index:Thing");
  });

  it("after an update with all that is shown, and a destroy", async () => {
    const up = await project.gabion(["up", "small", "--skip-preview", "--diff", "--show-sames", ...judged]);
    expect(found(up)).toEqual([]);
    expect(up.stderr).toBe("");
    expect(up.stdout).toContain("advisory: stack");
    expect(up.code).toBe(0);
    const destroyed = await project.gabion(["destroy", "small", "--json"]);
    expect(found(destroyed)).toEqual([]);
    expect(destroyed.code).toBe(0);
  });
});
