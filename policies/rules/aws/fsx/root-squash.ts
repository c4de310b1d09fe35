import { eachItem, texts } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const fileType = "aws:fsx/openZfsFileSystem:OpenZfsFileSystem";
const volumeType = "aws:fsx/openZfsVolume:OpenZfsVolume";
const volume = exampleOf(volumeType, "home");
const exported = (clients: Plain, options: Plain) =>
  volume({ nfsExports: { clientConfigurations: [{ clients, options }] } });

export const fsxRootSquash = rule({
  id: "aws-fsx-root-squash",
  title: "No volume of FSx takes every client's root for its own",
  severity: "medium",
  rationale:
    "Whoever is root on any machine of the network, or in a container, then reads and changes everybody's files.",
  remediation: 'Take "no_root_squash" out of options, or name the machines that need it in clients.',
  mappings: [{ framework: "NIST 800-53r5", control: "AC-6" }],
  checks: {
    [fileType]: ({ properties }) => exportFindings(at(properties, "rootVolumeConfiguration", "nfsExports")),
    [volumeType]: ({ properties }) => exportFindings(properties.get("nfsExports")),
  },
  examples: [
    { title: "root is squashed", verdict: "pass", resources: exported("*", ["rw", "crossmnt"]) },
    { title: "root of one machine", verdict: "pass", resources: exported("10.0.1.17", ["rw", "no_root_squash"]) },
    { title: "nothing said, which means squashed", verdict: "pass", absent: true, resources: volume({ name: "home" }) },
    { title: "root of every client", verdict: "fail", resources: exported("*", ["rw", "no_root_squash"]) },
    {
      title: "root of every client, on the root volume",
      verdict: "fail",
      resources: [
        {
          type: fileType,
          name: "home",
          properties: {
            rootVolumeConfiguration: {
              nfsExports: { clientConfigurations: [{ clients: "0.0.0.0/0", options: ["no_root_squash"] }] },
            },
          },
        },
      ],
    },
    { title: "options known only later", verdict: "undecided", resources: exported("*", UNKNOWN) },
    { title: "clients known only later", verdict: "undecided", resources: exported(UNKNOWN, ["no_root_squash"]) },
  ],
});

function exportFindings(exports: Property<unknown>): Finding[] {
  const configurations = at(exports, "clientConfigurations");
  return eachItem(configurations, (item): Finding[] => {
    const clients = at(item, "clients");
    const options = at(item, "options");
    const who = clients.text();
    const { values, open } = texts(options);
    const isWide = who === "*" || who === "0.0.0.0/0" || who === "::/0";
    const isRoot = values.some((option) => option.toLowerCase() === "no_root_squash");
    if ((!isWide && who !== UNKNOWN) || (!isRoot && !open)) return [];
    if (isWide && isRoot) return [fail(options, "takes the root of every client")];
    return [undecided(isWide ? options : clients)];
  });
}
