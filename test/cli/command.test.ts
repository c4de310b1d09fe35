import * as fs from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountFile, fakeEngine, foundationFile, gabion, makeProject, twoEnvironments } from "./support";

let root: string;
let remove: () => void;
beforeAll(() => {
  ({ root, remove } = makeProject());
});
afterAll(() => remove());

describe("wrong usage ends with exit code 2, one message, and nothing started", () => {
  const cases: [string, string, RegExp][] = [
    ["an unknown command", "prevew sandbox", /unknown command 'prevew'\n\(Did you mean preview\?\)/],
    ["an unknown option", "up sandbox --forse", /unknown option '--forse'/],
    ["no environment", "up", /missing required argument 'environment'/],
    ["an unknown environment", "up sandbx", /There is no environment "sandbx".*Did you mean sandbox\?/],
    [
      "an unknown layer",
      "up sandbox --layer vault",
      /The environment "sandbox" has no layer "vault". It has: account, foundation\./,
    ],
    [
      "an unknown engine",
      "up sandbox --engine fast",
      /argument 'fast' is invalid. Allowed choices are embedded, pulumi\./,
    ],
    ["a number that is none", "up sandbox --parallel many", /It must be a whole number/],
    ["a report of another engine", "preview dev --report r", /--report needs the embedded engine/],
    ["an unknown folder", "up sandbox --cwd nowhere", /There is no folder/],
    [
      "an unknown stack to serve",
      "sandbox providers --stack x",
      /There is no stack "x". There are: dev-account, dev, /,
    ],
    ["an unknown state to export", "sandbox export sandbox", /There is no state of stack "sandbox"/],
  ];

  it.each(cases)("%s", async (_name, line, message) => {
    const { run, calls } = fakeEngine({});
    const ran = await gabion(line, { cwd: root, run, commands: { pulumi: "/bin/pulumi" } });
    expect(ran.err).toMatch(message);
    expect(ran.err).not.toMatch(/^ {4}at /m);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe("");
    expect(calls).toEqual([]);
    expect(ran.children).toEqual([]);
    expect(ran.twins.requests).toEqual([]);
  });

  it("outside of a project", async () => {
    const ran = await gabion("up sandbox", { cwd: path.parse(root).root });
    expect(ran.err).toMatch(/There is no Pulumi.yaml in .* or above it/);
    expect(ran.code).toBe(2);
  });

  it("a day that is none", async () => {
    const ran = await gabion("check sandbox", { cwd: root, environment: { GABION_TODAY: "2026-02-30" } });
    expect(ran.err).toMatch(/GABION_TODAY is "2026-02-30"/);
    expect(ran.code).toBe(2);
  });
});

