import { type Catalogue, table } from "./catalogue";

/**
 * The benchmark's recommendations, by number and title. A third column says why infrastructure code cannot decide one.
 * Source: CIS Amazon Web Services Foundations Benchmark 7.0.0, https://www.cisecurity.org/benchmark/amazon_web_services
 */
export const cisAws: Catalogue = {
  framework: "CIS AWS Foundations 7.0.0",
  controls: table(`
2.1.1 | Centralized root access in AWS Organizations
2.1.2 | Authorization guardrails for all AWS Organization accounts
2.1.3 | Organizations management account is not used for workloads | what an account is used for is a judgement of people
2.1.4 | Organizational Units are structured by environment and sensitivity | whether units follow environments and sensitivity is a judgement of people
2.1.5 | Delegated admin manages AWS Organizations policies
2.1.6 | Delegated admins manage AWS Organizations-integrated services
2.2 | Maintain current AWS account contact details | whether contact details are current is known to people alone
2.3 | Security contact information is registered
2.4 | No 'root' user account access key exists | the root user is outside of any program's reach
2.5 | MFA is enabled for the 'root' user account | the root user is outside of any program's reach
2.6 | Hardware MFA is enabled for the 'root' user account | the root user is outside of any program's reach
2.7 | Eliminate use of the 'root' user for administrative and daily tasks | who signs in is known at run time
2.8 | IAM password policy requires minimum length of 14 or greater
2.9 | IAM password policy prevents password reuse
2.10 | Multi-factor authentication (MFA) is enabled for all IAM users that have a console password | MFA devices are registered by people, outside of programs
2.11 | Credentials unused for 45 days or more are disabled | whether credentials are used is known at run time
2.12 | Access keys are rotated every 90 days or less
2.13 | IAM users receive permissions only through groups
2.14 | IAM policies that allow full "*:*" administrative privileges are not attached
2.15 | A support role has been created to manage incidents with AWS Support
2.16 | IAM instance roles are used for AWS resource access from instances
2.17 | All expired SSL/TLS certificates stored in AWS IAM are removed
2.18 | IAM External Access Analyzer is enabled for all regions
2.19 | IAM users are managed centrally via identity federation or AWS Organizations for multi-account environments
2.20 | Access to AWSCloudShellFullAccess is restricted
2.21 | AWS resource policies do not allow unrestricted access using 'Principal': '*'
3.1.1 | S3 Bucket Policy is set to deny HTTP requests
3.1.2 | MFA Delete is enabled on S3 buckets
3.1.3 | All data in Amazon S3 has been discovered, classified, and secured when necessary | what data is in a bucket is known at run time
3.1.4 | S3 is configured with 'Block Public Access' enabled
3.2.1 | Encryption-at-rest is enabled for RDS instances
3.2.2 | Auto Minor Version Upgrade feature is enabled for RDS instances
3.2.3 | RDS instances are not publicly accessible
3.2.4 | Multi-AZ deployments are used for enhanced availability in Amazon RDS
3.3.1 | Encryption is enabled for EFS file systems
4.1 | CloudTrail is enabled in all regions
4.2 | CloudTrail log file validation is enabled
4.3 | AWS Config is enabled in all regions
4.4 | Server access logging is enabled on the CloudTrail S3 bucket
4.5 | CloudTrail logs are encrypted at rest using KMS CMKs
4.6 | Rotation for customer-created symmetric CMKs is enabled
4.7 | VPC flow logging is enabled in all VPCs
4.8 | Object-level logging for write events is enabled for S3 buckets
4.9 | Object-level logging for read events is enabled for S3 buckets
4.10 | All AWS-managed web front-end services have access logging enabled
5.1 | Unauthorized API calls are monitored
5.2 | Management console sign-in without MFA is monitored
5.3 | Usage of the 'root' account is monitored
5.4 | IAM policy changes are monitored
5.5 | CloudTrail configuration changes are monitored
5.6 | AWS Management Console authentication failures are monitored
5.7 | Disabling or scheduled deletion of customer created CMKs is monitored
5.8 | S3 bucket policy changes are monitored
5.9 | AWS Config configuration changes are monitored
5.10 | Security group changes are monitored
5.11 | Network Access Control List (NACL) changes are monitored
5.12 | Changes to network gateways are monitored
5.13 | Route table changes are monitored
5.14 | VPC changes are monitored
5.15 | AWS Organizations changes are monitored
5.16 | AWS Security Hub is enabled
6.1.1 | EBS volume encryption is enabled in all regions
6.1.2 | CIFS access is restricted to trusted networks to prevent unauthorized access
6.2 | No Network ACLs allow ingress from 0.0.0.0/0 to remote server administration ports
6.3 | No security groups allow ingress from 0.0.0.0/0 to remote server administration ports
6.4 | No security groups allow ingress from ::/0 to remote server administration ports
6.5 | Default security group of every VPC restricts all traffic
6.6 | Routing tables for VPC peering are "least access"
6.7 | EC2 Metadata Service only allows IMDSv2
6.8 | VPC Endpoints are used for access to AWS Services
`),
};
