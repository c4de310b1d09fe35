/**
 * name, vCPUs, memory (MiB), network cards, network interfaces of each card, IPv4 addresses of an interface, EFA interfaces, and
 * the words that hold: `enclaves`, `tpm` (NitroTPM 2.0), `bios` and `uefi` (boot modes), `snp` (AMD SEV-SNP), `transit`
 * (encryption in transit between instances), `block` (Capacity Blocks for ML), `spot`.
 */
export type InstanceRow = readonly [
  name: string,
  vcpus: number,
  memoryMiB: number,
  networkCards: number,
  interfacesPerCard: number,
  addressesPerInterface: number,
  efaInterfaces: number,
  words: string,
];

/** The same, then maker and name of the accelerator, how many, memory of each (MiB), and which part of a physical one each is. */
export type AcceleratedRow = readonly [
  ...InstanceRow,
  manufacturer: string,
  accelerator: string,
  count: number,
  acceleratorMemoryMiB: number,
  fraction: number,
];
