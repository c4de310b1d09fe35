import { AnalyzeDiagnostic, AnalyzeResponse, PolicyNotApplicable } from "@pulumi/pulumi/proto/analyzer_pb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutNotApplicable } from "../../../sandbox/engine/policy/answers";

function bytesOf(findings: readonly string[], others: readonly string[]): Buffer {
  const answer = new AnalyzeResponse();
  answer.setDiagnosticsList(findings.map((message) => new AnalyzeDiagnostic().setMessage(message).setSeverity(2)));
  answer.setNotApplicableList(others.map((name) => new PolicyNotApplicable().setPolicyName(name)));
  return Buffer.from(answer.serializeBinary());
}

describe("an answer of a pack", () => {
  it("keeps its findings, and loses the policies that do not apply", () => {
    const texts = fc.array(fc.string({ maxLength: 300 }), { maxLength: 5 });
    fc.assert(
      fc.property(texts, texts, (findings, others) => {
        expect(withoutNotApplicable(bytesOf(findings, others))).toEqual(bytesOf(findings, []));
        // Fields of a message may come in any order.
        const mixed = Buffer.concat([bytesOf([], others), bytesOf(findings, []), bytesOf([], others)]);
        expect(withoutNotApplicable(mixed)).toEqual(bytesOf(findings, []));
      }),
    );
  });

  it("is left as it is where it is none", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(withoutNotApplicable(Buffer.from(bytes)).length).toBeLessThanOrEqual(bytes.length);
      }),
    );
    const cut = bytesOf(["a finding"], ["policy"]).subarray(0, -2);
    expect(withoutNotApplicable(cut)).toBe(cut);
  });

  it("keeps fields of later versions, whatever their kind", () => {
    const later = Buffer.from([0x48, 0x96, 0x01, 0x51, 1, 2, 3, 4, 5, 6, 7, 8, 0x5d, 1, 2, 3, 4]);
    expect(withoutNotApplicable(Buffer.concat([later, bytesOf([], ["policy"])]))).toEqual(later);
  });
});
