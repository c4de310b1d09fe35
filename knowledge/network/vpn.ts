import { documented, type Source } from "../source";

/** Diffie-Hellman groups that AWS still accepts for a tunnel and that are too short, or of doubtful origin. */
export const WEAK_DH_GROUPS: readonly number[] = [2, 5, 22, 23, 24];

/** Hashes that AWS still accepts for a tunnel and that are broken. */
export const WEAK_TUNNEL_HASHES: readonly string[] = ["SHA1"];

export const TUNNEL_ALGORITHMS_SOURCE: Source = documented(
  "RFC 8247, sections 2.3 and 2.4; AWS Site-to-Site VPN User Guide, tunnel options",
  "a tunnel whose options name no algorithms accepts all that AWS knows",
);
