import type { Scenario } from "../scenario";

/** Resources: their parents, dependencies and names. */
export const resources: Scenario[] = [
  {
    name: "basic",
    shows: "resources in and out of a component: made, unchanged, changed, replaced, refreshed, gone",
    steps: [
      {
        run: "preview",
        config: { "app:size": "1" },
        secrets: { "app:password": "hush" },
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::group",
            "create Resource::first",
            "create Component$Resource::inner",
            "create Resource::last",
          ],
        },
      },
      {
        run: "up",
        config: { "app:size": "1" },
        secrets: { "app:password": "hush" },
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::group",
            "create Resource::first",
            "create Component$Resource::inner",
            "create Resource::last",
          ],
          state: ["Component$Resource::inner", "Component::group", "Resource::first", "Resource::last"],
        },
      },
      { run: "up", config: { "app:size": "1" }, secrets: { "app:password": "hush" }, expect: { operations: [] } },
      {
        run: "preview",
        config: { "app:size": "2" },
        secrets: { "app:password": "hush" },
        expect: { operations: ["update Resource::first"] },
      },
      {
        run: "up",
        config: { "app:size": "2", "app:zone": "b" },
        secrets: { "app:password": "changed" },
        expect: {
          operations: [
            "create-replacement Resource::first",
            "replace Resource::first",
            "update Resource::last",
            "delete-replaced Resource::first",
          ],
          calls: ["create first", "update last", "delete first"],
        },
      },
      {
        run: "refresh",
        config: { "app:size": "2", "app:zone": "b" },
        secrets: { "app:password": "changed" },
        expect: { operations: [] },
      },
      {
        run: "destroy",
        config: { "app:size": "2", "app:zone": "b" },
        secrets: { "app:password": "changed" },
        expect: {
          operations: [
            "delete Resource::last",
            "delete Component$Resource::inner",
            "delete Component::group",
            "delete Resource::first",
            "delete pulumi:pulumi:Stack::fidelity-dev",
          ],
          state: [],
        },
      },
    ],
  },
  {
    name: "dependencies",
    shows: "order of creation and deletion by dependsOn and by properties",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::rules",
            "create Resource::network",
            "create Component$Resource::rule",
            "create Resource::pool",
            "create Resource::addon",
          ],
          calls: ["create network", "create rule", "create pool", "create addon"],
        },
      },
      {
        run: "destroy",
        expect: {
          operations: [
            "delete Resource::addon",
            "delete Resource::pool",
            "delete Component$Resource::rule",
            "delete Resource::network",
            "delete Component::rules",
            "delete pulumi:pulumi:Stack::fidelity-dev",
          ],
          calls: ["delete addon", "delete pool", "delete rule", "delete network"],
          state: [],
        },
      },
    ],
  },
  {
    name: "removal-order",
    shows: "resources that leave the program go in the reverse order of their dependencies",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::group",
            "create Resource::base",
            "create Component$Resource::one",
            "create Component$Resource::two",
            "create Resource::three",
          ],
          calls: ["create base", "create one", "create two", "create three"],
        },
      },
      {
        run: "up",
        variant: "gone",
        expect: {
          operations: [
            "delete Resource::three",
            "delete Component$Resource::two",
            "delete Component$Resource::one",
            "delete Component::group",
          ],
          calls: ["delete three", "delete two", "delete one"],
          state: ["Resource::base"],
        },
      },
    ],
  },
  {
    name: "aliases",
    shows: "renamed, reparented and retyped resources keep what they are",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::home",
            "create Component::oldGroup",
            "create Resource::byUrnOld",
            "create Resource::moved",
            "create Resource::oldName",
            "create Resource::typed",
            "create Component$Resource::oldGroup-child",
            "create Component$Resource::fixed",
          ],
          state: [
            "Component$Resource::fixed",
            "Component$Resource::oldGroup-child",
            "Component::home",
            "Component::oldGroup",
            "Resource::byUrnOld",
            "Resource::moved",
            "Resource::oldName",
            "Resource::typed",
          ],
        },
      },
      { run: "preview", variant: "after", expect: { operations: ["update Resource::byUrnNew"] } },
      {
        run: "up",
        variant: "after",
        expect: {
          operations: ["update Resource::byUrnNew"],
          state: [
            "Component$Resource::fixed",
            "Component$Resource::moved",
            "Component$Resource::newGroup-child",
            "Component::home",
            "Component::newGroup",
            "Resource::byUrnNew",
            "Resource::newName",
            "Retyped::typed",
          ],
        },
      },
    ],
  },
  {
    name: "nested-names",
    shows: "the same name under different parents; names with separators",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create one::one",
            "create two::two",
            "create Resource::with spaces $ and more",
            "create Resource::with::colons",
            "create one$Resource::same",
            "create two$Resource::same",
          ],
          state: [
            "Resource::with spaces $ and more",
            "Resource::with::colons",
            "one$Resource::same",
            "one::one",
            "two$Resource::same",
            "two::two",
          ],
        },
      },
      {
        run: "up",
        variant: "fewer",
        expect: {
          operations: ["delete two$Resource::same", "delete two::two"],
          state: ["Resource::with spaces $ and more", "Resource::with::colons", "one$Resource::same", "one::one"],
        },
      },
    ],
  },
  {
    name: "components",
    shows: "inputs and outputs of components",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Service::service",
            "create Service$Silent::silent",
            "create Service$Silent$Component::empty",
            "create Service$Resource::part",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          operations: [
            "update Service::service",
            "update Service$Resource::part",
            "delete Service$Silent$Component::empty",
          ],
          state: ["Service$Resource::part", "Service$Silent::silent", "Service::service"],
        },
      },
    ],
  },
];
