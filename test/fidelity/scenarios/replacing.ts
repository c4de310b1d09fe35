import type { Scenario } from "../scenario";

/** Replacements and what goes with them. */
export const replacing: Scenario[] = [
  {
    name: "replace",
    shows: "create-before-delete and delete-before-replace, by the provider and by the program",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::kept",
            "create Resource::forced",
            "create Resource::createFirst",
            "create Resource::deleteFirst",
          ],
        },
      },
      {
        run: "preview",
        variant: "changed",
        expect: {
          operations: [
            "delete-replaced Resource::deleteFirst",
            "replace Resource::deleteFirst",
            "create-replacement Resource::deleteFirst",
            "delete-replaced Resource::forced",
            "replace Resource::forced",
            "create-replacement Resource::forced",
            "create-replacement Resource::createFirst",
            "replace Resource::createFirst",
            "create-replacement Resource::kept",
            "replace Resource::kept",
            "delete-replaced Resource::kept",
            "delete-replaced Resource::createFirst",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          operations: [
            "create-replacement Resource::kept",
            "delete-replaced Resource::forced",
            "create-replacement Resource::createFirst",
            "delete-replaced Resource::deleteFirst",
            "replace Resource::kept",
            "replace Resource::forced",
            "create-replacement Resource::forced",
            "replace Resource::createFirst",
            "replace Resource::deleteFirst",
            "create-replacement Resource::deleteFirst",
            "delete-replaced Resource::createFirst",
            "delete-replaced Resource::kept",
          ],
          state: ["Resource::createFirst", "Resource::deleteFirst", "Resource::forced", "Resource::kept"],
        },
      },
    ],
  },
  {
    name: "replace-dependents",
    shows: "what has to be replaced together with a delete-first replacement",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::base",
            "create Resource::replaced",
            "create Resource::updated",
            "create Resource::ordered",
            "create Resource::follows",
          ],
        },
      },
      {
        run: "preview",
        variant: "changed",
        expect: {
          operations: [
            "delete-replaced Resource::follows",
            "delete-replaced Resource::replaced",
            "delete-replaced Resource::base",
            "replace Resource::base",
            "create-replacement Resource::base",
            "replace Resource::replaced",
            "create-replacement Resource::replaced",
            "update Resource::updated",
            "replace Resource::follows",
            "create-replacement Resource::follows",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          operations: [
            "delete-replaced Resource::follows",
            "delete-replaced Resource::replaced",
            "delete-replaced Resource::base",
            "replace Resource::base",
            "create-replacement Resource::base",
            "replace Resource::replaced",
            "create-replacement Resource::replaced",
            "update Resource::updated",
            "replace Resource::follows",
            "create-replacement Resource::follows",
          ],
          state: [
            "Resource::base",
            "Resource::follows",
            "Resource::ordered",
            "Resource::replaced",
            "Resource::updated",
          ],
        },
      },
    ],
  },
  {
    name: "replace-protected",
    shows: "a delete-first replacement stops at a protected dependent",
    steps: [
      {
        run: "up",
        expect: {
          operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::base", "create Resource::guarded"],
        },
      },
      {
        run: "preview",
        variant: "changed",
        expect: { status: "failed", operations: [], errors: ["guarded", "protect"] },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          status: "failed",
          operations: [],
          calls: [],
          errors: ["guarded", "protect"],
          state: ["Resource::base", "Resource::guarded protect"],
        },
      },
    ],
  },
  {
    name: "replace-on-changes",
    shows: "changes that replace because the program says so",
    steps: [
      {
        run: "up",
        expect: {
          operations: [
            "create pulumi:pulumi:Stack::fidelity-dev",
            "create Resource::any",
            "create Resource::untouched",
            "create Resource::named",
            "create Resource::ignored",
            "create Resource::nested",
          ],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          operations: [
            "create-replacement Resource::any",
            "update Resource::untouched",
            "create-replacement Resource::named",
            "update Resource::nested",
            "replace Resource::any",
            "replace Resource::named",
            "delete-replaced Resource::any",
            "delete-replaced Resource::named",
          ],
        },
      },
    ],
  },
  {
    name: "half-replaced",
    shows: "a delete-first replacement that stops half-way is finished by the next run",
    steps: [
      {
        run: "up",
        expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::deleteFirst"] },
      },
      {
        run: "up",
        variant: "stops",
        expect: {
          status: "failed",
          operations: [
            "delete-replaced Resource::deleteFirst",
            "replace Resource::deleteFirst",
            "create-replacement Resource::deleteFirst failed",
          ],
          calls: ["delete deleteFirst", "create deleteFirst"],
          errors: ["quota exceeded"],
          state: ["Resource::deleteFirst pendingReplacement"],
        },
      },
      {
        run: "preview",
        variant: "finishes",
        expect: { operations: ["replace Resource::deleteFirst", "create-replacement Resource::deleteFirst"] },
      },
      {
        run: "up",
        variant: "finishes",
        expect: {
          operations: ["replace Resource::deleteFirst", "create-replacement Resource::deleteFirst"],
          calls: ["create deleteFirst"],
          state: ["Resource::deleteFirst"],
        },
      },
    ],
  },
  {
    name: "half-deleted",
    shows: "an old resource that could not be deleted is tried again by the next run",
    steps: [
      {
        run: "up",
        expect: { operations: ["create pulumi:pulumi:Stack::fidelity-dev", "create Resource::createFirst"] },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          status: "failed",
          operations: [
            "create-replacement Resource::createFirst",
            "replace Resource::createFirst",
            "delete-replaced Resource::createFirst failed",
          ],
          calls: ["create createFirst", "delete createFirst"],
          errors: ["still in use"],
          state: ["Resource::createFirst", "Resource::createFirst delete"],
        },
      },
      {
        run: "up",
        variant: "changed",
        expect: {
          status: "failed",
          operations: ["delete-replaced Resource::createFirst failed"],
          calls: ["delete createFirst"],
          errors: ["still in use"],
          state: ["Resource::createFirst", "Resource::createFirst delete"],
        },
      },
    ],
  },
];
