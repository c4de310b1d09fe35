import { bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const websiteTypes = [
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
] as const;

export const bucketNoWebsite = rule({
  id: "aws-s3-no-website",
  title: "No bucket is a website",
  severity: "medium",
  rationale:
    "A website's endpoint speaks plain HTTP and serves only what is public, so that the bucket's block must be lifted for it.",
  remediation: "Take the website configuration away, and serve the objects by CloudFront with origin access control.",
  mappings: [{ framework: "NIST 800-53r5", control: "SC-8" }],
  levels: { baseline: "advisory" },
  ...bucketAspectParts({
    inline: "website",
    split: websiteTypes,
    judgeInline: (website) => [website.isUnknown ? undecided(website) : fail(website, "makes the bucket a website")],
    judgeSplit: () => [fail("", "makes the bucket a website")],
  }),
  examples: [
    { title: "no website", verdict: "pass", absent: true, resources: [bucketExample()] },
    {
      title: "a website",
      verdict: "fail",
      resources: [bucketExample(), settingExample(websiteTypes[0], { indexDocument: { suffix: "index.html" } })],
    },
    {
      title: "in the bucket's own arguments",
      verdict: "fail",
      resources: [bucketExample({ website: { indexDocument: "index.html" } })],
    },
    { title: "known only later", verdict: "undecided", resources: [bucketExample({ website: UNKNOWN })] },
  ],
});
