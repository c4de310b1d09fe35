import type * as resourceMessages from "@pulumi/pulumi/proto/resource_pb";
import { lazy } from "../values/lazy";

export type Messages = typeof resourceMessages;
export const messages = lazy(() => require("@pulumi/pulumi/proto/resource_pb") as Messages);

/** What the engine has of the SDK's features, by the names of `supportsFeature`. Whatever is not here is refused, never ignored. */
export const supportedFeatures = [
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "deletedWith",
  "transforms",
  "invokeTransforms",
  "invokeDependsOn",
  "resourceHooks",
] as const;

/** The same as the list that a newer SDK asks for at once. */
export function supportedFeatureNumbers(): number[] {
  const all = messages().ResourceMonitorFeature as unknown as Record<string, number>;
  return supportedFeatures.map((name) => {
    const key = `RESOURCE_MONITOR_FEATURE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const value = all[key];
    if (value === undefined) throw new Error(`@pulumi/pulumi knows no feature ${name}`);
    return value;
  });
}

/** Something that a program asks for and the embedded engine does not have. */
export const unsupported = (what: string, subject: string): Error =>
  new Error(
    `${subject} uses ${what}, which the embedded engine does not have. Use the Pulumi CLI for a program that needs it.`,
  );
