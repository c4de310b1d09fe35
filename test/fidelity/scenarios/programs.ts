import type { Scenario } from "../scenario";

/** What programs may bring along: transforms, hooks, mistakes. */
export const programs: Scenario[] = [
  {
    name: "transforms",
    shows: "transforms of resources, components, the stack and invokes",
    steps: [
      {
        run: "preview",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create pulumi:providers:test::other",
            "create Resource::old",
            "create Component::group",
            "create Resource::first",
            "create Component$Resource::child",
          ],
        },
      },
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::group",
            "create pulumi:providers:test::other",
            "create Resource::old",
            "create Resource::first",
            "create Component$Resource::child",
          ],
          state: [
            "Component$Resource::child",
            "Component::group",
            "Resource::first protect",
            "Resource::old",
            "pulumi:providers:test::other",
          ],
        },
      },
      { run: "up", expect: { operations: [] } },
    ],
  },
  {
    name: "transform-fails",
    shows: "a transform that throws",
    steps: [
      {
        run: "up",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev"],
          errors: ["transform refuses"],
          state: [],
        },
      },
    ],
  },
  {
    name: "hooks",
    shows: "hooks around every operation",
    steps: [
      {
        run: "preview",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"],
          messages: ["beforeCreate first id= sizes=1,-,-,-"],
        },
      },
      {
        run: "up",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"],
          messages: ["beforeCreate first id= sizes=1,-,-,-", "afterCreate first id=first-1 sizes=1,-,1,-"],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          operations: ["update Resource::first"],
          messages: ["beforeUpdate first id=first-1 sizes=2,1,-,1", "afterUpdate first id=first-1 sizes=2,1,2,1"],
        },
      },
      {
        run: "up",
        variant: "replaced",
        expect: {
          operations: [
            "create-replacement Resource::first",
            "replace Resource::first",
            "delete-replaced Resource::first",
          ],
          messages: [
            "beforeCreate first id= sizes=2,-,-,-",
            "afterCreate first id=first-2 sizes=2,-,2,-",
            "beforeDelete first id=first-1 sizes=-,2,-,2",
            "afterDelete first id=first-1 sizes=-,2,-,2",
          ],
        },
      },
      {
        run: "up",
        variant: "gone",
        expect: {
          operations: ["delete Resource::first"],
          messages: ["beforeDelete first id=first-2 sizes=-,2,-,2", "afterDelete first id=first-2 sizes=-,2,-,2"],
        },
      },
    ],
  },
  {
    name: "hooks-without-program",
    shows: "deletion hooks of a program that is not there",
    program: "hooks",
    steps: [
      { run: "up", expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"] } },
      {
        run: "destroy",
        expect: { status: "failed", operations: [], calls: [], errors: ["beforeDelete"], state: ["Resource::first"] },
      },
    ],
  },
  {
    name: "hook-fails",
    shows: "a hook that prevents the operation",
    steps: [
      {
        run: "up",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::prevented failed"],
          calls: [],
          errors: ["hook refuses"],
          state: [],
        },
      },
    ],
  },
  {
    name: "hook-fails-after",
    shows: "a hook that fails after the operation",
    steps: [
      {
        run: "up",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::made"],
          errors: ["hook complains"],
          state: ["Resource::made"],
        },
      },
    ],
  },
  {
    name: "throws-at-once",
    shows: "a program that throws before it registers anything",
    program: "throws",
    steps: [
      {
        run: "up",
        variant: "at-once",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev"],
          errors: ["thrown at once"],
          state: [],
        },
      },
    ],
  },
  {
    name: "throws-later",
    shows: "a program that throws after it registered something deletes nothing",
    program: "throws",
    steps: [
      { run: "up", expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"] } },
      {
        run: "up",
        variant: "later",
        expect: { status: "failed", operations: [], errors: ["thrown later"], state: ["Resource::first"] },
      },
    ],
  },
  {
    name: "throws-in-apply",
    shows: "an apply that throws",
    program: "throws",
    steps: [
      {
        run: "up",
        variant: "apply",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"],
          errors: ["thrown in apply"],
          state: ["Resource::first"],
        },
      },
    ],
  },
  {
    name: "rejects",
    shows: "a rejected promise",
    program: "throws",
    steps: [
      {
        run: "up",
        variant: "rejects",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"],
          errors: ["rejected promise"],
        },
      },
    ],
  },
  {
    name: "run-error",
    shows: "an error meant for people",
    program: "throws",
    steps: [
      {
        run: "up",
        variant: "run-error",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"],
          errors: ["a message for people"],
        },
      },
    ],
  },
  {
    name: "exits",
    shows: "a program that ends itself",
    program: "throws",
    steps: [
      {
        run: "up",
        variant: "exits",
        expect: { status: "failed", operations: ["create pulumi:pulumi:Stack::fidelity-dev"], errors: ["3"] },
      },
    ],
  },
  {
    name: "config-missing",
    shows: "a required setting that is absent",
    program: "throws",
    steps: [
      {
        run: "up",
        variant: "config",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"],
          errors: ["app:absent"],
        },
      },
    ],
  },
  {
    name: "log-error",
    shows: "an error that is only logged",
    program: "throws",
    steps: [
      {
        run: "up",
        variant: "log-error",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first"],
          errors: ["an error that was only logged"],
        },
      },
    ],
  },
  {
    name: "duplicate",
    shows: "two resources of one name",
    steps: [
      {
        run: "preview",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::twin"],
          errors: ["twin"],
        },
      },
      {
        run: "up",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::twin"],
          errors: ["twin"],
          state: ["Resource::twin"],
        },
      },
    ],
  },
];
