import type { Framework } from "../kit/rule";

/** A control, requirement or technique of a catalogue. */
interface Control {
  readonly id: string;
  /** A short name. Not the catalogue's text, which has its own licence. */
  readonly title: string;
  /** Why code that describes infrastructure cannot decide it, where that is so. */
  readonly undecidable?: string;
}

/**
 * What a framework asks for. For documentation and tests alone: nothing that runs with the pack imports these tables, because a user
 * would wait for them at every preview.
 */
export interface Catalogue {
  readonly framework: Framework;
  readonly controls: readonly Control[];
}

/** Controls from lines of `id | title`, or `id | title | why it is undecidable`. */
export function table(lines: string): readonly Control[] {
  return rows(lines).map(([id = "", title = "", undecidable]) => ({
    id,
    title,
    ...(undecidable === undefined ? {} : { undecidable }),
  }));
}

/** A control of NIST SP 800-53, with enhancements as controls of their own. */
interface NistControl extends Control {
  /** Whether the HIGH baseline selects it. */
  readonly high: boolean;
}

/** Controls from lines of `id | title | enhancements | selected by HIGH`, the last two as ranges of numbers or `-`. */
export function nistTable(lines: string): readonly NistControl[] {
  return rows(lines).flatMap(([id = "", title = "", enhancements = "-", selected = "-"]) => {
    const high = numbers(selected);
    return [
      { id, title, high: high.includes(0) },
      ...numbers(enhancements).map((number) => ({
        id: `${id}(${number})`,
        title: `${title}, enhancement ${number}`,
        high: high.includes(number),
      })),
    ];
  });
}

function rows(lines: string): string[][] {
  return lines
    .trim()
    .split("\n")
    .map((line) => line.split(" | "));
}

/** The numbers of `1-3,5`. */
function numbers(ranges: string): number[] {
  if (ranges === "-") return [];
  return ranges.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
