import { describe, expect, it } from "vitest";
import { problem } from "./checks";
import { problemsOf, SHORTEST } from "./documents";

describe("an account", () => {
  it("is not the source of its own replication", () => {
    expect(problemsOf({ ...SHORTEST.account, registryReplicationSources: ["444455556666", "111122223333"] })).toEqual([
      problem(
        "gabion:registryReplicationSources[1]",
        "111122223333",
        "it is the stack's own account, whose identities need no such permission",
        "the twelve digits of an AWS account, in quotes",
        "Remove it",
      ),
    ]);
  });

  it("has no Security Hub without Config, and no enhanced scanning without Inspector", () => {
    const problems = problemsOf({ ...SHORTEST.account, configRecorder: false, inspector: false });
    expect(problems).toContainEqual(
      problem(
        "gabion:securityHub",
        true,
        "nearly all of its checks read what AWS Config records, and gabion:configRecorder is false",
        "true or false",
        "Leave gabion:configRecorder on, or switch both off with a deviation each",
      ),
    );
    expect(problems).toContainEqual(
      problem(
        "gabion:registryScanning",
        "ENHANCED",
        "enhanced scanning is done by Inspector, and gabion:inspector is false",
        'one of "BASIC", "ENHANCED"',
        "Leave gabion:inspector on, or take BASIC with a deviation each",
      ),
    );
  });
});