describe("settings", () => {
  it("of all stacks are checked before anything starts, all problems at once, also for one layer", async () => {
    const wrong = makeProject({
      "sandbox-account": accountFile("sandbox").replace("eu-central-1", "eu-nowhere-9").replace("internal", "secret"),
      sandbox: foundationFile("sandbox", "sandbox-account").replace("minSize: 3", "minSize: 9"),
    });
    try {
      const { run, calls } = fakeEngine({});
      const ran = await gabion("up sandbox --layer foundation", { cwd: wrong.root, run });
      expect(ran.code).toBe(2);
      expect(ran.err).toContain("2 settings in Pulumi.sandbox-account.yaml are wrong");
      expect(ran.err).toContain("gabion:region");
      expect(ran.err).toContain("gabion:dataClass");
      expect(ran.err).toContain("gabion:nodePools[0]");
      expect(ran.err).toContain("Nothing was started.");
      expect(calls).toEqual([]);
      expect(fs.existsSync(path.join(wrong.root, ".gabion"))).toBe(false);
    } finally {
      wrong.remove();
    }
  });

  it("are checked with the exemptions from policies, whose stacks and rules have to be there", async () => {
    const project = makeProject();
    const entry = {
      rule: "aws-s3-versioning",
      stack: "dev",
      owner: "a",
      ticket: "T",
      reason: "r",
      expires: "2026-07-01",
    };
    const policies = path.join(project.root, "policies");
    const write = (name: string, content: unknown) =>
      fs.writeFileSync(path.join(policies, name), JSON.stringify(content));
    try {
      fs.mkdirSync(policies);
      write("catalogue.json", { format: 1, rules: [{ id: "aws-s3-versioning" }] });
      write("exemptions.yaml", { exemptions: [entry] });
      const sound = await gabion("check", { cwd: project.root });
      expect([sound.code, sound.out]).toEqual([
        0,
        expect.stringContaining("policies/exemptions.yaml: 1 exemption, all valid"),
      ]);
      write("exemptions.yaml", { exemptions: [entry, { ...entry, stack: "gone", rule: "aws-s3-nothing" }] });
      const wrong = await gabion("check", { cwd: project.root });
      expect(wrong.code).toBe(2);
      expect(wrong.err).toContain(
        "exemptions[1].stack: there is no stack gone; stacks are dev-account, dev, sandbox-account, sandbox",
      );
      expect(wrong.err).toContain("exemptions[1].rule: the pack has no rule aws-s3-nothing");
      write("exemptions.yaml", { exemptions: [{ ...entry, ticket: "" }] });
      expect((await gabion("check", { cwd: project.root })).err).toContain("exemptions[0].ticket: must not be empty");
    } finally {
      project.remove();
    }
  });

  it("are checked with those of the policy pack, all at once", async () => {
    const settings = (text: string) => ({ ...twoEnvironments, dev: `${twoEnvironments.dev}${text}` });
    const checked = async (text: string) => {
      const project = makeProject(settings(text));
      try {
        fs.mkdirSync(path.join(project.root, "policies"));
        for (const name of ["catalogue.json", "settings.schema.json"])
          fs.copyFileSync(path.join(__dirname, "../../policies", name), path.join(project.root, "policies", name));
        return await gabion("check dev", { cwd: project.root });
      } finally {
        project.remove();
      }
    };
    const sound = await checked(`  gabion-policies:profile: isolated
  gabion-policies:groups: [aws, pss-baseline]
  gabion-policies:rules:
    aws-s3-versioning: advisory
    aws-s3-block-public-access: remediate
    aws-kms-deletion-window: { level: mandatory, minimumDays: 20 }
`);
    expect([sound.err, sound.code]).toEqual(["", 0]);
    const wrong = await checked(`  gabion-policies:profile: paranoid
  gabion-policies:groups: [aws, azure]
  gabion-policies:rule: {}
  gabion-policies:rules:
    aws-s3-nothing: advisory
    aws-s3-versioning: { loudly: true }
    aws-kms-deletion-window: { level: remediate, minimumDays: 3 }
`);
    expect(wrong.code).toBe(2);
    expect(wrong.out).toBe("");
    for (const [place, problem] of [
      ["profile", 'must be one of "baseline", "regulated", "isolated"'],
      ["groups[1]", "must be one of"],
      ["rule", "the pack has no such setting; it has gabion-policies:profile, gabion-policies:groups"],
      ["rules.aws-s3-nothing", "the pack has no such rule"],
      ["rules.aws-s3-versioning.loudly", "is not a known property"],
      ["rules.aws-kms-deletion-window.level", 'must be one of "disabled", "advisory", "mandatory"'],
      ["rules.aws-kms-deletion-window.minimumDays", "must be at least 7"],
    ])
      expect(wrong.err).toContain(`gabion-policies:${place}: ${problem}`);
  });

  it("are checked alone by check", async () => {
    const ran = await gabion("check", { cwd: root });
    expect(ran.out).toBe(
      "dev: settings are valid. dev-account (account, pulumi engine), dev (foundation, pulumi engine)\n" +
        "sandbox: settings are valid. sandbox-account (account, embedded engine), sandbox (foundation, embedded engine)\n",
    );
    expect(ran.code).toBe(0);
  });
});

describe("an account that other environments are built on", () => {
  it("is kept when its own environment is destroyed", async () => {
    const shared = makeProject({ ...twoEnvironments, other: foundationFile("other", "sandbox-account") });
    try {
      const { run, calls } = fakeEngine({});
      const ran = await gabion("destroy sandbox", { cwd: shared.root, run });
      expect(calls.map(({ stack }) => stack)).toEqual(["sandbox"]);
      expect(ran.out).toContain("sandbox-account (account): kept, because other of other environments is built on it");
      expect(ran.code).toBe(0);
    } finally {
      shared.remove();
    }
  });
});

describe("Ctrl-C", () => {
  it("aborts the run once, starts nothing new, and ends with exit code 130", async () => {
    let interrupt = (): void => undefined;
    const { run, calls } = fakeEngine({ "sandbox-account": { during: () => interrupt() } });
    const ran = await gabion("up sandbox", {
      cwd: root,
      run,
      withSignal: (send) => {
        interrupt = send;
      },
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.signal?.aborted).toBe(true);
    expect(ran.code).toBe(130);
    expect(ran.exits).toEqual([]);
    expect(ran.err.match(/Stopping: operations in flight are finished and saved/g)).toHaveLength(1);
    expect(ran.out).toContain("gabion up sandbox: interrupted (");
    expect(ran.out).toContain("sandbox (foundation): not started");
  });

  it("ends at once the second time", async () => {
    let interrupt = (): void => undefined;
    const during = () => {
      interrupt();
      interrupt();
    };
    const { run } = fakeEngine({ "sandbox-account": { during } });
    const ran = await gabion("up sandbox", {
      cwd: root,
      run,
      withSignal: (send) => {
        interrupt = send;
      },
    });
    expect(ran.exits).toEqual([130]);
    expect(ran.err).toContain("Ended at once.");
  });

  it("is left to the Pulumi CLI while it has the terminal", async () => {
    let interrupt = (): void => undefined;
    const ran = await gabion("up dev", {
      cwd: root,
      commands: { pulumi: "/opt/pulumi" },
      child: () => {
        interrupt();
        interrupt();
        return { code: 130, stdout: "" };
      },
      withSignal: (send) => {
        interrupt = send;
      },
    });
    expect(ran.err).toBe("");
    expect(ran.exits).toEqual([]);
    expect(ran.code).toBe(130);
  });
});
