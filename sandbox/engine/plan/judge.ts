import { isViolation } from "../policy/exemptions";
import type { PolicyHost, PolicyResource, PolicyStackResource } from "../policy/types";
import type { CheckFailure, CheckResult, Provider } from "../providers/types";
import type { Reporter } from "../report";
import type { PropertyMap, ResourceState } from "../state/types";
import { parseReference, parseUrn } from "../urn";

/** What rules see of the provider resource that manages a resource. */
export type ProviderLookup = (reference: string) => ResourceState | undefined;

export function policyResource(
  state: ResourceState,
  properties: PropertyMap,
  options: { deleteBeforeReplace?: boolean | undefined; ignoreChanges?: string[] | undefined },
  lookup: ProviderLookup,
): PolicyResource {
  const { name } = parseUrn(state.urn);
  const manager = state.provider ? lookup(state.provider) : undefined;
  return {
    urn: state.urn,
    type: state.type,
    name,
    properties,
    options: {
      ...(state.protect === undefined ? {} : { protect: state.protect }),
      ...(options.ignoreChanges === undefined ? {} : { ignoreChanges: options.ignoreChanges }),
      ...(options.deleteBeforeReplace === undefined ? {} : { deleteBeforeReplace: options.deleteBeforeReplace }),
      ...(state.additionalSecretOutputs === undefined
        ? {}
        : { additionalSecretOutputs: state.additionalSecretOutputs }),
      ...(state.aliases === undefined ? {} : { aliases: state.aliases }),
      ...(state.customTimeouts === undefined ? {} : { customTimeouts: state.customTimeouts }),
      ...(state.parent === undefined ? {} : { parent: state.parent }),
    },
    ...(manager === undefined
      ? {}
      : {
          provider: {
            urn: manager.urn,
            type: manager.type,
            name: parseUrn(manager.urn).name,
            properties: manager.inputs ?? {},
          },
        }),
  };
}

/** A resource with its outputs, as rules on the whole stack see it. */
export function policyStackResource(
  state: ResourceState,
  goal: { deleteBeforeReplace?: boolean | undefined } | undefined,
  lookup: ProviderLookup,
): PolicyStackResource {
  const options = { deleteBeforeReplace: goal?.deleteBeforeReplace, ignoreChanges: state.ignoreChanges };
  return {
    ...policyResource(state, state.outputs ?? {}, options, lookup),
    ...(state.parent === undefined ? {} : { parent: state.parent }),
    dependencies: state.dependencies ?? [],
    propertyDependencies: state.propertyDependencies ?? {},
  };
}

/** Inputs as the provider completes them; `undefined` when it refuses them, which was reported. */
export async function checkedInputs(
  provider: Provider,
  state: ResourceState,
  inputs: { olds: PropertyMap; news: PropertyMap },
  run: { dryRun: boolean; randomSeed: Uint8Array; reporter: Reporter },
): Promise<PropertyMap | undefined> {
  const { name, type } = parseUrn(state.urn);
  const result: CheckResult = await provider.check({
    urn: state.urn,
    name,
    type,
    ...inputs,
    allowUnknowns: run.dryRun,
    randomSeed: run.randomSeed,
  });
  if (result.failures.length === 0) return result.inputs;
  for (const failure of result.failures) {
    run.reporter.diagnostic("error", `${type} ${JSON.stringify(name)}: ${failureText(failure)}`, state.urn);
  }
  return undefined;
}

const failureText = ({ property, reason }: CheckFailure): string =>
  property === "" ? reason : `property ${property}: ${reason}`;

/** Lets the packs change the inputs. */
export async function remediatedInputs(
  policies: PolicyHost,
  resource: PolicyResource,
  reporter: Reporter,
): Promise<PropertyMap> {
  const { properties, findings } = await policies.remediate(resource);
  for (const finding of findings) reporter.finding(finding);
  return properties;
}

/** Holds the inputs against all rules; true when a mandatory one is broken. */
export async function isRefused(policies: PolicyHost, resource: PolicyResource, reporter: Reporter): Promise<boolean> {
  const findings = await policies.analyze(resource);
  for (const finding of findings) reporter.finding(finding);
  return findings.some(isViolation);
}

/** The URN behind a reference, and the resource that is there when it has the id that the reference names. */
export function managerOf(
  reference: string,
  current: ReadonlyMap<string, ResourceState>,
  prior: ReadonlyMap<string, ResourceState>,
): ResourceState | undefined {
  const { urn, id } = parseReference(reference);
  const known = current.get(urn);
  if (known !== undefined) return known;
  const old = prior.get(urn);
  return old?.id === id ? old : undefined;
}
