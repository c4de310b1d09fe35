import type { PolicyFinding } from "../events";
import type { PropertyMap } from "../state/types";
import { SecretMask } from "../values/mask";
import { Pack } from "./pack";
import type { PolicyHost, PolicyResource, PolicyStackResource, RemediationResult, StartPolicyHost } from "./types";

/**
 * Starts the policy packs of a run. The processes are there when the call returns, so that they come up while the program does; the promise resolves when all of
 * them are configured. When one fails, all are ended.
 */
export const startPolicyHost: StartPolicyHost = async (options) => {
  const mask = new SecretMask();
  for (const key of options.config.secretKeys) mask.addConfigValue(options.config.values[key]);
  const packs = options.packs.map(({ path, config }) => new Pack(path, config, options, mask));
  try {
    await Promise.all(packs.map((pack) => pack.start()));
  } catch (error) {
    await Promise.all(packs.map((pack) => pack.close()));
    throw error;
  }
  return new RunningHost(packs, mask);
};

class RunningHost implements PolicyHost {
  readonly packs: Record<string, string>;

  constructor(
    private readonly running: readonly Pack[],
    private readonly mask: SecretMask,
  ) {
    this.packs = Object.fromEntries(running.map((pack) => [pack.name, pack.version]));
  }

  /** One pack after the other: each sees what those before it have changed. */
  async remediate(resource: PolicyResource): Promise<RemediationResult> {
    this.learn(resource);
    let properties: PropertyMap = resource.properties;
    const findings: PolicyFinding[] = [];
    for (const pack of this.running) {
      const result = await pack.remediate({ ...resource, properties });
      properties = result.properties;
      findings.push(...result.findings);
    }
    return { properties, findings };
  }

  async analyze(resource: PolicyResource): Promise<PolicyFinding[]> {
    this.learn(resource);
    return (await Promise.all(this.running.map((pack) => pack.analyze(resource)))).flat();
  }

  async analyzeStack(resources: PolicyStackResource[]): Promise<PolicyFinding[]> {
    for (const resource of resources) this.learn(resource);
    return (await Promise.all(this.running.map((pack) => pack.analyzeStack(resources)))).flat();
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.running.map((pack) => pack.close()));
  }

  private learn(resource: PolicyResource): void {
    this.mask.addSecrets(resource.properties);
    if (resource.provider !== undefined) this.mask.addSecrets(resource.provider.properties);
  }
}
