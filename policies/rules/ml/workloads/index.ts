import type { Rule } from "../../../kit/rule";
import { defaultDenyNamespaces } from "./default-deny-namespaces";
import { imagesByDigest } from "./images-by-digest";
import { internalEndpoints } from "./internal-endpoints";
import { noCodeFromModels } from "./no-code-from-models";
import { rightsInNamespaces } from "./rights-in-namespaces";
import { signedImages } from "./signed-images";
import { verifiedModels } from "./verified-models";

export const modelWorkloadRules: readonly Rule[] = [
  defaultDenyNamespaces,
  imagesByDigest,
  internalEndpoints,
  noCodeFromModels,
  rightsInNamespaces,
  signedImages,
  verifiedModels,
];
