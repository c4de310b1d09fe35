import type { Framework } from "../kit/rule";

interface Named {
  readonly id: string;
  readonly title: string;
}

/** Frameworks of so many controls that those without rules are counted, by these families. */
const families: { readonly [F in Framework]?: (control: Named) => string } = {
  "NIST 800-53r5": ({ id }) => named(id.slice(0, 2), nistFamilies),
  "ISO 27001:2022": ({ id }) => named(id.slice(0, 3), isoThemes),
  "NIST AI RMF 1.0": ({ id }) => id.split(" ")[0] ?? "",
  "MITRE ATLAS 5.6.0": ({ id }) => (id.includes(".") ? "Subtechniques" : "Techniques"),
  "OWASP AISVS 1.0": ({ id, title }) => `${id.split(".").slice(0, 2).join(".")} ${title.replace(/, level \d$/, "")}`,
};

/** Source: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final, table 1. */
const nistFamilies: Readonly<Record<string, string>> = {
  AC: "Access Control",
  AT: "Awareness and Training",
  AU: "Audit and Accountability",
  CA: "Assessment, Authorization, and Monitoring",
  CM: "Configuration Management",
  CP: "Contingency Planning",
  IA: "Identification and Authentication",
  IR: "Incident Response",
  MA: "Maintenance",
  MP: "Media Protection",
  PE: "Physical and Environmental Protection",
  PL: "Planning",
  PM: "Program Management",
  PS: "Personnel Security",
  PT: "PII Processing and Transparency",
  RA: "Risk Assessment",
  SA: "System and Services Acquisition",
  SC: "System and Communications Protection",
  SI: "System and Information Integrity",
  SR: "Supply Chain Risk Management",
};

/** The themes of Annex A. */
const isoThemes: Readonly<Record<string, string>> = {
  "A.5": "Organizational controls",
  "A.6": "People controls",
  "A.7": "Physical controls",
  "A.8": "Technological controls",
};

const named = (id: string, names: Readonly<Record<string, string>>): string => `${id} ${names[id] ?? ""}`.trim();

export const isLong = (framework: string): boolean => Object.hasOwn(families, framework);

export function familyOf(framework: string, control: Named): string {
  return families[framework as Framework]?.(control) ?? "";
}
