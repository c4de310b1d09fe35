import { type Catalogue, table } from "./catalogue";

/**
 * The benchmark's recommendations, by number and title. A third column says why infrastructure code cannot decide one.
 * Source: CIS Amazon Elastic Kubernetes Service (EKS) Benchmark 1.8.0, https://www.cisecurity.org/benchmark/kubernetes
 */
export const cisEks: Catalogue = {
  framework: "CIS EKS 1.8.0",
  controls: table(`
2.1.1 | Enable audit Logs
2.1.2 | Audit logs are collected and managed | whether somebody looks at the collected logs is not in a program
3.1.1 | Kubeconfig file permissions are set to 644 or more restrictive | files and flags on nodes come with the node image; programs only name the image
3.1.2 | Kubelet kubeconfig file ownership is set to root:root | files and flags on nodes come with the node image; programs only name the image
3.1.3 | Kubelet configuration file has permissions set to 644 or more restrictive | files and flags on nodes come with the node image; programs only name the image
3.1.4 | Kubelet configuration file ownership is set to root:root | files and flags on nodes come with the node image; programs only name the image
3.2.1 | Anonymous Auth is Not Enabled | files and flags on nodes come with the node image; programs only name the image
3.2.2 | --authorization-mode argument is not set to AlwaysAllow | files and flags on nodes come with the node image; programs only name the image
3.2.3 | A Client CA File is Configured | files and flags on nodes come with the node image; programs only name the image
3.2.4 | --read-only-port is disabled | files and flags on nodes come with the node image; programs only name the image
3.2.5 | --streaming-connection-idle-timeout argument is not set to 0 | files and flags on nodes come with the node image; programs only name the image
3.2.6 | --make-iptables-util-chains argument is set to true | files and flags on nodes come with the node image; programs only name the image
3.2.7 | --eventRecordQPS argument is set to 0 or a level which ensures appropriate event capture | files and flags on nodes come with the node image; programs only name the image
3.2.8 | --rotate-certificates argument is not present or is set to true | files and flags on nodes come with the node image; programs only name the image
3.2.9 | RotateKubeletServerCertificate argument is set to true | files and flags on nodes come with the node image; programs only name the image
4.1.1 | Cluster-admin role is only used where required
4.1.2 | Minimize access to secrets
4.1.3 | Minimize wildcard use in Roles and ClusterRoles
4.1.4 | Minimize access to create pods
4.1.5 | Default service accounts are not actively used
4.1.6 | Service Account Tokens are only mounted where necessary
4.1.7 | Cluster Access Manager API to streamline and enhance the management of access controls within EKS clusters
4.1.8 | Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster
4.1.9 | Minimize access to create PersistentVolume objects
4.1.10 | Minimize access to the proxy sub-resource of Node objects
4.1.11 | Minimize access to webhook configuration objects
4.1.12 | Minimize access to the service account token creation
4.2.1 | Minimize the admission of privileged containers
4.2.2 | Minimize the admission of containers wishing to share the host process ID namespace
4.2.3 | Minimize the admission of containers wishing to share the host IPC namespace
4.2.4 | Minimize the admission of containers wishing to share the host network namespace
4.2.5 | Minimize the admission of containers with allowPrivilegeEscalation
4.3.1 | CNI plugin supports network policies
4.3.2 | All Namespaces have Network Policies defined
4.4.1 | Prefer using secrets as files over secrets as environment variables
4.4.2 | Consider external secret storage
4.5.1 | Create administrative boundaries between resources using namespaces
4.5.2 | The default namespace should not be used
5.1.1 | Image Vulnerability Scanning using Amazon ECR image scanning or a third party provider
5.1.2 | Minimize user access to Amazon ECR
5.1.3 | Minimize cluster access to read-only for Amazon ECR
5.1.4 | Minimize Container Registries to only those approved
5.2.1 | Prefer using dedicated Amazon EKS Service Accounts
5.3.1 | Kubernetes Secrets are encrypted using Customer Master Keys (CMKs) managed in AWS KMS
5.4.1 | Restrict Access to the Control Plane Endpoint
5.4.2 | Clusters are created with Private Endpoint Enabled and Public Access Disabled
5.4.3 | Clusters are created with Private Nodes
5.4.4 | Network Policy is Enabled and set as appropriate
5.4.5 | Encrypt traffic to HTTPS load balancers with TLS certificates
5.5.1 | Manage Kubernetes RBAC users with AWS IAM Authenticator for Kubernetes or Upgrade to AWS CLI v1.16.156 or greater
`),
};
