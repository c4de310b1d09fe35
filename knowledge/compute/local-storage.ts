/** Families of instances that all have volumes on their own disks, besides those that a letter `d` behind the generation tells of. */
const FAMILIES = /^(c[13]|d[23]|dl1|f[12]|g[5-9]|gr\d+|h1|i\d+|im\d+|is\d+|m[123]|p[5-9]|r3|trn\d+|x1)$/;

/**
 * Whether a type of instance, with or without the `ml.` of SageMaker, has volumes on its own disks. Those are encrypted by the hardware, under
 * no key of KMS.
 *
 * Source: Amazon EC2 User Guide, "Instance store volumes for EC2 instances" and "Instance type naming conventions".
 */
export function hasLocalStorage(instanceType: string): boolean {
  const [, kind = "", generation = "", options = ""] =
    /^(?:ml\.)?([a-z]+)(\d+)([a-z]*)(?:-[a-z0-9]+)*\./.exec(instanceType) ?? [];
  if (options.includes("d")) return true;
  const form = `${kind}${generation}`;
  // Of the families above only those of Graviton with a GPU have no disks, and options say how fast the rest is.
  return FAMILIES.test(form) && !(kind === "g" && options.startsWith("g"));
}
