import type { Scenario } from "../scenario";

/** Values on their way through the engine. */
export const values: Scenario[] = [
  {
    name: "secrets",
    shows: "secrets in inputs, outputs and the state",
    steps: [
      {
        run: "preview",
        secrets: { "app:word": "hush" },
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::group",
            "create Resource::direct",
            "create Resource::extra",
            "create Resource::onward",
          ],
        },
      },
      {
        run: "up",
        secrets: { "app:word": "hush" },
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::group",
            "create Resource::direct",
            "create Resource::extra",
            "create Resource::onward",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        secrets: { "app:word": "hush" },
        expect: { operations: ["update Resource::extra"] },
      },
    ],
  },
  {
    name: "unknowns",
    shows: "what a preview cannot know",
    steps: [
      {
        run: "preview",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::group",
            "create Resource::first",
            "create Component$Resource::inner",
            "create Resource::uses",
          ],
          messages: ["urns are known"],
        },
      },
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Component::group",
            "create Component$Resource::inner",
            "create Resource::first",
            "create Resource::inside",
            "create Resource::uses",
          ],
          messages: ["urns are known", "serial 1"],
        },
      },
    ],
  },
  {
    name: "invokes",
    shows: "functions of a provider",
    steps: [
      {
        run: "preview",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first", "create Resource::second"],
        },
      },
      {
        run: "up",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::first", "create Resource::second"],
        },
      },
      { run: "up", variant: "fails", expect: { status: "failed", operations: [], errors: ["no such thing"] } },
    ],
  },
  {
    name: "stack-outputs",
    shows: "outputs of the stack that come, change and go; assets",
    steps: [
      { run: "up", expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::holder"] } },
      { run: "up", variant: "changed", expect: { operations: ["update Resource::holder"] } },
    ],
  },
  {
    name: "stack-references",
    shows: "outputs of another stack: not there, there, emptied",
    steps: [
      {
        run: "up",
        expect: {
          status: "failed",
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "read pulumi:pulumi:StackReference::organization/fidelity/base failed",
          ],
          errors: ["organization/fidelity/base"],
          state: [],
        },
      },
      {
        run: "up",
        variant: "base",
        stack: "base",
        expect: { operations: ["create pulumi:pulumi:Stack::fidelity-base", "create Resource::shared"] },
      },
      {
        run: "preview",
        expect: {
          operations: ["read pulumi:pulumi:StackReference::organization/fidelity/base", "create Resource::uses"],
        },
      },
      {
        run: "up",
        expect: {
          operations: ["read pulumi:pulumi:StackReference::organization/fidelity/base", "create Resource::uses"],
        },
      },
      {
        run: "up",
        variant: "requires",
        expect: {
          status: "failed",
          operations: ["read pulumi:pulumi:StackReference::organization/fidelity/base"],
          errors: ["'absent' does not exist"],
        },
      },
      {
        run: "destroy",
        stack: "base",
        expect: { operations: ["delete Resource::shared", "delete pulumi:pulumi:Stack::fidelity-base"] },
      },
      {
        run: "preview",
        expect: {
          operations: ["read pulumi:pulumi:StackReference::organization/fidelity/base", "update Resource::uses"],
        },
      },
    ],
  },
];
