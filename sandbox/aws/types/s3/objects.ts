import { createHash } from "node:crypto";
import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry } from "../entry";
import { bucketType, keyTypes, known, lasts, names, needs, text } from "../kit";
import { checkUnlocked, isVersioned, noBucket, objectType } from "./bucket";

const bodyOf = (context: Context): string =>
  text(context.inputs.content) ?? text(context.inputs.contentBase64) ?? JSON.stringify(context.inputs.source ?? "");

const bucketOf = (context: Context): WorldResource | undefined => context.target("bucket");

const object: TypeEntry = {
  type: objectType,
  keptAs: objectType,
  label: "S3 Object",
  api: "S3",
  operations: { create: "PutObject", update: "PutObject", delete: "DeleteObject" },
  provider: "aws_s3_bucket_object",
  id: "{bucket}/{key}",
  arn: "arn:{partition}:s3:::{bucket}/{key}",
  computed: {
    acl: () => "private",
    contentType: () => "application/octet-stream",
    etag: (context) => createHash("md5").update(bodyOf(context)).digest("hex"),
    serverSideEncryption: (context) => (text(context.inputs.kmsKeyId) === undefined ? "AES256" : "aws:kms"),
    storageClass: () => "STANDARD",
    versionId: (context) => {
      const bucket = bucketOf(context);
      const again = context.old === undefined ? "" : context.now;
      return bucket !== undefined && isVersioned(context, bucket) ? context.ids.hex(32, `version${again}`) : "";
    },
  },
  changing: ["versionId", "etag"],
  references: [
    needs("bucket", bucketType, noBucket, { by: ["id", "arn"] }),
    names("kmsKeyId", keyTypes, ["arn", "id"]),
  ],
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [
    known("a locked object cannot be deleted before its date, nor under a legal hold", sources.guide),
    known("an object in a bucket keeps the bucket from being deleted", sources.api),
  ],
  deletable: checkUnlocked,
};

const objectV2: TypeEntry = { ...object, type: "aws:s3/bucketObjectv2:BucketObjectv2", provider: "aws_s3_object" };

export const entries: TypeEntry[] = [object, objectV2];
