import { createHash } from "node:crypto";

/** Makes the identifiers of one resource: the same seed, resource and label give the same identifier, on every machine and in any order. */
export class Identifiers {
  constructor(
    private readonly seed: string,
    /** What tells this resource from all others: its URN and how many times it was created. */
    private readonly subject: string,
  ) {}

  hex(length: number, label = ""): string {
    let text = "";
    for (let block = 0; text.length < length; block += 1) {
      text += createHash("sha256").update(`${this.seed}\n${this.subject}\n${label}\n${block}`).digest("hex");
    }
    return text.slice(0, length);
  }

  /** An EC2 identifier: prefix, hyphen and 17 hexadecimal digits. */
  ec2(prefix: string, label = ""): string {
    return `${prefix}-0${this.hex(16, `${prefix}${label}`)}`;
  }

  uuid(label = ""): string {
    const hex = this.hex(32, `uuid${label}`);
    const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** An IAM unique id: four letters and 17 characters of base 32. */
  iam(prefix: string, label = ""): string {
    return prefix + this.base32(17, label);
  }

  base32(length: number, label = ""): string {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const hex = this.hex(length * 2, `base32${label}`);
    let text = "";
    for (let at = 0; at < length; at += 1) text += alphabet[Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16) % 32];
    return text;
  }

  digits(length: number, label = ""): string {
    const hex = this.hex(length * 2, `digits${label}`);
    let text = "";
    for (let at = 0; at < length; at += 1) text += String(Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16) % 10);
    return text;
  }
}
