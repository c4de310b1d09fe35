import type { PolicyFinding } from "../events";
import type { PropertyMap } from "../state/types";
import { SecretMask } from "../values/mask";
import { Exemptions } from "./exemptions";
import { Pack } from "./pack";
import type { PolicyHost, PolicyResource, PolicyStackResource, RemediationResult, StartPolicyHost } from "./types";

/**
 * Starts the policy packs of a run. The processes are there when the call returns, so that they come up while the program does; the promise resolves when all of
 * them are configured. When one fails, all are ended.
 */
export const startPolicyHost: StartPolicyHost = async (options) => {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const exemptions = new Exemptions(options.exemptions, options.stack, today);
  const mask = new SecretMask();
  for (const key of options.config.secretKeys) mask.addConfigValue(options.config.values[key]);
  const packs = options.packs.map(({ path, config }) => new Pack(path, config, options, mask));
  try {
    await Promise.all(packs.map((pack) => pack.start()));
  } catch (error) {
    await Promise.all(packs.map((pack) => pack.close()));
    throw error;
  }
  return new RunningHost(packs, mask, exemptions);
};

class RunningHost implements PolicyHost {
  readonly packs: Record<string, string>;

  constructor(
    private readonly running: readonly Pack[],
    private readonly mask: SecretMask,
    private readonly exemptions: Exemptions,
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
      findings.push(...result.findings.map((finding) => this.exemptions.applied(finding)));
    }
    return { properties, findings };
  }

  async analyze(resource: PolicyResource): Promise<PolicyFinding[]> {
    this.learn(resource);
    return this.judged(this.running.map((pack) => pack.analyze(resource)));
  }

  async analyzeStack(resources: PolicyStackResource[]): Promise<PolicyFinding[]> {
    for (const resource of resources) this.learn(resource);
    const findings = await this.judged(this.running.map((pack) => pack.analyzeStack(resources)));
    return [...findings, ...this.exemptions.problems()];
  }

  private async judged(judging: Promise<PolicyFinding[]>[]): Promise<PolicyFinding[]> {
    return (await Promise.all(judging)).flat().map((finding) => this.exemptions.applied(finding));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.running.map((pack) => pack.close()));
  }

  private learn(resource: PolicyResource): void {
    this.mask.addSecrets(resource.properties);
    if (resource.provider !== undefined) this.mask.addSecrets(resource.provider.properties);
  }
}
