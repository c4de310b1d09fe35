import { Server } from "@grpc/grpc-js";
import { type Policies, PolicyPack } from "@pulumi/policy";
import * as sdk from "@pulumi/policy/server.js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { type JudgeBy, serveByType } from "./kit/answers";
import { PACK_NAME, withExemptions } from "./kit/exemptions";
import { PackConfigurationError, type PackSettings, readSettings } from "./kit/settings";
import { policiesFor } from "./policies";

const LEVEL = "mandatory";
/** As the SDK reads it. */
const { version } = require(`${process.cwd()}/package.json`) as { version: string };

/** Settings of the run, with the exemptions of the file that `GABION_POLICY_EXEMPTIONS` names. */
function packSettings(environment: NodeJS.ProcessEnv): PackSettings {
  const settings = readSettings(environment, new Date());
  const file = environment.GABION_POLICY_EXEMPTIONS;
  if (!file) return settings;
  // A language host of the Pulumi CLI hands on the second name alone.
  const stack = environment.PULUMI_STACK || environment.PULUMI_NODEJS_STACK;
  return withExemptions(settings, readDocument(file), file, stack);
}

function readDocument(file: string): unknown {
  const fs = require("node:fs") as typeof import("node:fs");
  const { parse } = require("yaml") as typeof import("yaml");
  try {
    return parse(fs.readFileSync(file, "utf8")) ?? {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it cannot be read";
    throw new PackConfigurationError(`the exemptions in ${file} cannot be read: ${reason}`);
  }
}

/** The SDK's own judging. It is no part of its documented interface: without it the pack serves all the same, only slower. */
function judging(): JudgeBy | undefined {
  const { makeAnalyzeRpcFun } = sdk as {
    makeAnalyzeRpcFun?: (...of: [string, string, string, Policies]) => ReturnType<JudgeBy>;
  };
  return makeAnalyzeRpcFun && ((policies) => makeAnalyzeRpcFun(PACK_NAME, version, LEVEL, policies));
}

try {
  const policies = policiesFor(packSettings(process.env));
  const judgeBy = judging();
  if (judgeBy !== undefined) serveByType(Server.prototype, AnalyzerService, policies, judgeBy);
  new PolicyPack(PACK_NAME, {
    displayName: "Gabion",
    description: "Rejects insecure AWS, EKS and Vault configurations, with or without Gabion's components",
    provider: "aws",
    enforcementLevel: LEVEL,
    policies,
  });
} catch (error) {
  if (!(error instanceof PackConfigurationError)) throw error;
  console.error(`Policy pack gabion: ${error.message}`);
  process.exit(1);
}
