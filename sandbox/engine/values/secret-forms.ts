import { isUnknown } from "./signatures";

/** Shorter texts are left alone: they would blot out ordinary words and numbers. */
export const shortest = 4;
/** Lines of a secret of several lines are secret by themselves from this length on: what others print arrives line by line. */
const shortestLine = 8;
/** Bytes from which on a text is also looked for inside of encoded ones: shorter ones would be found by chance. */
const shortestEncoded = 6;

/** Whether the text cannot be told from ordinary ones. */
export const isPlain = (text: string): boolean => text.length < shortest || isUnknown(text);

/** A secret text and how else it may stand in what others have written, none shorter than `shortest`. */
export function formsOf(text: string): Set<string> {
  const forms = [text, ...linesOf(text)].flatMap((part) => {
    // Most are the text itself.
    const written = [...new Set([part, ...quoted(part)])];
    return [...written, ...escaped(part), ...written.flatMap(encoded)];
  });
  return new Set(forms.filter((form) => form.length >= shortest));
}

function linesOf(text: string): string[] {
  if (!text.includes("\n")) return [];
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLine);
}

const json = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Inside of a text in quotes: of JSON, of JSON in JSON, as Go writes JSON, and as Node shows texts. */
function quoted(text: string): string[] {
  const once = json(text);
  const go = once.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  return [once, json(once), go, once.replaceAll('\\"', '"'), once.replaceAll('\\"', '"').replaceAll("'", "\\'")];
}

/** Inside of an address or a form, and of XML or HTML. */
function escaped(text: string): string[] {
  // Half characters have no such form; through the bytes they become whole ones.
  const uri = encodeURIComponent(Buffer.from(text, "utf8").toString("utf8"));
  const xml = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [uri, uri.replaceAll("%20", "+"), xml, xml.replaceAll('"', "&quot;"), xml.replaceAll('"', "&#34;")];
}

/** Base64, by itself or in the middle of a longer text, which moves it by one or two bytes, and hexadecimal. */
function encoded(text: string): string[] {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length < shortestEncoded) return [];
  const forms = [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    // Characters at both ends also carry bits of what stands before and behind.
    const inner = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const hex = bytes.toString("hex");
  return [...forms, hex, hex.toUpperCase()];
}
