/** What CIS asks to be alarmed of, as it stands in the events of CloudTrail. */
export interface MonitoredEvents {
  /** The recommendation's number. */
  readonly control: string;
  /** What happens, for a message. */
  readonly name: string;
  /** Names of events, each of which must be seen; or words that one filter must hold together. */
  readonly events: readonly string[];
  readonly together?: true;
}

const both = (names: readonly string[], ...verbs: readonly string[]): string[] =>
  names.flatMap((name) => verbs.map((verb) => `${verb}${name}`));

/**
 * Recommendations 5.1 to 5.15. ClassicLink, which AWS has retired, is left out.
 * Source: CIS Amazon Web Services Foundations Benchmark 7.0.0, section 5.
 */
export const MONITORED_EVENTS: readonly MonitoredEvents[] = [
  {
    control: "5.1",
    name: "calls that are not authorised",
    events: ["errorCode", "UnauthorizedOperation", "AccessDenied"],
    together: true,
  },
  { control: "5.2", name: "sign-in without MFA", events: ["ConsoleLogin", "MFAUsed"], together: true },
  { control: "5.3", name: "use of the root user", events: ["userIdentity", "Root"], together: true },
  {
    control: "5.4",
    name: "IAM policies",
    events: [
      ...both(["GroupPolicy", "RolePolicy", "UserPolicy"], "Attach", "Delete", "Detach", "Put"),
      ...both(["Policy", "PolicyVersion"], "Create", "Delete"),
    ],
  },
  {
    control: "5.5",
    name: "trails",
    events: ["CreateTrail", "DeleteTrail", "StartLogging", "StopLogging", "UpdateTrail"],
  },
  {
    control: "5.6",
    name: "failed sign-in",
    events: ["ConsoleLogin", "errorMessage", "Failed", "authentication"],
    together: true,
  },
  { control: "5.7", name: "keys disabled or deleted", events: ["DisableKey", "ScheduleKeyDeletion"] },
  {
    control: "5.8",
    name: "policies of buckets",
    events: [
      "PutBucketAcl",
      ...both(["BucketCors", "BucketLifecycle", "BucketPolicy", "BucketReplication"], "Delete", "Put"),
    ],
  },
  {
    control: "5.9",
    name: "AWS Config",
    events: ["DeleteDeliveryChannel", "PutConfigurationRecorder", "PutDeliveryChannel", "StopConfigurationRecorder"],
  },
  {
    control: "5.10",
    name: "security groups",
    events: [
      ...both(["SecurityGroupEgress", "SecurityGroupIngress"], "Authorize", "Revoke"),
      ...both(["SecurityGroup"], "Create", "Delete"),
    ],
  },
  {
    control: "5.11",
    name: "network ACLs",
    events: [
      ...both(["NetworkAcl", "NetworkAclEntry"], "Create", "Delete"),
      ...both(["NetworkAclAssociation", "NetworkAclEntry"], "Replace"),
    ],
  },
  {
    control: "5.12",
    name: "gateways",
    events: [
      ...both(["CustomerGateway", "InternetGateway"], "Create", "Delete"),
      ...both(["InternetGateway"], "Attach", "Detach"),
    ],
  },
  {
    control: "5.13",
    name: "route tables",
    events: [
      ...both(["Route", "RouteTable"], "Create", "Delete"),
      ...both(["Route", "RouteTableAssociation"], "Replace"),
      "DisassociateRouteTable",
    ],
  },
  {
    control: "5.14",
    name: "VPCs",
    events: [
      ...both(["Vpc"], "Create", "Delete"),
      ...both(["VpcPeeringConnection"], "Accept", "Create", "Delete", "Reject"),
      "ModifyVpcAttribute",
    ],
  },
  {
    control: "5.15",
    name: "the organisation",
    events: [
      ...both(["Handshake"], "Accept", "Decline"),
      ...both(["Policy"], "Attach", "Create", "Delete", "Detach", "Update"),
      ...both(["PolicyType"], "Disable", "Enable"),
      ...both(["OrganizationalUnit"], "Create", "Delete", "Update"),
      "CreateAccount",
      "DeleteOrganization",
      "InviteAccountToOrganization",
      "LeaveOrganization",
      "MoveAccount",
      "RemoveAccountFromOrganization",
    ],
  },
];
