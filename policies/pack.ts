import { PolicyPack } from "@pulumi/policy";
import { PACK_NAME, withExemptions } from "./kit/exemptions";
import { PackConfigurationError, type PackSettings, readSettings } from "./kit/settings";
import { policiesFor } from "./policies";

/** Settings of the run, with the exemptions of the file that `GABION_POLICY_EXEMPTIONS` names. */
function packSettings(environment: NodeJS.ProcessEnv): PackSettings {
  const settings = readSettings(environment, new Date());
  const file = environment.GABION_POLICY_EXEMPTIONS;
  if (!file) return settings;
  return withExemptions(settings, readDocument(file), file, environment.PULUMI_STACK);
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

try {
  new PolicyPack(PACK_NAME, {
    displayName: "Gabion",
    description: "Rejects insecure AWS, EKS and Vault configurations, with or without Gabion's components",
    provider: "aws",
    enforcementLevel: "mandatory",
    policies: policiesFor(packSettings(process.env)),
  });
} catch (error) {
  if (!(error instanceof PackConfigurationError)) throw error;
  console.error(`Policy pack gabion: ${error.message}`);
  process.exit(1);
}
