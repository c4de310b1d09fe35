import { documented, inferred, type Source } from "../source";

/** A runtime that Lambda keeps for functions in archives. */
export interface LambdaRuntime {
  /** As functions name it, for example `python3.13`. */
  readonly name: string;
  /** From this day on it gets no patches and no support, `YYYY-MM-DD`. Functions go on running. */
  readonly supportEnds: string;
  /** From this day on no function can be made with it; undefined where AWS has set none. */
  readonly creationEnds?: string;
  readonly source: Source;
}

const schedule = documented(
  "AWS Lambda Developer Guide, Lambda runtimes, as the machine-readable table of aws-cloudformation/cfn-lint had it in August 2026",
  "AWS moves the dates of its plan, mostly later",
);
const javaOnAl2023 = inferred(
  "AWS Lambda Developer Guide, Lambda runtimes, as others quote it in July 2026",
  "the day is the one of the operating system; compare with the guide",
);

/** Runtimes with their dates, newest support first within a language. */
export const LAMBDA_RUNTIMES: readonly LambdaRuntime[] = [
  row("nodejs24.x", "2028-04-30", "2028-06-01"),
  row("nodejs22.x", "2027-04-30", "2027-06-01"),
  row("nodejs20.x", "2026-04-30", "2027-02-01"),
  row("nodejs18.x", "2025-09-01", "2027-02-01"),
  row("nodejs16.x", "2024-06-12", "2027-02-01"),
  row("nodejs14.x", "2023-12-04", "2024-01-09"),
  row("nodejs12.x", "2023-03-31", "2023-03-31"),
  row("nodejs10.x", "2021-07-30", "2021-07-30"),
  row("nodejs8.10", "2020-03-06", "2020-02-04"),
  row("nodejs6.10", "2019-08-12", "2019-07-12"),
  row("nodejs4.3", "2020-03-05", "2020-02-03"),
  row("nodejs4.3-edge", "2020-03-05", "2019-03-31"),
  row("nodejs", "2016-08-30", "2016-09-30"),
  row("python3.14", "2029-06-30", "2029-07-31"),
  row("python3.13", "2029-06-30", "2029-07-31"),
  row("python3.12", "2028-10-31", "2028-11-30"),
  row("python3.11", "2027-06-30", "2027-07-31"),
  row("python3.10", "2026-10-31", "2027-02-01"),
  row("python3.9", "2025-12-15", "2027-02-01"),
  row("python3.8", "2024-10-14", "2027-02-01"),
  row("python3.7", "2023-12-04", "2024-01-09"),
  row("python3.6", "2022-07-18", "2022-07-18"),
  row("python2.7", "2021-07-15", "2021-07-15"),
  row("java25", "2029-06-30", "2029-07-31"),
  row("java21", "2029-06-30", "2029-07-31"),
  row("java17.al2023", "2029-06-30", undefined, javaOnAl2023),
  row("java11.al2023", "2029-06-30", undefined, javaOnAl2023),
  row("java8.al2023", "2029-06-30", undefined, javaOnAl2023),
  row("java17", "2027-06-30", "2027-07-31"),
  row("java11", "2027-06-30", "2027-07-31"),
  row("java8.al2", "2027-06-30", "2027-07-31"),
  row("java8", "2024-01-08", "2024-02-08"),
  row("dotnet10", "2028-11-14", "2028-12-14"),
  row("dotnet8", "2026-11-10", "2027-02-01"),
  row("dotnet6", "2024-12-20", "2027-02-01"),
  row("dotnetcore3.1", "2023-04-03", "2023-04-03"),
  row("dotnetcore2.1", "2022-01-05", "2022-01-05"),
  row("dotnetcore2.0", "2019-05-30", "2019-04-30"),
  row("dotnetcore1.0", "2019-06-27", "2019-06-30"),
  row("ruby4.0", "2029-03-31", "2029-04-30"),
  row("ruby3.4", "2028-03-31", "2028-04-30"),
  row("ruby3.3", "2027-03-31", "2027-04-30"),
  row("ruby3.2", "2026-03-31", "2027-02-01"),
  row("ruby2.7", "2023-12-07", "2024-01-09"),
  row("ruby2.5", "2021-07-30", "2021-07-30"),
  row("go1.x", "2024-01-08", "2024-02-08"),
  row("provided.al2023", "2029-06-30", "2029-07-31"),
  row("provided.al2", "2026-07-31", "2027-02-01"),
  row("provided", "2024-01-08", "2024-02-08"),
];

function row(
  name: string,
  supportEnds: string,
  creationEnds: string | undefined,
  source: Source = schedule,
): LambdaRuntime {
  return creationEnds === undefined ? { name, supportEnds, source } : { name, supportEnds, creationEnds, source };
}

export type RuntimeSupport =
  | { readonly state: "supported" | "ended"; readonly supportEnds: string; readonly creationEnds?: string }
  | { readonly state: "unknown" };

/** Whether a runtime is supported on a day (`YYYY-MM-DD`); `unknown` for one that the table does not have. */
export function lambdaRuntimeSupport(name: string, today: string): RuntimeSupport {
  const known = LAMBDA_RUNTIMES.find((candidate) => candidate.name === name);
  if (known === undefined) return { state: "unknown" };
  const { supportEnds, creationEnds } = known;
  const state = today < supportEnds ? "supported" : "ended";
  return creationEnds === undefined ? { state, supportEnds } : { state, supportEnds, creationEnds };
}
