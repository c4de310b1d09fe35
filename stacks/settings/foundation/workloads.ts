import { group, list, text } from "../field";
import { rolesField } from "./roles";

/** Workloads that run in Nitro Sandboxes. */
export function confidentialWorkloadsField() {
  return list(
    {
      description:
        "Workloads that run in Nitro Sandboxes, each pod in a virtual machine of its own. From Kubernetes 1.36 on, on an attested pool with a sandbox runtime.",
      allowed: "a list of at most 50 workloads",
    },
    group(
      {
        description:
          "A workload: a role for its pods by Pod Identity and, with policies, a key that opens for pods under those policies alone.",
      },
      {
        name: text(
          {
            description: "What the workload is called in the environment, unique among attested keys and workloads.",
            allowed:
              "2 to 24 lower-case letters, digits and hyphens, a letter first; not logs, secrets, volumes, data or network",
            example: "tokeniser",
          },
          /^(?!(?:logs|secrets|volumes|data|network)$)[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
        ),
        pool: text(
          {
            description: "The attested pool that its pods run on, one with a sandbox runtime.",
            allowed: "the name of one of the attested pools",
            example: "sandboxes",
          },
          /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
        ),
        namespace: kubernetesName("The namespace of its pods.", "serving"),
        serviceAccount: kubernetesName("The service account of its pods.", "tokeniser"),
        policies: list(
          {
            description:
              "The measured policies of its pods, as eks-nitro-sandbox-genpolicy predicts them for PCR 17: the one in use and the next. Of confidential sandboxes only.",
            allowed: "a list of 1 to 8 values of 96 hexadecimal digits",
            example: ["5f".repeat(48)],
          },
          text(
            {
              description: "The value of PCR 17 under a policy.",
              allowed: "96 hexadecimal digits that are not all zeros, in quotes",
              example: "5f".repeat(48),
            },
            /^(?!0+$)[0-9a-f]{96}$/,
          ),
          { min: 1, max: 8 },
        ).optional(),
        publishers: rolesField(
          "Roles that wrap data keys for the workload and cannot open any. Only with policies.",
          "model-publisher",
        ).default([]),
      },
    ),
    { max: 50 },
  ).default([]);
}

const kubernetesName = (description: string, example: string) =>
  text(
    {
      description,
      allowed: "up to 63 lower-case letters, digits and hyphens, a letter or digit first and last",
      example,
    },
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  );
