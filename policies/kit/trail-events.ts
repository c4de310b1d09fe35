import { argument } from "./bucket-aspects";
import { texts } from "./checks";
import { type Property, UNKNOWN } from "./property";
import { every, some, type Ternary } from "./statements";
import { isFlag } from "./trails";

type Kind = "ReadOnly" | "WriteOnly";

/** Whether a trail records every management event: reading and writing, of every service. */
export function recordsManagement(trail: Property<unknown>): Ternary {
  const plain = argument(trail, "eventSelectors");
  const advanced = argument(trail, "advancedEventSelectors");
  // Without selectors a trail records all management events.
  const unselected = every(isEmpty(plain), isEmpty(advanced));
  const all = (["ReadOnly", "WriteOnly"] as const).map((kind) =>
    some(
      anyOf(plain, (selector) => plainManagement(selector, kind)),
      anyOf(advanced, (selector) => advancedManagement(selector, kind)),
    ),
  );
  return some(unselected, every(...all));
}

/** Whether a trail records the reading or the writing of objects in S3: of every bucket, or of those that it names. */
export function recordsObjects(trail: Property<unknown>, kind: Kind, ofEveryBucket: boolean): Ternary {
  return some(
    anyOf(argument(trail, "eventSelectors"), (selector) => plainObjects(selector, kind, ofEveryBucket)),
    anyOf(argument(trail, "advancedEventSelectors"), (selector) => advancedObjects(selector, kind, ofEveryBucket)),
  );
}

function plainManagement(selector: Property<unknown>, kind: Kind): Ternary {
  const excluded = argument(selector, "excludeManagementEventSources");
  return every(
    isFlag(argument(selector, "includeManagementEvents"), true, true),
    isKind(argument(selector, "readWriteType"), kind),
    isEmpty(excluded),
  );
}

function plainObjects(selector: Property<unknown>, kind: Kind, ofEveryBucket: boolean): Ternary {
  const covers = anyOf(argument(selector, "dataResources"), (resource) => {
    const { values, open } = texts(argument(resource, "values"));
    const named = values.some((value) => isObjects(value, ofEveryBucket));
    return every(oneText(argument(resource, "type"), ["AWS::S3::Object"]), named || (open ? "unknown" : false));
  });
  return every(isKind(argument(selector, "readWriteType"), kind), covers);
}

/** `arn:aws:s3` and `arn:aws:s3:::` stand for all buckets, in whatever partition. */
function isObjects(value: string, ofEveryBucket: boolean): boolean {
  return ofEveryBucket ? /^arn:[^:]+:s3(:::)?$/.test(value) : /^arn:[^:]+:s3(:::.*)?$/.test(value);
}

/** Fields of an advanced selector, which must all match. */
const management: Readonly<Record<string, string>> = { eventCategory: "Management" };
const objects: Readonly<Record<string, string>> = { eventCategory: "Data", "resources.type": "AWS::S3::Object" };

function advancedManagement(selector: Property<unknown>, kind: Kind): Ternary {
  return fieldsMatch(selector, management, kind, false);
}

function advancedObjects(selector: Property<unknown>, kind: Kind, ofEveryBucket: boolean): Ternary {
  return fieldsMatch(selector, objects, kind, !ofEveryBucket);
}

function fieldsMatch(
  selector: Property<unknown>,
  wanted: Readonly<Record<string, string>>,
  kind: Kind,
  mayNameResources: boolean,
): Ternary {
  const { items, complete } = argument(selector, "fieldSelectors").items();
  const names = items.map((item) => argument(item, "field").text());
  const isOpen = !complete || names.includes(UNKNOWN);
  const required = Object.keys(wanted).map((name): Ternary => names.includes(name) || (isOpen ? "unknown" : false));
  const matches = items.map((item, position): Ternary => {
    const name = names[position];
    if (name === UNKNOWN) return "unknown";
    const value = name === undefined ? undefined : wanted[name];
    if (value !== undefined) return holds(argument(item, "equals"), [value]);
    if (name === "readOnly") return holds(argument(item, "equals"), [kind === "ReadOnly" ? "true" : "false"]);
    // Any other field narrows what is recorded.
    return name === "resources.ARN" && mayNameResources;
  });
  return every(...required, ...matches, complete || "unknown");
}

function holds(list: Property<unknown>, wanted: readonly string[]): Ternary {
  const { values, open } = texts(list);
  return values.some((value) => wanted.includes(value)) || (open ? "unknown" : false);
}

function isKind(place: Property<unknown>, kind: Kind): Ternary {
  return place.isAbsent || oneText(place, ["All", kind]);
}

function oneText(place: Property<unknown>, wanted: readonly string[]): Ternary {
  const value = place.text();
  if (value === UNKNOWN) return "unknown";
  return value !== undefined && wanted.includes(value);
}

function anyOf(list: Property<unknown>, is: (item: Property<unknown>) => Ternary): Ternary {
  const { items, complete } = list.items();
  return some(
    ...items.map((item) => (item.isUnknown ? "unknown" : is(item))),
    ...(complete ? [] : ["unknown" as const]),
  );
}

function isEmpty(list: Property<unknown>): Ternary {
  const { items, complete } = list.items();
  return complete ? items.length === 0 : "unknown";
}
