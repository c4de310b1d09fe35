import type { StackConfig } from "../api";
import type { Goal, RegisterResult } from "../plan/goal";
import type { PropertyMap } from "../state/types";
import { providerType, referenceTo } from "../urn";
import { secretOf } from "../values/inspect";

/** The provider of all resources of a package and version that name none: registered when the first of them comes. */
export class DefaultProviders {
  private readonly references = new Map<string, Promise<string>>();

  constructor(
    private readonly config: StackConfig,
    private readonly register: (goal: Goal) => Promise<RegisterResult>,
  ) {}

  /** Its reference (`<urn>::<id>`). Throws when the stack's configuration forbids default providers of the package. */
  reference(packageName: string, version: string): Promise<string> {
    const key = `${packageName}@${version}`;
    const known = this.references.get(key);
    if (known !== undefined) return known;
    const made = this.make(packageName, version);
    this.references.set(key, made);
    made.catch(() => undefined);
    return made;
  }

  private async make(packageName: string, version: string): Promise<string> {
    this.refuseForbidden(packageName);
    const inputs = packageConfig(this.config, packageName);
    if (version !== "") inputs.version = version;
    const { state } = await this.register({
      type: providerType(packageName),
      name: version === "" ? "default" : `default_${version.replace(/[ .-]/g, "_")}`,
      custom: true,
      inputs,
      parent: "",
      dependencies: [],
      provider: "",
      propertyDependencies: {},
      ignoreChanges: [],
      additionalSecretOutputs: [],
      aliases: [],
      importId: "",
      customTimeouts: {},
      replaceOnChanges: [],
      hideDiff: [],
      deletedWith: "",
      sourcePosition: "",
      stackTrace: [],
      hooks: {},
    });
    return referenceTo(state.urn, state.id ?? "");
  }

  private refuseForbidden(packageName: string): void {
    const text = this.config.values["pulumi:disable-default-providers"];
    if (packageName === "pulumi" || text === undefined || text === "") return;
    const forbidden: unknown = JSON.parse(text);
    if (!Array.isArray(forbidden))
      throw new Error("pulumi:disable-default-providers has to be a list of package names");
    if (forbidden.includes("*") || forbidden.includes(packageName)) {
      throw new Error(
        `a resource of package ${packageName} names no provider, and pulumi:disable-default-providers forbids the default one; give it a \`provider\``,
      );
    }
  }
}

/** Configuration of a package (`aws:region`), secret values marked. */
function packageConfig({ values, secretKeys }: StackConfig, packageName: string): PropertyMap {
  const prefix = `${packageName}:`;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), secretKeys.includes(key) ? secretOf(value) : value]),
  );
}
