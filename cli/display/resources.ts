const prefix = "urn:pulumi:";

/** The stack that a URN names; empty for what is no URN. */
export const stackOfUrn = (urn: string): string =>
  urn.startsWith(prefix) ? (urn.slice(prefix.length).split("::", 1)[0] ?? "") : "";

export const nameOfUrn = (urn: string): string => {
  const [, , , ...name] = urn.split("::");
  return name.length === 0 ? urn : name.join("::");
};

export const typeOfUrn = (urn: string): string => {
  const qualified = urn.split("::")[2] ?? "";
  return qualified.slice(qualified.lastIndexOf("$") + 1);
};

/** A type token as people write it: `aws:ec2/vpc:Vpc` is `aws:ec2:Vpc`. */
export function shortType(type: string): string {
  const match = /^([^:]+):([^:/]+)\/([^:]+):([^:]+)$/.exec(type);
  if (match === null) return type;
  const [, packageName, module, file, name = ""] = match;
  return file?.toLowerCase() === name.toLowerCase() ? `${packageName}:${module}:${name}` : type;
}

/** A resource in one line of text: type and name. */
export const describeUrn = (urn: string): string =>
  urn.startsWith(prefix) ? `${shortType(typeOfUrn(urn))} ${nameOfUrn(urn)}` : urn;

/** The service a resource belongs to: `ec2` of `aws:ec2/vpc:Vpc`, the package of every other provider, such as `vault`. */
export function serviceOf(type: string): string {
  const [packageName = type, module = ""] = type.split(":");
  if (packageName !== "aws") return packageName === "pulumi" && module === "providers" ? "providers" : packageName;
  return module.split("/")[0] || "aws";
}

export const rootStackType = "pulumi:pulumi:Stack";
