/**
 * Families of instance types that run Linux in no other way than paravirtualised. Of the families that can run it, C3, HS1 and M3 run
 * images of hardware virtualisation too.
 *
 * Source: Amazon EC2 User Guide, "Virtualization types".
 */
const PARAVIRTUAL_FAMILIES: ReadonlySet<string> = new Set(["c1", "m1", "m2", "t1"]);

/** Whether Linux on instances of a type is always paravirtualised. */
export function isParavirtual(instanceType: string): boolean {
  return PARAVIRTUAL_FAMILIES.has(instanceType.split(".")[0]?.toLowerCase() ?? "");
}
