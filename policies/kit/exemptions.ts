import { ExemptionBook, type PolicyExemption, readExemptionDocument } from "gabion-knowledge";
import { PackConfigurationError, type PackSettings } from "./settings";

/** The pack's name, as exemptions and reports know it. */
export const PACK_NAME = "gabion";

/** Names of the findings about exemptions themselves. */
export const exemptionRules = { expired: "exemption-expired", unused: "exemption-unused" } as const;

/**
 * The settings with the exemptions of a file's content. Engines that know no exemptions (the Pulumi CLI) leave them to the pack: it then
 * reports what is covered as advice.
 *
 * @throws PackConfigurationError naming everything that is wrong with the content, or that the stack is not told.
 */
export function withExemptions(
  settings: PackSettings,
  document: unknown,
  source: string,
  stack: string | undefined,
): PackSettings {
  const { exemptions, problems } = readExemptionDocument(document, source, settings.today);
  if (problems.length > 0) {
    const lines = problems.map(({ path, problem }) => (path === "" ? problem : `${path}: ${problem}`));
    throw new PackConfigurationError([`the exemptions in ${source} are not valid:`, ...lines].join("\n  "));
  }
  if (!stack) {
    throw new PackConfigurationError(
      "neither PULUMI_STACK nor PULUMI_NODEJS_STACK is set, so the exemptions of the stack cannot be found.",
    );
  }
  return { ...settings, exemptions: new ExemptionBook(exemptions, stack, settings.today) };
}

/** How a message tells that somebody answers for what it says. */
export const exemptionNote = ({ expires, owner, ticket, reason }: PolicyExemption): string =>
  `Exempt until ${expires} (${owner}, ${ticket}): ${reason}`;
