import type { Policies } from "@pulumi/policy";
import * as sdk from "@pulumi/policy/server.js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { describe, expect, it } from "vitest";
import { AnswersByType, type Judge, type JudgeBy } from "../../policies/kit/answers";
import { policiesFor } from "../../policies/policies";
import { rules } from "../../policies/rules";
import { analyzeRequest } from "./support/requests";

const judgeBy: JudgeBy = (policies) =>
  (sdk as unknown as { makeAnalyzeRpcFun: (...of: [string, string, string, Policies]) => Judge }).makeAnalyzeRpcFun(
    "gabion",
    "0.0.0",
    "mandatory",
    policies,
  );
const policies = policiesFor({ profile: "regulated", today: "2026-11-24", preview: true });
const write = AnalyzerService.analyze.responseSerialize;
const shown = rules.flatMap((rule) => rule.examples.flatMap(({ resources }) => resources));
/** One of each type. */
const examples = [...new Map(shown.map((resource) => [resource.type, resource])).values()];

const ask = (judge: Judge, resource: (typeof examples)[number]): Promise<AnalyzeResponse> =>
  new Promise((resolve, reject) => {
    judge({ request: analyzeRequest(resource) }, (error, answer) =>
      answer === undefined ? reject(error as Error) : resolve(answer),
    );
  });

/** What an engine acts on, in no particular order. As text, which is compared much faster. */
function read(bytes: Buffer): string {
  const { diagnosticsList, notApplicableList } = AnalyzeResponse.deserializeBinary(bytes).toObject();
  const names = notApplicableList.map(({ policyName }) => policyName);
  return JSON.stringify([diagnosticsList, names.sort()]);
}

describe("answers by type of resource", () => {
  it("say of every resource what the SDK says", async () => {
    const all = judgeBy(policies);
    const answers = new AnswersByType(policies, judgeBy, write);
    const judge = answers.analyze(all);
    for (const resource of examples) {
      const own = answers.serialize(await ask(judge, resource));
      expect(read(own), resource.type).toBe(read(write(await ask(all, resource))));
    }
  });

  it("ask all policies about resources of two types, and then those for the type alone", async () => {
    const asked: number[] = [];
    const counted: JudgeBy = (some) => {
      const judge = judgeBy(some);
      return (call, done) => {
        asked.push(some.length);
        judge(call, done);
      };
    };
    const answers = new AnswersByType(policies, counted, write);
    const judge = answers.analyze(counted(policies));
    const types = ["aws:s3/bucket:Bucket", "aws:s3/bucket:Bucket", "aws:kms/key:Key", "aws:sns/topic:Topic"];
    for (const type of types) await ask(judge, { type, name: "one", properties: {} });
    expect(asked.slice(0, 3)).toEqual([policies.length, policies.length, policies.length]);
    expect(asked[3]).toBeLessThan(policies.length / 10);
    answers.forget();
    await ask(judge, { type: "aws:sns/topic:Topic", name: "one", properties: {} });
    expect(asked[4]).toBe(policies.length);
  });

  it("keep errors, and ask all policies again after one", async () => {
    const answers = new AnswersByType(policies, judgeBy, write);
    const judge = answers.analyze((_, done) => done(new Error("no properties")));
    const resource = { type: "aws:sns/topic:Topic", name: "one", properties: {} };
    for (let time = 0; time < 3; time += 1) await expect(ask(judge, resource)).rejects.toThrow("no properties");
  });
});
