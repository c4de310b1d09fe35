import { type Command, InvalidArgumentError, Option } from "commander";
import { type EngineName, engineNames } from "../engines/choose";

/** What can be typed behind preview, up, refresh and destroy. */
export interface OperationOptions {
  engine?: EngineName;
  layer?: string;
  json?: boolean;
  report?: string;
  policyPack?: string[];
  policyPackConfig?: string[];
  policyExemptions?: string;
  parallel?: number;
  yes?: boolean;
  showSames?: boolean;
  diff?: boolean;
  skipPreview?: boolean;
  faults?: string;
  cwd?: string;
}

export function addOperationOptions(command: Command, given: { policies: boolean; confirms: boolean }): Command {
  command
    .argument("<environment>", "name of the environment, as gabion:environment in its stack files says")
    .addOption(
      new Option(
        "--engine <engine>",
        "what runs the stacks (default: embedded for sandbox stacks, pulumi for all others)",
      ).choices([...engineNames]),
    )
    .option("--layer <layer>", "only the stack of this layer")
    .option("--json", "print the document that `pulumi preview --json` prints, and nothing else, to standard output")
    .option("--report <dir>", "folder of the report (default: .gabion/reports/<environment>)")
    .option("-p, --parallel <n>", "operations at the same time", positiveInteger)
    .option("--show-sames", "also show resources that do not change")
    .option("--diff", "show all properties of what is created and deleted, too");
  if (given.policies) {
    command
      .option("--policy-pack <dir>", "policy pack, once or more (default: the repository's policies)", collect)
      .option("--policy-pack-config <file>", "JSON file with the configuration of a policy pack, one for each", collect)
      .option(
        "--policy-exemptions <file>",
        "YAML file of exemptions (default: policies/exemptions.yaml, if it is there)",
      );
  }
  if (given.confirms) {
    command
      .option("-y, --yes", "answer the Pulumi CLI's questions with yes (sandbox stacks ask none)")
      .option("-f, --skip-preview", "leave out the preview that comes first")
      .option("--faults <plan>", "of sandbox stacks: what goes wrong on the simulated AWS, a file or seed=<text>");
  }
  return command;
}

const collect = (value: string, known: string[] | undefined): string[] => [...(known ?? []), value];

function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1 to 99999.");
  return Number(text);
}
