import type { InstanceTypeFacts } from "../compute/instance-types";
import { type Problem, printable } from "../problem";
import { documented, type Source } from "../source";

/** What a node sets aside for its enclaves. */
export interface EnclaveAllocation {
  /** vCPUs, taken away from pods. */
  readonly vcpus: number;
  /** Memory as huge pages, in MiB, taken away from pods. */
  readonly memoryMiB: number;
}

export const ENCLAVE_ALLOCATION_SOURCE: Source = documented(
  "Nitro Enclaves User Guide, Requirements and `kubernetes.html`",
  "64 MiB of memory at least; the parent keeps one core, and enclaves get whole cores",
);

/** Memory that the parent needs for itself, the kubelet and its daemons, in MiB. */
const PARENT_MEMORY_MIB = 2048;

/** Why a type cannot set that much aside; empty when it can. */
export function enclaveAllocationProblems(
  type: InstanceTypeFacts,
  { vcpus, memoryMiB }: EnclaveAllocation,
  path = "enclave",
): Problem[] {
  const threads = type.architecture === "arm64" ? 1 : 2;
  const problems: Problem[] = [];
  const add = (field: string, found: unknown, reason: string, remedy: string) =>
    problems.push({ path: `${path}.${field}`, found: printable(found), reason, remedy });
  const mostVcpus = type.vcpus - threads;
  if (!Number.isInteger(vcpus) || vcpus < threads || vcpus > mostVcpus || vcpus % threads !== 0) {
    const whole = threads === 1 ? "" : `, a multiple of ${threads} because enclaves get whole cores`;
    const reason = `${type.name} has ${type.vcpus} vCPUs, of which the parent keeps ${threads}`;
    add("vcpus", vcpus, reason, `Give a number from ${threads} to ${mostVcpus}${whole}`);
  }
  const mostMemory = type.memoryMiB - PARENT_MEMORY_MIB;
  if (!Number.isInteger(memoryMiB) || memoryMiB < 64 || memoryMiB > mostMemory) {
    const reason = `${type.name} has ${type.memoryMiB} MiB, of which the parent needs ${PARENT_MEMORY_MIB}`;
    add("memoryMiB", memoryMiB, reason, `Give a number of MiB from 64 to ${mostMemory}`);
  }
  return problems;
}

/**
 * Commands that set it aside on Amazon Linux 2023, before the kubelet counts what it has. Without `installed` the tools come from
 * the distribution's own repository, which is a bucket of S3 in the same Region: the endpoint's policy must let it through.
 */
export function enclaveCommands({ vcpus, memoryMiB }: EnclaveAllocation, installed: boolean): string[] {
  return [
    ...(installed ? [] : ["dnf install --assumeyes aws-nitro-enclaves-cli"]),
    `printf 'memory_mib: ${memoryMiB}\\ncpu_count: ${vcpus}\\n' > /etc/nitro_enclaves/allocator.yaml`,
    "systemctl enable nitro-enclaves-allocator.service",
    "systemctl restart nitro-enclaves-allocator.service",
  ];
}
