import { PolicyPack } from "@pulumi/policy";
import { PackConfigurationError, readSettings } from "./kit/settings";
import { policiesFor } from "./policies";

try {
  new PolicyPack("gabion", {
    displayName: "Gabion",
    description: "Rejects insecure AWS, EKS and Vault configurations, with or without Gabion's components",
    provider: "aws",
    enforcementLevel: "mandatory",
    policies: policiesFor(readSettings(process.env, new Date())),
  });
} catch (error) {
  if (!(error instanceof PackConfigurationError)) throw error;
  console.error(`Policy pack gabion: ${error.message}`);
  process.exit(1);
}
