import type { Scenario } from "../scenario";
import { drift } from "./world";

/** Operations that fail, providers that die, a world that moves. */
export const failures: Scenario[] = [
  {
    name: "create-fails",
    shows: "a create that fails in the middle, and its repair",
    steps: [
      {
        run: "up",
        expect: {
          status: "failed",
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::first",
            "create Resource::broken failed",
          ],
          errors: ["quota exceeded"],
          state: ["Resource::first"],
        },
      },
      {
        run: "up",
        variant: "repaired",
        expect: {
          operations: ["create Resource::broken", "create Resource::after"],
          state: ["Resource::after", "Resource::broken", "Resource::first"],
        },
      },
    ],
  },
  {
    name: "operation-fails",
    shows: "updates and deletes that fail",
    steps: [
      {
        run: "up",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::stuck", "create Resource::first"],
        },
      },
      {
        run: "up",
        variant: "update-fails",
        expect: {
          status: "failed",
          operations: ["update Resource::first failed"],
          errors: ["cannot change"],
          state: ["Resource::first", "Resource::stuck"],
        },
      },
      {
        run: "up",
        variant: "updated",
        expect: {
          status: "failed",
          operations: ["update Resource::first", "delete Resource::stuck failed"],
          errors: ["still in use"],
          state: ["Resource::first", "Resource::stuck"],
        },
      },
      {
        run: "destroy",
        expect: {
          status: "failed",
          operations: ["delete Resource::first", "delete Resource::stuck failed"],
          errors: ["still in use"],
          state: ["Resource::stuck"],
        },
      },
    ],
  },
  {
    name: "init-fails",
    shows: "a resource that did not become ready",
    steps: [
      {
        run: "up",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::slow failed"],
          errors: ["not ready in time"],
          state: ["Resource::slow initErrors"],
        },
      },
      { run: "preview", variant: "ready", expect: { operations: ["update Resource::slow", "create Resource::after"] } },
      {
        run: "up",
        variant: "ready",
        expect: {
          operations: ["update Resource::slow", "create Resource::after"],
          state: ["Resource::after", "Resource::slow"],
        },
      },
    ],
  },
  {
    name: "check-fails",
    shows: "inputs that the provider refuses",
    steps: [
      {
        run: "preview",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev"],
          errors: ["is not a size"],
        },
      },
      {
        run: "up",
        expect: {
          status: "failed",
          operations: ["create pulumi:pulumi:Stack::fidelity-dev"],
          errors: ["is not a size"],
          state: [],
        },
      },
    ],
  },
  {
    name: "provider-dies",
    shows: "a provider that goes away in the middle of a create",
    steps: [
      {
        run: "up",
        expect: {
          status: "failed",
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::first",
            "create Resource::broken failed",
          ],
          errors: [],
          state: ["Resource::first"],
        },
      },
      {
        run: "up",
        variant: "lives",
        expect: {
          operations: ["create Resource::broken", "create Resource::after"],
          state: ["Resource::after", "Resource::broken", "Resource::first"],
        },
      },
    ],
  },
  {
    name: "refresh",
    shows: "drift and disappearance, seen by refresh and repaired by up",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::third",
            "create Resource::first",
            "create Resource::second",
          ],
        },
      },
      {
        run: "refresh",
        before: drift,
        expect: {
          operations: ["update Resource::first", "delete Resource::third"],
          state: ["Resource::first", "Resource::second"],
        },
      },
      { run: "refresh", expect: { operations: [] } },
      { run: "preview", expect: { operations: ["create Resource::third", "update Resource::first"] } },
      {
        run: "up",
        expect: {
          operations: ["create Resource::third", "update Resource::first"],
          state: ["Resource::first", "Resource::second", "Resource::third"],
        },
      },
    ],
  },
  {
    name: "diff-unknown",
    shows: "a provider that cannot tell what differs",
    steps: [
      { run: "up", expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::vague"] } },
      { run: "up", variant: "changed", expect: { operations: ["update Resource::vague"] } },
    ],
  },
];
