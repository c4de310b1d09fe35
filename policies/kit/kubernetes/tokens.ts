import { type Reading, UNKNOWN } from "../property";
import { anyOf } from "../readings";
import type { StackIndex, StackResource } from "../stack-index";
import type { PodView } from "./pod";
import { metadataOf } from "./tiers";

const accountTypes = ["kubernetes:core/v1:ServiceAccount", "kubernetes:core/v1:ServiceAccountPatch"] as const;

/** The name of a pod's service account; the older field counts where the newer is empty. */
export function accountNameOf({ spec }: PodView): Reading<string> {
  const name = spec.get("serviceAccountName").text();
  return name ?? spec.get("serviceAccount").text() ?? "default";
}

/**
 * Whether a pod that says nothing about its token is spared it by its service account, which must then be in the stack. Undefined
 * readings of the account mean that the token is mounted, as Kubernetes does by default.
 */
export function isSparedByAccount(index: StackIndex, resource: StackResource, pod: PodView): Reading<boolean> {
  const name = accountNameOf(pod);
  const place = metadataOf(resource).get("namespace").text();
  return anyOf(
    index.ofType(...accountTypes).map((account): Reading<boolean> => {
      const metadata = metadataOf(account as unknown as StackResource);
      const same = [
        [metadata.get("name").text(), name],
        [metadata.get("namespace").text(), place],
      ].map(([own, wanted]) => (own === UNKNOWN || wanted === UNKNOWN ? UNKNOWN : own === wanted));
      const mounts = (account.inputs ?? account.properties).get("automountServiceAccountToken").flag();
      if (same.includes(false) || mounts === true || mounts === undefined) return false;
      return same.includes(UNKNOWN) || mounts === UNKNOWN ? UNKNOWN : true;
    }),
  );
}
