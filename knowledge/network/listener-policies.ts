/**
 * Security policies of load balancers that begin at TLS 1.2, those with FIPS modules and with key exchanges that withstand quantum
 * computers among them. The rest, and what a listener has that says nothing (`ELBSecurityPolicy-2016-08`), still speak TLS 1.0 or 1.1.
 *
 * Source: Elastic Load Balancing User Guides, "Security policies for your Application/Network Load Balancer" and "Predefined SSL security
 * policies for Classic Load Balancers".
 */
const MODERN = [
  /^ELBSecurityPolicy-TLS13-1-2(-Res|-Ext[0-2])?(-FIPS)?(-PQ)?-20\d\d-\d\d$/,
  /^ELBSecurityPolicy-TLS13-1-3(-FIPS)?(-PQ)?-20\d\d-\d\d$/,
  /^ELBSecurityPolicy-FS-1-2(-Res)?-20\d\d-\d\d$/,
  /^ELBSecurityPolicy-TLS-1-2-(Ext-)?20\d\d-\d\d$/,
];

/** Whether a security policy of a listener refuses all that is older than TLS 1.2. */
export function beginsAtTls12(policy: string): boolean {
  return MODERN.some((form) => form.test(policy));
}
