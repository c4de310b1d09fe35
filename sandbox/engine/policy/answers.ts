import type { ServiceDefinition } from "@grpc/grpc-js";

/** Field of `AnalyzeResponse` that lists the policies which do not apply. Source: Pulumi's analyzer.proto. */
const notApplicable = 3;
const methods = ["analyze", "analyzeStack"] as const;

/**
 * Pulumi's service of a pack, whose answers are read without the list of policies that do not apply. A pack lists every policy for another
 * type of resource there, which for a large pack takes longer to read than judging took, and the engine has no use for it.
 */
export function readingFindingsAlone(service: ServiceDefinition): ServiceDefinition {
  const own: Record<string, ServiceDefinition[string]> = { ...service };
  for (const name of methods) {
    const method = service[name];
    if (method === undefined) continue;
    own[name] = { ...method, responseDeserialize: (bytes) => method.responseDeserialize(withoutNotApplicable(bytes)) };
  }
  return own;
}

/** The bytes of an answer without that list. Bytes that are none come back as they are, for the reader to refuse. */
export function withoutNotApplicable(answer: Buffer): Buffer {
  const kept: Buffer[] = [];
  let at = 0;
  let from = 0;
  while (at < answer.length) {
    const [tag, content] = varint(answer, at);
    const end = endOf(answer, tag % 8, content);
    if (end === undefined || end > answer.length) return answer;
    if (Math.floor(tag / 8) === notApplicable) {
      kept.push(answer.subarray(from, at));
      from = end;
    }
    at = end;
  }
  return from === 0 ? answer : Buffer.concat([...kept, answer.subarray(from)]);
}

/** Where a field's content ends, by its wire type. Source: the encoding of protocol buffers. */
function endOf(bytes: Buffer, wireType: number, at: number): number | undefined {
  if (wireType === 0) return varint(bytes, at)[1];
  if (wireType === 1) return at + 8;
  if (wireType === 5) return at + 4;
  if (wireType !== 2) return undefined;
  const [length, content] = varint(bytes, at);
  return content + length;
}

/** A number, and where it ends; behind the last byte when it does not. */
function varint(bytes: Buffer, start: number): [number, number] {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length; at += 1, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte % 128) * factor;
    if (byte < 128) return [value, at + 1];
  }
  return [value, bytes.length + 1];
}
