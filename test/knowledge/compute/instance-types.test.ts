import { types } from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { efaInterfaces } from "../../../knowledge/compute/efa";
import { instanceType, instanceTypes, isAccelerated } from "../../../knowledge/compute/instance-types";

const all = [...instanceTypes().values()];
const names = (predicate: (type: (typeof all)[number]) => boolean) => all.filter(predicate).map((type) => type.name);

describe("the instance matrix", () => {
  it("names only types that EC2's own enumeration has", () => {
    const known = new Set<string>(Object.values(types.enums.ec2.InstanceType));
    expect(all.filter((type) => !known.has(type.name)).map((type) => type.name)).toEqual([]);
  });

  it("has every size of each of its families", () => {
    const families = new Set(all.map((type) => type.family));
    const missing = Object.values(types.enums.ec2.InstanceType).filter(
      (name) => families.has(name.split(".")[0] as string) && !instanceTypes().has(name),
    );
    expect(missing).toEqual([]);
  });

  it("has facts that hold together", () => {
    for (const type of all) {
      expect(type.vcpus).toBeGreaterThan(0);
      expect(type.bootModes.length).toBeGreaterThan(0);
      if (type.nitroTpm) expect(type.bootModes).toContain("uefi");
      if (type.efaInterfaces > 0)
        expect(type.efaInterfaces).toBeLessThanOrEqual(type.networkCards * type.interfacesPerCard);
      if (type.bareMetal) expect([type.nitroEnclaves, type.nitroTpm, type.sevSnp]).toEqual([false, false, false]);
      if (type.architecture === "arm64") expect(type.bootModes).toEqual(["uefi"]);
    }
  });

  it("knows what naive blueprints get wrong", () => {
    expect(instanceType("p4d.24xlarge")).toMatchObject({
      nitroTpm: false,
      bootModes: ["legacy-bios"],
      nitroEnclaves: true,
    });
    expect(instanceType("p4de.24xlarge")).toMatchObject({ nitroTpm: false, bootModes: ["legacy-bios"] });
    expect(instanceType("p6-b200.48xlarge")).toMatchObject({ nitroTpm: true, nitroEnclaves: false, efaInterfaces: 8 });
    expect(instanceType("p5.48xlarge")).toMatchObject({ efaInterfaces: 32, capacityBlock: true, nitroTpm: true });
    expect(instanceType("g5g.xlarge")).toMatchObject({
      encryptionInTransit: false,
      nitroEnclaves: false,
      nitroTpm: false,
      architecture: "arm64",
    });
    expect(instanceType("g4ad.xlarge").architecture).toBe("x86_64");
    expect(instanceType("m7i-flex.large").nitroEnclaves).toBe(false);
    expect(instanceType("t3.large")).toMatchObject({ nitroEnclaves: false, burstable: true });
  });

  it("has SEV-SNP on m6a, c6a and r6a only, and on no accelerated type", () => {
    expect(new Set(all.filter((type) => type.sevSnp).map((type) => type.family))).toEqual(
      new Set(["m6a", "c6a", "r6a"]),
    );
    expect(names((type) => type.sevSnp && isAccelerated(type))).toEqual([]);
    expect([instanceType("r6a.4xlarge").sevSnp, instanceType("r6a.8xlarge").sevSnp]).toEqual([true, false]);
  });

  it("refuses a type with what is near it", () => {
    expect(() => instanceType("p5.24xlarge")).toThrow("the family p5 has no such size. It has p5.4xlarge, p5.48xlarge");
    expect(() => instanceType("p9.large")).toThrow("the family p9 is not in the instance matrix");
    expect(() => instanceType("big", "pools[0].type")).toThrow(
      'pools[0].type is "big": not the form of an instance type',
    );
  });
});

describe("efaInterfaces", () => {
  it("uses every EFA interface of every type, each place once, within the cards", () => {
    for (const type of all) {
      const layout = efaInterfaces(type);
      expect(layout.filter((item) => item.interfaceType === "efa-only")).toHaveLength(type.efaInterfaces);
      expect(new Set(layout.map((item) => `${item.networkCardIndex}/${item.deviceIndex}`)).size).toBe(layout.length);
      for (const item of layout) expect(item.networkCardIndex).toBeLessThan(type.networkCards);
      for (let card = 0; card < type.networkCards; card++) {
        expect(layout.filter((item) => item.networkCardIndex === card).length).toBeLessThanOrEqual(
          type.interfacesPerCard,
        );
      }
    }
  });

  it("puts the ordinary interface first and EFA beside it on card 0", () => {
    expect(efaInterfaces(instanceType("p4d.24xlarge"))).toEqual([
      { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" },
      { networkCardIndex: 0, deviceIndex: 1, interfaceType: "efa-only" },
      { networkCardIndex: 1, deviceIndex: 0, interfaceType: "efa-only" },
      { networkCardIndex: 2, deviceIndex: 0, interfaceType: "efa-only" },
      { networkCardIndex: 3, deviceIndex: 0, interfaceType: "efa-only" },
    ]);
  });

  it("leaves card 0 of p6-b300 to the ordinary interface", () => {
    const layout = efaInterfaces(instanceType("p6-b300.48xlarge"));
    expect(layout.filter((item) => item.networkCardIndex === 0)).toEqual([
      { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" },
    ]);
    expect(layout.at(-1)).toEqual({ networkCardIndex: 16, deviceIndex: 0, interfaceType: "efa-only" });
  });

  it("is empty for a type without EFA", () => {
    expect(efaInterfaces(instanceType("m7i.large"))).toEqual([]);
  });
});
