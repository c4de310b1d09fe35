/** A version of TLS that a bucket may ask for. */
export const TlsVersion = {
  /** The oldest that S3 takes. */
  Tls12: "1.2",
  /** For clients that all have it. */
  Tls13: "1.3",
} as const;
export type TlsVersion = (typeof TlsVersion)[keyof typeof TlsVersion];
