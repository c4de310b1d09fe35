import type { Scenario } from "../scenario";

const stack = "create pulumi:pulumi:Stack::fidelity-dev";
const group = "create Component::group";
const first = "create Resource::first";

const settings = { config: { "app:size": "1" }, secrets: { "app:key": "only for tests" } };

/** Components that a provider makes, and methods. */
export const components: Scenario[] = [
  {
    name: "remote",
    shows: "components made by their provider: inputs, outputs, secrets, unknown values, changes, aliases",
    steps: [
      {
        run: "preview",
        ...settings,
        expect: {
          operations: [
            stack,
            group,
            first,
            "create Remote::remote",
            "create Remote$Resource::remote-part",
            "create Resource::user",
          ],
        },
      },
      {
        run: "up",
        ...settings,
        expect: {
          operations: [
            stack,
            group,
            first,
            "create Remote::remote",
            "create Remote$Resource::remote-part",
            "create Resource::user",
          ],
          calls: ["create first", "create remote-part", "create user"],
        },
      },
      { run: "up", ...settings, expect: { operations: [] } },
      {
        run: "up",
        ...settings,
        variant: "changed",
        expect: { operations: ["update Remote$Resource::remote-part", "update Resource::user"] },
      },
      {
        run: "up",
        ...settings,
        variant: "renamed",
        expect: {
          // Component and child are taken over: a child whose name begins with its parent's follows it.
          operations: ["update Component$Remote$Resource::other-part"],
        },
      },
      {
        run: "destroy",
        expect: {
          operations: [
            "delete pulumi:pulumi:Stack::fidelity-dev",
            "delete Component::group",
            "delete Resource::first",
            "delete Resource::user",
            "delete Component$Remote::other",
            "delete Component$Remote$Resource::other-part",
          ],
          state: [],
        },
      },
    ],
  },
  {
    name: "remote-options",
    shows: "components made by their provider: providers, protection, dependencies, options without effect, transforms",
    program: "remote",
    steps: [
      {
        run: "up",
        variant: "options",
        expect: {
          operations: [
            stack,
            group,
            first,
            "create pulumi:providers:test::explicit",
            "create Remote::remote",
            "create Remote$Resource::remote-part",
            "create Resource::user",
          ],
        },
      },
    ],
  },
  {
    name: "remote-unconfigured",
    shows: "a component whose provider cannot be configured yet, in a preview",
    program: "remote",
    steps: [
      {
        run: "preview",
        variant: "unconfigured",
        expect: {
          operations: [
            stack,
            group,
            first,
            "create pulumi:providers:test::late",
            "create Remote::remote",
            "create Resource::user",
          ],
        },
      },
    ],
  },
  {
    name: "remote-fails",
    shows: "a component that its provider refuses",
    program: "remote",
    steps: [
      {
        run: "up",
        variant: "fails",
        expect: { status: "failed", operations: [stack, group, first], errors: ["the component refuses"] },
      },
    ],
  },
  {
    name: "remote-child-fails",
    shows: "a component made by its provider with a child that cannot be created",
    program: "remote",
    steps: [
      {
        run: "up",
        variant: "child-fails",
        expect: {
          status: "failed",
          operations: [stack, group, first, "create Remote::remote", "create Remote$Resource::remote-part failed"],
          errors: ["the child refuses"],
        },
      },
    ],
  },
  {
    name: "calls",
    shows: "methods of resources, components and providers",
    steps: [
      {
        run: "preview",
        ...settings,
        expect: {
          operations: [
            stack,
            group,
            first,
            "create pulumi:providers:test::explicit",
            "create Resource::known",
            "create Resource::later",
            "create Resource::other",
            "create Resource::by-other",
            "create Resource::by-group",
          ],
        },
      },
      {
        run: "up",
        ...settings,
        expect: {
          operations: [
            stack,
            group,
            first,
            "create pulumi:providers:test::explicit",
            "create Resource::known",
            "create Resource::later",
            "create Resource::other",
            "create Resource::by-other",
            "create Resource::by-group",
          ],
        },
      },
      { run: "up", ...settings, expect: { operations: [] } },
    ],
  },
  {
    name: "call-fails",
    shows: "a method that refuses its arguments",
    program: "calls",
    steps: [
      {
        run: "up",
        variant: "fails",
        expect: { status: "failed", operations: [stack, first], errors: ["the method refuses"] },
      },
    ],
  },
  {
    name: "call-throws",
    shows: "a method that fails",
    program: "calls",
    steps: [
      {
        run: "up",
        variant: "throws",
        expect: { status: "failed", operations: [stack, first], errors: ["the method breaks"] },
      },
    ],
  },
];
