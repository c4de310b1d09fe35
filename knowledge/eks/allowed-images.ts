import { type Problem, printable } from "../problem";
import { documented, type Source } from "../source";

/** An account's list of images that may be launched, as EC2 keeps it once in a Region. */
export interface AllowedImages {
  /** `enabled` refuses all others; `audit-mode` only says which they are. */
  readonly state: "enabled" | "audit-mode" | "disabled";
  /** Ids of accounts, and the words `amazon`, `aws-marketplace` and `aws-backup-vault`. */
  readonly owners: readonly string[];
}

export const ALLOWED_IMAGES_SOURCE: Source = documented(
  "EC2 API reference, `ReplaceImageCriteriaInAllowedImagesSettings`",
  "images of EKS belong to Amazon and are found under the alias `amazon`; images of one's own under the account's id",
);

/** A pool's image, as far as its owner goes. */
export interface PoolImage {
  readonly pool: string;
  /** The account that owns the image; absent for images that EKS makes. */
  readonly ownerId?: string | undefined;
}

/**
 * Pools whose nodes EC2 would refuse to start, as the account allows no images of their owner. In audit mode they start, so there is
 * no problem.
 */
export function allowedImageProblems(
  settings: AllowedImages,
  images: readonly PoolImage[],
  path: (pool: string) => string = (pool) => `pools["${pool}"]`,
): Problem[] {
  if (settings.state !== "enabled") return [];
  return images.flatMap(({ pool, ownerId }) => {
    const owner = ownerId ?? "amazon";
    if (settings.owners.includes(owner)) return [];
    const reason =
      ownerId === undefined
        ? 'the account allows no images of the owner "amazon", and those of EKS nodes are Amazon\'s'
        : `the account allows no images of the account ${ownerId}`;
    const remedy = `Add "${owner}" to the owners of the account's allowed images, or take an image of ${settings.owners.join(", ") || "an owner that is allowed"}`;
    return [{ path: path(pool), found: printable(owner), reason, remedy }];
  });
}
