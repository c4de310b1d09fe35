import type { Scenario } from "../scenario";

/** Explicit, inherited and default providers. */
export const providers: Scenario[] = [
  {
    name: "inheritance",
    shows: "children take over protection and provider, and may decide otherwise",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create pulumi:providers:test::west",
            "create Component::outer",
            "create Component$Component::inner",
            "create Component$Resource::kept",
            "create Component$Component$Resource::deep",
            "create Component$Component$Resource::loose",
          ],
          state: [
            "Component$Component$Resource::deep protect",
            "Component$Component$Resource::loose",
            "Component$Component::inner protect",
            "Component$Resource::kept protect retainOnDelete",
            "Component::outer protect",
            "pulumi:providers:test::west",
          ],
        },
      },
      {
        run: "up",
        variant: "without-deep",
        expect: {
          status: "failed",
          operations: ["delete Component$Component$Resource::deep failed"],
          errors: ["deep", "protect"],
        },
      },
      {
        run: "up",
        variant: "open",
        expect: {
          operations: [],
          state: [
            "Component$Component$Resource::deep",
            "Component$Component$Resource::loose",
            "Component$Component::inner",
            "Component$Resource::kept retainOnDelete",
            "Component::outer",
            "pulumi:providers:test::west",
          ],
        },
      },
      {
        run: "destroy",
        expect: {
          operations: [
            "delete Component$Component$Resource::deep",
            "delete Component$Component$Resource::loose",
            "delete Component$Component::inner",
            "delete Component$Resource::kept",
            "delete pulumi:providers:test::west",
            "delete Component::outer",
            "delete pulumi:pulumi:Stack::fidelity-dev",
          ],
          state: [],
        },
      },
    ],
  },
  {
    name: "providers",
    shows: "explicit and default providers: one is updated, one replaced, a resource changes its provider",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create pulumi:providers:test::explicit",
            "create Resource::changesSides",
            "create Resource::usesDefault",
            "create Resource::usesExplicit",
          ],
        },
      },
      { run: "up", variant: "tagged", expect: { operations: ["update pulumi:providers:test::explicit"] } },
      {
        run: "preview",
        variant: "moved",
        expect: {
          operations: [
            "create-replacement pulumi:providers:test::explicit",
            "replace pulumi:providers:test::explicit",
            "create-replacement Resource::usesExplicit",
            "replace Resource::usesExplicit",
            "delete-replaced Resource::usesExplicit",
            "delete-replaced pulumi:providers:test::explicit",
          ],
        },
      },
      {
        run: "up",
        variant: "moved",
        expect: {
          operations: [
            "create-replacement pulumi:providers:test::explicit",
            "replace pulumi:providers:test::explicit",
            "create-replacement Resource::usesExplicit",
            "replace Resource::usesExplicit",
            "delete-replaced Resource::usesExplicit",
            "delete-replaced pulumi:providers:test::explicit",
          ],
          calls: ["create usesExplicit", "delete usesExplicit"],
        },
      },
      {
        run: "up",
        variant: "switched",
        expect: {
          operations: [
            "create-replacement pulumi:providers:test::explicit",
            "replace pulumi:providers:test::explicit",
            "create-replacement Resource::usesExplicit",
            "create-replacement Resource::changesSides",
            "replace Resource::usesExplicit",
            "replace Resource::changesSides",
            "delete-replaced Resource::usesExplicit",
            "delete-replaced pulumi:providers:test::explicit",
            "delete-replaced Resource::changesSides",
          ],
          state: [
            "Resource::changesSides",
            "Resource::usesDefault",
            "Resource::usesExplicit",
            "pulumi:providers:test::explicit",
          ],
        },
      },
    ],
  },
  {
    name: "provider-unknown",
    shows: "a provider whose configuration a preview does not know",
    steps: [
      {
        run: "preview",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::first",
            "create pulumi:providers:test::late",
            "create Resource::managed",
          ],
        },
      },
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::first",
            "create pulumi:providers:test::late",
            "create Resource::managed",
          ],
        },
      },
      {
        run: "preview",
        variant: "changed",
        expect: {
          operations: [
            "create-replacement Resource::first",
            "replace Resource::first",
            "create-replacement pulumi:providers:test::late",
            "replace pulumi:providers:test::late",
            "create-replacement Resource::managed",
            "replace Resource::managed",
            "delete-replaced Resource::managed",
            "delete-replaced pulumi:providers:test::late",
            "delete-replaced Resource::first",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          operations: [
            "create-replacement Resource::first",
            "replace Resource::first",
            "create-replacement pulumi:providers:test::late",
            "replace pulumi:providers:test::late",
            "create-replacement Resource::managed",
            "replace Resource::managed",
            "delete-replaced Resource::managed",
            "delete-replaced pulumi:providers:test::late",
            "delete-replaced Resource::first",
          ],
          state: ["Resource::first", "Resource::managed", "pulumi:providers:test::late"],
        },
      },
    ],
  },
  {
    name: "provider-removed",
    shows: "a provider that leaves with its resources, or is left by them",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create pulumi:providers:test::gone",
            "create Resource::its",
          ],
        },
      },
      {
        run: "up",
        variant: "default",
        expect: {
          operations: [
            "create-replacement Resource::its",
            "replace Resource::its",
            "delete-replaced Resource::its",
            "delete pulumi:providers:test::gone",
          ],
          calls: ["create its", "delete its"],
          state: ["Resource::its"],
        },
      },
      { run: "up", variant: "none", expect: { operations: ["delete Resource::its"], state: [] } },
    ],
  },
];
