/** An answer of AWS that refuses an operation, in the form in which the provider shows it. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "AwsError";
  }
}

export interface Failing {
  /** `creating`, `updating`, `deleting` or `reading`. */
  doing: string;
  label: string;
  /** Id or name of the resource. */
  subject: string;
  api: string;
  operation: string;
  requestId: string;
}

/** The text that the provider makes of an API error. */
export function awsError(code: string, detail: string, status: number, failing: Failing): AwsError {
  const subject = failing.subject === "" ? "" : ` (${failing.subject})`;
  return new AwsError(
    code,
    detail,
    status,
    `1 error occurred:\n\t* ${failing.doing} ${failing.label}${subject}: operation error ${failing.api}: ${failing.operation}, ` +
      `https response error StatusCode: ${status}, RequestID: ${failing.requestId}, api error ${code}: ${detail}\n\n`,
  );
}
