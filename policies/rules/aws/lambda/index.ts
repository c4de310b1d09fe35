import type { Rule } from "../../../kit/rule";
import { lambdaCodeSigning } from "./code-signing";
import { lambdaEnvironmentKey } from "./environment-key";
import { lambdaInVpc } from "./in-vpc";
import { lambdaNoPublicPermission } from "./no-public-permission";
import { lambdaNoSecretLiterals } from "./no-secret-literals";
import { lambdaServiceSource } from "./service-source";
import { lambdaSeveralZones } from "./several-zones";
import { lambdaSupportedRuntime } from "./supported-runtime";
import { lambdaTracing } from "./tracing";
import { lambdaUrlAuthorization } from "./url-authorization";

export const lambdaRules: readonly Rule[] = [
  lambdaCodeSigning,
  lambdaEnvironmentKey,
  lambdaInVpc,
  lambdaNoPublicPermission,
  lambdaNoSecretLiterals,
  lambdaServiceSource,
  lambdaSeveralZones,
  lambdaSupportedRuntime,
  lambdaTracing,
  lambdaUrlAuthorization,
];
