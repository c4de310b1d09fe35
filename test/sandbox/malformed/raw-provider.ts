import * as http2 from "node:http2";
import type { AddressInfo } from "node:net";

/** One message of gRPC: whether it is compressed, its length, and its bytes. `length` may be a lie. */
export function frame(bytes: Uint8Array, length = bytes.length): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, bytes]);
}

/**
 * A server that answers the calls of a provider byte by byte, so that it can answer what no gRPC server would. What it has no answer for it does not implement.
 */
export class RawProvider {
  private readonly sessions = new Set<http2.ServerHttp2Session>();
  private readonly server = http2.createServer();

  /** By the name of the method: the frames of its answer. */
  constructor(private readonly answers: Record<string, Buffer[]>) {
    this.server.on("session", (session) => this.sessions.add(session));
    this.server.on("stream", (stream, headers) => this.answer(stream, String(headers[":path"]).split("/").pop() ?? ""));
  }

  private answer(stream: http2.ServerHttp2Stream, method: string): void {
    const frames = this.answers[method];
    stream.on("error", () => undefined);
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": frames === undefined ? "12" : "0" }));
    for (const one of frames ?? []) stream.write(one);
    stream.end();
  }

  start(): Promise<string> {
    return new Promise((resolve) => {
      this.server.listen(0, "127.0.0.1", () => resolve(`127.0.0.1:${(this.server.address() as AddressInfo).port}`));
    });
  }

  stop(): void {
    for (const session of this.sessions) session.destroy();
    this.server.close();
  }
}
