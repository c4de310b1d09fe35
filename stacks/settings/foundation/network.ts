import { isZone, LONGEST_NETWORK_PREFIX, privateNetworkProblems } from "gabion-knowledge";
import { group, list, text } from "../field";
import { type Finding, firstFinding } from "../problem";

/** The private network. */
export function networkField() {
  return group(
    { description: "The private network." },
    {
      cidr: text(
        {
          description: "The IPv4 block of the VPC. Every zone gets an eighth of it, so that zones can be added later.",
          allowed: `a private IPv4 block of /16 to /${LONGEST_NETWORK_PREFIX}`,
          example: "10.20.0.0/16",
        },
        networkFinding,
      ),
      zones: list(
        {
          description: "The Availability Zones. Append to the list; another order moves subnets.",
          allowed: "a list of 2 to 6 zones of the Region, each once",
          example: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        },
        text(
          {
            description: "An Availability Zone.",
            allowed: "a zone of the Region, by name or by id",
            example: "eu-central-1a",
          },
          zoneFinding,
        ),
        { min: 2, max: 6 },
      ),
    },
  );
}

// Which zones there are makes no difference to the block: each gets the same part of it.
function networkFinding(value: string): Finding | undefined {
  const problems = privateNetworkProblems(value, ["eu-central-1a", "eu-central-1b"]);
  return firstFinding(problems.filter(({ path }) => path === "cidr"));
}

function zoneFinding(value: string): Finding | undefined {
  if (isZone(value)) return undefined;
  return {
    reason: "it is not an Availability Zone",
    remedy: 'Write a name ("eu-central-1a") or an id ("euc1-az1")',
  };
}
