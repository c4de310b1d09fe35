import { type Catalogue, table } from "./catalogue";

/**
 * The requirements of the AWS AI Security Framework, by id and title.
 * Source: AWS, https://aws.amazon.com/ai/security/
 */
export const awsAiSecurity: Catalogue = {
  framework: "AWS AI Security Framework",
  controls: table(`
AISF-INFRA-01 | Bedrock VPC Private Connectivity
AISF-INFRA-02 | Network Firewall for AI Workloads
AISF-INFRA-03 | WAF Protection for AI Endpoints
AISF-INFRA-04 | DDoS Protection for AI Infrastructure
AISF-INFRA-05 | Encryption at Rest for AI Data
AISF-INFRA-06 | Encryption in Transit for AI Workloads
AISF-INFRA-07 | Customer-Managed Key Governance
AISF-INFRA-08 | VPC Security for AI Workloads
AISF-INFRA-09 | Hardware-Enforced Compute Isolation
AISF-IAM-01 | Multi-Factor Authentication for AI Access
AISF-IAM-02 | Least Privilege for AI Identities
AISF-IAM-03 | Temporary Scoped Credentials
AISF-IAM-04 | Root Account Security
AISF-IAM-05 | AI Service Role Security
AISF-IAM-06 | Password Policy for AI Service Access
AISF-IAM-07 | Cognito User Authentication for AI Apps
AISF-IAM-08 | API Authorization for AI Endpoints
AISF-DATA-01 | Data Classification for AI
AISF-DATA-02 | Access Analysis for AI Resources
AISF-DATA-03 | Secrets Management for AI Workloads
AISF-DATA-04 | S3 Data Protection for AI
AISF-DATA-05 | No Hardcoded Secrets in AI Workloads
AISF-DATA-06 | AI Services Data Opt-Out
AISF-AI-01 | Bedrock Guardrails Configuration
AISF-AI-02 | Prompt Injection Defense
AISF-AI-03 | PII and Sensitive Data Filtering
AISF-AI-04 | Agent Guardrail Protection
AISF-AI-05 | Model Invocation Logging
AISF-AI-06 | Bedrock API Audit Trail
AISF-AI-07 | Prompt Encryption and Management
AISF-AI-08 | Automated Reasoning for Output Validation
AISF-AI-09 | Contextual Grounding for RAG Validation
AISF-AI-10 | Knowledge Base Security for RAG
AISF-AI-11 | WAF AI Activity Monitoring
AISF-AGENT-01 | Agent Identity and Authentication
AISF-AGENT-02 | Agent Least-Privilege Authorization
AISF-AGENT-03 | Agent Behavioral Monitoring
AISF-AGENT-04 | Agent Registry and Catalog
AISF-AGENT-05 | Human Approval for Critical Agent Actions
AISF-ML-01 | ML Model Network Isolation
AISF-ML-02 | SageMaker Notebook Security
AISF-ML-03 | ML Training Job Security
AISF-ML-04 | Model Governance and Registry
AISF-ML-05 | Model Monitoring and Bias Detection
AISF-DETECT-01 | Comprehensive Audit Logging
AISF-DETECT-02 | GuardDuty Threat Detection
AISF-DETECT-03 | AI-Specific Threat Detection
AISF-DETECT-04 | Security Hub Centralized Findings
AISF-DETECT-05 | Security Event Alerting
AISF-DETECT-06 | AI Incident Investigation
AISF-DETECT-07 | GuardDuty AI Threat Patterns
AISF-GOV-01 | Configuration Compliance Monitoring
AISF-GOV-02 | Organization Governance
AISF-GOV-03 | Security Contact Information
AISF-GOV-04 | Control Tower Automated Governance
AISF-GOV-05 | AI Workload Inventory and Audit
AISF-GOV-06 | AI Threat Modeling
AISF-GOV-07 | AI Incident Response Planning
AISF-RUNTIME-01 | EKS Security for AI Runtimes
AISF-RUNTIME-02 | ECS Security for AI Workloads
AISF-RUNTIME-03 | Lambda Security for AI Functions
AISF-MODEL-01 | Model Security Evaluation
AISF-MODEL-02 | Model Selection Governance
`),
};
