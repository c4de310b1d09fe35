import type { Rule } from "../kit/rule";
import { encryptedVolumes } from "./aws/ec2/encrypted-volumes";
import { instanceMetadata } from "./aws/ec2/instance-metadata";
import { noWorldIngress } from "./aws/ec2/no-world-ingress";
import { privateEndpoint } from "./aws/eks/private-endpoint";
import { noPublicPrincipal } from "./aws/kms/no-public-principal";
import { rotation } from "./aws/kms/rotation";
import { customerKeyEncryption } from "./aws/s3/customer-key-encryption";

/** All rules of the pack. */
export const rules: readonly Rule[] = [
  customerKeyEncryption,
  encryptedVolumes,
  instanceMetadata,
  noPublicPrincipal,
  noWorldIngress,
  privateEndpoint,
  rotation,
];
