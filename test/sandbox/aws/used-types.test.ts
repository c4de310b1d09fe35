import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { entryOf } from "../../../sandbox/aws/types";

const root = path.join(__dirname, "../../..");

function sourcesIn(folder: string): string[] {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const inner = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sourcesIn(inner);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") ? [inner] : [];
  });
}

/** Pulumi's token of a class of the package, as its own file says: `Vpc` of `ec2` is `aws:ec2/vpc:Vpc`. */
function tokenOf(service: string, name: string): string {
  const file = `@pulumi/aws/${service}/${name.charAt(0).toLowerCase()}${name.slice(1)}.js`;
  const text = fs.readFileSync(require.resolve(file, { paths: [root] }), "utf8");
  return /__pulumiType = '([^']+)'/.exec(text)?.[1] ?? `no token in ${file}`;
}

/** Tokens of the resources that a source makes: `new ec2.Vpc(` or `new Vpc(`, by its imports. */
function typesMadeIn(source: string): string[] {
  const modules = [...source.matchAll(/import \* as (\w+) from "@pulumi\/aws\/(\w+)"/g)].flatMap(
    ([, alias, service = ""]) =>
      [...source.matchAll(new RegExp(`new ${alias}\\.(\\w+)\\(`, "g"))].map(([, name = ""]) => tokenOf(service, name)),
  );
  const named = [...source.matchAll(/import \{([^}]+)\} from "@pulumi\/aws\/(\w+)"/g)]
    .filter(([, , service]) => service !== "provider")
    .flatMap(([, list = "", service = ""]) =>
      list.split(",").flatMap((one) => {
        const [name = "", alias = name] = one.trim().split(/ as /);
        return name !== "" && source.includes(`new ${alias}(`) ? [tokenOf(service, name)] : [];
      }),
    );
  return [...modules, ...named];
}

const madeIn = (folder: string): string[] =>
  [...new Set(sourcesIn(folder).flatMap((file) => typesMadeIn(fs.readFileSync(path.join(root, file), "utf8"))))].sort();

const without = (types: string[]): string[] => types.filter((type) => entryOf(type) === undefined);

describe("every type that the repository uses has an entry in the twin", () => {
  it("is made by components and stacks", () => {
    const made = [...new Set([...madeIn("components"), ...madeIn("stacks")])];
    expect(made).toContain("aws:eks/nodeGroup:NodeGroup");
    expect(made).toContain("aws:s3/bucketPolicy:BucketPolicy");
    expect(made).toContain("aws:macie2/account:Account");
    expect(without(made)).toEqual([]);
  });

  it("is made by the programs of the tests", () => {
    expect(without(madeIn("test/fixtures/programs"))).toEqual([]);
  });
});
