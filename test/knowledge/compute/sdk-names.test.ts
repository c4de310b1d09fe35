import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { efaInterfaces } from "../../../knowledge/compute/efa";
import { instanceTypes } from "../../../knowledge/compute/instance-types";

/** The enumerations of the package that `source` names, of instance types the sizes by family. */
interface Ec2Names {
  source: string;
  enums: Record<string, string[]>;
  instanceTypes: Record<string, string>;
}

const names = JSON.parse(readFileSync(join(__dirname, "../../fixtures/aws-sdk-ec2-enums.json"), "utf8")) as Ec2Names;
const all = [...instanceTypes().values()];

/** Values of the matrix that the SDK's enumeration does not have. */
const strange = (name: string, values: readonly string[]) =>
  [...new Set(values)].filter((value) => !names.enums[name]?.includes(value));

describe(`the instance matrix and ${names.source}`, () => {
  it("have the same sizes of every family of the matrix", () => {
    const sizes = (family: string) => all.filter((type) => type.family === family).map(({ size }) => size);
    for (const family of new Set(all.map((type) => type.family))) {
      expect([family, sizes(family).sort()]).toEqual([family, (names.instanceTypes[family] ?? "").split(" ").sort()]);
    }
  });

  it("have the same accelerator families, but those without a node image or a use here", () => {
    const accelerated = Object.keys(names.instanceTypes).filter((family) =>
      /^(p\d|g\d|gr\d|inf|trn|dl|vt)/.test(family),
    );
    const have = new Set(all.map((type) => type.family));
    // p2, p3, g2, g3 and g3s have no driver in EKS's images; dl and vt are Gaudi, Qualcomm and media; ultraservers are reserved whole.
    const left = ["dl1", "dl2q", "g3", "g3s", "p2", "p3", "p6e-gb200", "trn2u", "vt1", "g2"];
    expect(accelerated.filter((family) => !have.has(family) && !left.includes(family))).toEqual([]);
  });

  it("use the same words", () => {
    expect(
      strange(
        "BootModeType",
        all.flatMap((type) => [...type.bootModes]),
      ),
    ).toEqual([]);
    expect(
      strange(
        "ArchitectureType",
        all.map((type) => type.architecture),
      ),
    ).toEqual([]);
    expect(strange("BootModeValues", ["legacy-bios", "uefi", "uefi-preferred"])).toEqual([]);
    expect(strange("TpmSupportValues", ["v2.0"])).toEqual([]);
    expect(strange("AmdSevSnpSpecification", ["enabled"])).toEqual([]);
    expect(strange("SupportedAdditionalProcessorFeature", ["amd-sev-snp"])).toEqual([]);
    expect(strange("UsageClassType", ["capacity-block", "spot", "on-demand"])).toEqual([]);
    // `interface` is what a launch template takes for an ordinary one; the SDK's enumeration holds the special kinds alone.
    const kinds = all.flatMap((type) => efaInterfaces(type).map(({ interfaceType }) => interfaceType));
    expect(strange("NetworkInterfaceCreationType", kinds)).toEqual(["interface"]);
  });
});
