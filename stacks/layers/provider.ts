import { Provider } from "@pulumi/aws/provider";
import type { CommonSettings } from "../settings";

/**
 * The one AWS provider of a stack, to be handed to every component and resource of its layer. It is explicit so that a stack never
 * lands in whatever account and Region the shell happens to point at: it refuses accounts other than the settings' own, and puts
 * the common tags on every resource.
 *
 * A sandbox stack is served by the AWS twin, for which there are no credentials to validate. Against real AWS a sandbox stack still
 * cannot work: its account is held to the settings' too.
 */
export function awsProvider(settings: CommonSettings): Provider {
  const { region, accountId, deployRoleArn } = settings;
  return new Provider("aws", {
    region,
    allowedAccountIds: [accountId],
    defaultTags: { tags: commonTags(settings) },
    ...(deployRoleArn === undefined
      ? {}
      : { assumeRoles: [{ roleArn: deployRoleArn, sessionName: `gabion-${settings.environment}-${settings.layer}` }] }),
    ...(settings.sandbox ? { skipCredentialsValidation: true, skipMetadataApiCheck: true } : {}),
  });
}

/** The tags that every resource of a stack carries. */
export function commonTags(settings: CommonSettings): Record<string, string> {
  return {
    "gabion:environment": settings.environment,
    "gabion:layer": settings.layer,
    "gabion:owner": settings.owner,
    "gabion:data-class": settings.dataClass,
    "gabion:cost-centre": settings.costCentre,
  };
}
