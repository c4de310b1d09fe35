import type { Scenario } from "../scenario";
import { anotherThere, there } from "./world";

/** Options of resources. */
export const options: Scenario[] = [
  {
    name: "ignore-changes",
    shows: "ignored properties, paths, wildcards",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::path",
            "create Resource::wild",
            "create Resource::added",
            "create Resource::whole",
            "create Resource::removed",
            "create Resource::all",
            "create Resource::mixed",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          operations: ["update Resource::path", "update Resource::mixed"],
          state: [
            "Resource::added",
            "Resource::all",
            "Resource::mixed",
            "Resource::path",
            "Resource::removed",
            "Resource::whole",
            "Resource::wild",
          ],
        },
      },
    ],
  },
  {
    name: "hide-diffs",
    shows: "a hidden difference is carried out",
    steps: [
      { run: "up", expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::quiet"] } },
      { run: "up", variant: "changed", expect: { operations: ["update Resource::quiet"] } },
    ],
  },
  {
    name: "protect",
    shows: "protected resources are neither deleted nor replaced",
    steps: [
      {
        run: "up",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::other", "create Resource::vault"],
        },
      },
      {
        run: "preview",
        variant: "gone",
        expect: { status: "failed", operations: ["delete Resource::vault"], errors: ["vault", "protect"] },
      },
      {
        run: "up",
        variant: "gone",
        expect: {
          status: "failed",
          operations: ["delete Resource::vault failed"],
          errors: ["vault", "protect"],
          state: ["Resource::other", "Resource::vault protect"],
        },
      },
      { run: "up", variant: "replaced", expect: { status: "failed", operations: [], errors: ["vault", "protect"] } },
      {
        run: "destroy",
        expect: {
          status: "failed",
          operations: ["delete Resource::vault failed"],
          errors: ["vault", "protect"],
          state: ["Resource::other", "Resource::vault protect"],
        },
      },
      { run: "up", variant: "open", expect: { operations: [], state: ["Resource::other", "Resource::vault"] } },
      {
        run: "up",
        variant: "open-gone",
        expect: { operations: ["delete Resource::vault"], state: ["Resource::other"] },
      },
    ],
  },
  {
    name: "retain",
    shows: "retained resources leave the state and stay in the world",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::ordinary",
            "create Resource::destroyed",
            "create Resource::replaced",
            "create Resource::removed",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          operations: [
            "create-replacement Resource::replaced",
            "replace Resource::replaced",
            "delete Resource::removed",
            "delete-replaced Resource::replaced",
          ],
          calls: ["create replaced"],
          state: ["Resource::destroyed retainOnDelete", "Resource::ordinary", "Resource::replaced retainOnDelete"],
        },
      },
      {
        run: "destroy",
        expect: {
          operations: [
            "delete Resource::ordinary",
            "delete Resource::destroyed",
            "delete Resource::replaced",
            "delete pulumi:pulumi:Stack::fidelity-dev",
          ],
          calls: ["delete ordinary"],
          state: [],
        },
      },
    ],
  },
  {
    name: "deleted-with",
    shows: "what goes with its container is not deleted by itself",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::container",
            "create Resource::removed",
            "create Resource::content",
          ],
        },
      },
      { run: "up", variant: "fewer", expect: { operations: ["delete Resource::removed"], calls: ["delete removed"] } },
      {
        run: "up",
        variant: "replaced",
        expect: {
          operations: [
            "create-replacement Resource::container",
            "replace Resource::container",
            "create-replacement Resource::content",
            "replace Resource::content",
            "delete-replaced Resource::content",
            "delete-replaced Resource::container",
          ],
          calls: ["create container", "create content", "delete container"],
          state: ["Resource::container", "Resource::content"],
        },
      },
      {
        run: "destroy",
        expect: {
          operations: [
            "delete Resource::content",
            "delete Resource::container",
            "delete pulumi:pulumi:Stack::fidelity-dev",
          ],
          calls: ["delete container"],
          state: [],
        },
      },
    ],
  },
  {
    name: "timeouts",
    shows: "limits reach the provider and the state",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::unlimited",
            "create Resource::limited",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: { operations: ["update Resource::unlimited", "update Resource::limited"] },
      },
      {
        run: "destroy",
        expect: {
          operations: [
            "delete Resource::unlimited",
            "delete Resource::limited",
            "delete pulumi:pulumi:Stack::fidelity-dev",
          ],
        },
      },
    ],
  },
  {
    name: "import",
    shows: "existing resources come under management",
    steps: [
      {
        run: "preview",
        before: there,
        expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "import Resource::there"] },
      },
      {
        run: "up",
        variant: "missing",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "import Resource::there failed"],
          errors: ["nowhere"],
          state: [],
        },
      },
      {
        run: "up",
        variant: "different",
        expect: { operations: ["import Resource::there", "update Resource::there"], state: ["Resource::there"] },
      },
      { run: "up", expect: { operations: ["update Resource::there"] } },
      { run: "up", variant: "managed", expect: { operations: [] } },
    ],
  },
  {
    name: "import-replace",
    shows: "an import under a name that is in use replaces what was there",
    steps: [
      { run: "up", expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::there"] } },
      {
        run: "up",
        variant: "import",
        before: anotherThere,
        expect: {
          operations: [
            "import-replacement Resource::there",
            "replace Resource::there",
            "delete-replaced Resource::there",
          ],
          calls: ["read there", "delete there"],
          state: ["Resource::there"],
        },
      },
    ],
  },
  {
    name: "get",
    shows: "resources of somebody else are read and never changed",
    steps: [
      {
        run: "preview",
        before: there,
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "read Resource::known", "create Resource::uses"],
        },
      },
      {
        run: "up",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "read Resource::known", "create Resource::uses"],
          state: ["Resource::known external", "Resource::uses"],
        },
      },
      { run: "refresh", expect: { operations: [] } },
      {
        run: "up",
        variant: "managed",
        expect: {
          operations: [
            "create-replacement Resource::known",
            "replace Resource::known",
            "delete Resource::uses",
            "discard-replaced Resource::known",
          ],
          state: ["Resource::known"],
        },
      },
      {
        run: "up",
        expect: {
          operations: [
            "read-replacement Resource::known",
            "replace Resource::known",
            "create Resource::uses",
            "delete-replaced Resource::known",
          ],
        },
      },
      {
        run: "up",
        variant: "gone",
        expect: { operations: ["delete Resource::uses", "discard Resource::known"], calls: ["delete uses"], state: [] },
      },
    ],
  },
  {
    name: "get-unknown",
    shows: "a resource that is read under an id of the same program",
    steps: [
      {
        run: "preview",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::first",
            "read Resource::same",
            "create Resource::uses",
          ],
        },
      },
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::first",
            "read Resource::same",
            "create Resource::uses",
          ],
          state: ["Resource::first", "Resource::same external", "Resource::uses"],
        },
      },
      {
        run: "destroy",
        expect: {
          operations: [
            "delete Resource::uses",
            "delete Resource::first",
            "discard Resource::same",
            "delete pulumi:pulumi:Stack::fidelity-dev",
          ],
          calls: ["delete uses", "delete first"],
        },
      },
    ],
  },
  {
    name: "get-missing",
    shows: "a read resource that does not exist",
    program: "get",
    steps: [
      {
        run: "up",
        variant: "missing",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "read Resource::known failed"],
          errors: ["nowhere"],
          state: [],
        },
      },
    ],
  },
  {
    name: "state-only-changes",
    shows: "changes that only the state sees",
    steps: [
      {
        run: "up",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::target", "create Resource::base"],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: { operations: [], state: ["Resource::base", "Resource::target retainOnDelete"] },
      },
      {
        run: "destroy",
        expect: {
          operations: ["delete Resource::target", "delete Resource::base", "delete pulumi:pulumi:Stack::fidelity-dev"],
          calls: ["delete base"],
        },
      },
    ],
  },
];
