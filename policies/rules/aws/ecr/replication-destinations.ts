import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

interface Destination {
  readonly region: string;
  readonly registryId: string;
}

const replication = (...destinations: Plain[]): ExampleResource[] => [
  {
    type: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
    name: "copies",
    properties: { replicationConfiguration: { rules: [{ destinations }] } },
  },
];
const own = { region: "eu-west-1", registryId: "111122223333" };
const other = { region: "eu-west-1", registryId: "444455556666" };
const config = { accounts: ["111122223333"], regions: ["eu-west-1"] };

export const replicationDestinations = rule({
  id: "aws-ecr-replication-destinations",
  title: "Images are replicated to listed accounts and Regions only",
  severity: "high",
  rationale: "A rule of replication copies every new image, in silence, to whatever registry it names.",
  remediation: "List the account in the rule's accounts and the Region in its regions, or remove the destination.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "AC-20" },
  ],
  levels: { baseline: "advisory" },
  config: {
    accounts: {
      type: "array",
      description: "Ids of the accounts that images may go to. Empty: all must go to one account, whichever it is.",
      items: { type: "string" },
      default: [],
    },
    regions: {
      type: "array",
      description: "Regions that images may go to. Empty: any.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:ecr/replicationConfiguration:ReplicationConfiguration": ({ properties }, { config }) => {
      const rules = properties.get("replicationConfiguration").get("rules");
      const { items, complete } = rules.items();
      const lists = items.map((item) => item.get("destinations"));
      const open = lists.filter((list) => !list.items().complete);
      const destinations = lists.flatMap((list) => list.items().items);
      return [
        ...(complete ? open : [rules]).map((place) => undecided(place)),
        ...accountFindings(destinations, config.accounts as string[]),
        ...regionFindings(destinations, config.regions as string[]),
      ];
    },
  },
  examples: [
    { title: "a listed account and Region", verdict: "pass", config, resources: replication(own) },
    { title: "one account, none listed", verdict: "pass", resources: replication(own) },
    {
      title: "no replication",
      verdict: "pass",
      absent: true,
      resources: [
        { type: "aws:ecr/replicationConfiguration:ReplicationConfiguration", name: "copies", properties: {} },
      ],
    },
    { title: "an account that is not listed", verdict: "fail", config, resources: replication(own, other) },
    { title: "two accounts, none listed", verdict: "fail", resources: replication(own, other) },
    {
      title: "a Region that is not listed",
      verdict: "fail",
      config,
      resources: replication({ ...own, region: "us-east-1" }),
    },
    {
      title: "account known only later",
      verdict: "undecided",
      config,
      resources: replication({ ...own, registryId: UNKNOWN }),
    },
  ],
});

function accountFindings(destinations: readonly Property<Destination>[], listed: readonly string[]): Finding[] {
  const places = destinations.map((destination) => destination.get("registryId"));
  const known = new Set(places.map((place) => place.text()).filter((id) => typeof id === "string"));
  return places.flatMap((place) => {
    const id = place.text();
    if (id === UNKNOWN) return listed.length === 0 && places.length === 1 ? [] : [undecided(place)];
    const foreign = listed.length === 0 ? known.size > 1 : id !== undefined && !listed.includes(id);
    return foreign ? [fail(place, "is an account that is not listed")] : [];
  });
}

function regionFindings(destinations: readonly Property<Destination>[], listed: readonly string[]): Finding[] {
  if (listed.length === 0) return [];
  return destinations.flatMap((destination) => {
    const place = destination.get("region");
    const region = place.text();
    if (region === UNKNOWN) return [undecided(place)];
    return region === undefined || listed.includes(region) ? [] : [fail(place, "is a Region that is not listed")];
  });
}
