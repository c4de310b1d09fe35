import { awsAiSecurity } from "./aws-ai-security";
import { awsFsbp } from "./aws-fsbp";
import type { Catalogue } from "./catalogue";
import { cisAws } from "./cis-aws";
import { cisEks } from "./cis-eks";
import { iso27001 } from "./iso-27001";
import { mitreAtlas } from "./mitre-atlas";
import { nist80053 } from "./nist-800-53";
import { nistAiRmf } from "./nist-ai-rmf";
import { owaspAisvs } from "./owasp-aisvs";
import { owaspMl } from "./owasp-ml";
import { podSecurity } from "./pod-security";

/** All catalogues that rules are mapped to. */
export const catalogues: readonly Catalogue[] = [
  awsAiSecurity,
  awsFsbp,
  cisAws,
  cisEks,
  iso27001,
  mitreAtlas,
  nist80053,
  nistAiRmf,
  owaspAisvs,
  owaspMl,
  podSecurity,
];
