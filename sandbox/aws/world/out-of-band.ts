import { typeShape } from "../spec/shapes";
import { entryOf } from "../types";
import { object } from "../types/templates";
import type { Account } from "./account";
import { WorldError } from "./errors";
import type { Change, Properties, WorldResource } from "./model";
import { withValue } from "./property-path";

/** One resource of the account, as a person would look for it. */
export interface Inventory {
  type: string;
  id: string;
  region: string;
  arn?: string;
  /** Absent for what AWS made by itself. */
  urn?: string;
  outputs: Properties;
}

/**
 * Changes behind the back of Pulumi, as from the console: the next refresh finds them as drift. Nothing of it counts as an operation of a run. Every
 * method throws `WorldError` when it cannot do what is asked.
 */
export class OutOfBand {
  constructor(private readonly account: Account) {}

  /** What is in the account, by type and id. */
  list(type?: string): Inventory[] {
    return this.account
      .all()
      .filter((resource) => type === undefined || resource.type === type)
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ type, id, region, arn, urn, outputs }) => ({
        type,
        id,
        region,
        ...(arn === undefined ? {} : { arn }),
        ...(urn === undefined ? {} : { urn }),
        outputs,
      }));
  }

  /**
   * Sets properties. `which` is a URN, an ARN or an id; the keys of `values` are paths such as `tags.owner`, `vpcConfig.endpointPublicAccess` or
   * `rules[0].status`, and undefined takes a property away.
   */
  change(which: string, values: Record<string, unknown>): void {
    const resource = this.one(which);
    let { inputs, outputs } = resource;
    for (const [path, value] of Object.entries(values)) {
      const name = /^[A-Za-z0-9]+/.exec(path)?.[0] ?? path;
      checkProperty(resource, name);
      const isInput = typeShape(resource.type)?.inputs[name] !== undefined || name in inputs;
      outputs = withValue(outputs, path, value);
      if (isInput) inputs = withValue(inputs, path, value);
    }
    if ("tagsAll" in outputs) outputs = { ...outputs, tagsAll: tagsAfter(resource.outputs, outputs) };
    if ("tagsAll" in inputs) inputs = { ...inputs, tagsAll: outputs.tagsAll };
    this.account.intervene([{ do: "put", resource: { ...resource, inputs, outputs } }]);
  }

  /** Deletes a resource; refused while something depends on it, as AWS does. What it came with goes too. */
  remove(which: string): void {
    const resource = this.one(which);
    const entry = entryOf(resource.type);
    if (entry === undefined) {
      this.account.intervene([{ do: "drop", key: resource.key }]);
      return;
    }
    const caller = `arn:aws:iam::${this.account.id}:user/somebody-else`;
    const urn = resource.urn ?? resource.key;
    try {
      this.account.delete({ entry, urn, name: resource.id, region: resource.region, caller }, resource.id, true);
    } catch (error) {
      throw new WorldError(`${which} cannot be deleted: ${(error as Error).message.trim()}`);
    }
  }

  /** Something outside now keeps a resource from being deleted: a load balancer's interface in a subnet, say. `what` names it. */
  hold(which: string, what: string): void {
    const resource = this.one(which);
    const keys = [resource.key, ...resource.holds];
    this.account.intervene([{ do: "leave", remains: { kind: "network-interface", what, holds: keys } }]);
  }

  /** Takes away what `hold` put there. */
  release(what: string): void {
    if (!this.account.remains().some((one) => one.what === what)) throw new WorldError(`Nothing is held by "${what}".`);
    this.account.intervene([{ do: "release", what }]);
  }

  /** Puts something into the account that no stack knows: an object in a bucket, a security group in a VPC. */
  add(type: string, region: string, id: string, outputs: Properties, holds: string[] = []): void {
    const kept = entryOf(type)?.keptAs ?? type;
    const place = entryOf(type)?.global === true ? "global" : region;
    const keys = holds.map((which) => this.one(which).key);
    const put: Change = {
      do: "put",
      resource: {
        key: `${kept}|${place}|${id}`,
        type: kept,
        id,
        region: place,
        inputs: {},
        outputs: { ...outputs, id },
        refers: keys,
        holds: keys,
        created: { start: 0, end: 0 },
      },
    };
    this.account.intervene([put]);
  }

  private one(which: string): WorldResource {
    const found = this.account
      .all()
      .filter((resource) => [resource.urn, resource.arn, resource.id, resource.key].includes(which));
    // A bucket and its settings share an id: the URN or the ARN tells them apart.
    const [first, second] = found;
    if (first === undefined) throw new WorldError(`Account ${this.account.id} has no resource ${which}.`);
    if (second !== undefined) {
      const urns = found.map((one) => one.urn ?? one.key).join(", ");
      throw new WorldError(`${which} is the name of several resources: ${urns}. Name one of them by its URN.`);
    }
    return first;
  }
}

function checkProperty(resource: WorldResource, name: string): void {
  const shape = typeShape(resource.type);
  if (shape === undefined) return;
  const known = [...Object.keys(shape.inputs), ...Object.keys(shape.outputs)].sort();
  if (!known.includes(name)) {
    throw new WorldError(`${resource.type} has no property "${name}". It has ${known.join(", ")}.`);
  }
}

/** Tags that did not come from the resource's own stay: they are the provider's defaults. */
function tagsAfter(before: Properties, after: Properties): Properties {
  const own = object(before.tags);
  const others = Object.entries(object(before.tagsAll)).filter(([key]) => !(key in own));
  return { ...Object.fromEntries(others), ...object(after.tags) };
}
