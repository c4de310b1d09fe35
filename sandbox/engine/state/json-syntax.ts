/**
 * Where a text stops being the start of any JSON document: the offset of the first character that cannot be there, the length of the text when only its
 * end is missing, or `undefined` when it is JSON. What `JSON.parse` says of an error depends on the version of Node, and quotes the text.
 */
export function jsonErrorAt(text: string): number | undefined {
  const scanner = new Scanner(text);
  return scanner.document() ? undefined : scanner.at;
}

const closers = { "{": "}", "[": "]" } as const;
const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= "0" && character <= "9";

/** Each method moves `at` behind what it is named after and returns true, or leaves it at the character that does not fit. */
class Scanner {
  at = 0;
  /** What closes the lists and objects that are open. A list instead of recursion: a text may be nested as deep as it likes. */
  private readonly open: ("}" | "]")[] = [];

  constructor(private readonly text: string) {}

  document(): boolean {
    for (;;) {
      const depth = this.open.length;
      if (!this.valueOrOpening()) return false;
      const isOpened = this.open.length > depth;
      while (this.open.length > 0 && this.skip(this.open.at(-1) as string)) this.open.pop();
      if (this.open.length === 0) {
        this.space();
        return this.at === this.text.length;
      }
      if (!(isOpened && this.open.length > depth) && !this.skip(",")) return false;
    }
  }

  /** A whole simple value, or the opening of a list or an object; a key comes before it where the value is in an object. */
  private valueOrOpening(): boolean {
    this.space();
    if (this.open.at(-1) === "}") {
      if (!this.string() || !this.skip(":")) return false;
      this.space();
    }
    const character = this.text[this.at];
    if (character === "{" || character === "[") {
      this.at += 1;
      this.open.push(closers[character]);
      return true;
    }
    if (character === '"') return this.string();
    if (character === "-" || isDigit(character)) return this.number();
    const word = ["true", "false", "null"].find((name) => name[0] === character);
    return word !== undefined && [...word].every((letter) => this.exactly(letter));
  }

  private string(): boolean {
    if (!this.exactly('"')) return false;
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined || character < " ") return false;
      this.at += 1;
      if (character === '"') return true;
      if (character === "\\" && !this.escape()) return false;
    }
  }

  private escape(): boolean {
    const character = this.text[this.at];
    if (character === undefined || !'"\\/bfnrtu'.includes(character)) return false;
    this.at += 1;
    for (let digit = 0; character === "u" && digit < 4; digit += 1) {
      if (!/^[0-9a-f]$/i.test(this.text[this.at] ?? "")) return false;
      this.at += 1;
    }
    return true;
  }

  private number(): boolean {
    this.exactly("-");
    if (!this.exactly("0") && !this.digits()) return false;
    if (this.exactly(".") && !this.digits()) return false;
    if (!this.exactly("e") && !this.exactly("E")) return true;
    if (!this.exactly("+")) this.exactly("-");
    return this.digits();
  }

  private digits(): boolean {
    const start = this.at;
    while (isDigit(this.text[this.at])) this.at += 1;
    return this.at > start;
  }

  private exactly(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private skip(character: string): boolean {
    this.space();
    return this.exactly(character);
  }

  private space(): void {
    while (" \t\n\r".includes(this.text[this.at] ?? "x")) this.at += 1;
  }
}
