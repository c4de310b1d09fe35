import { type Catalogue, table } from "./catalogue";

/**
 * The requirements of AISVS 1.0, by id, with the section and the level of each.
 * Source: https://github.com/OWASP/AISVS, 1.0/en
 */
export const owaspAisvs: Catalogue = {
  framework: "OWASP AISVS 1.0",
  controls: table(`
C1.1.1 | Training Data Origin & Data Security, level 1
C1.1.2 | Training Data Origin & Data Security, level 2
C1.1.3 | Training Data Origin & Data Security, level 2
C1.1.4 | Training Data Origin & Data Security, level 2
C1.1.5 | Training Data Origin & Data Security, level 3
C1.2.1 | Data Labeling and Annotation Security, level 1
C1.2.2 | Data Labeling and Annotation Security, level 2
C1.2.3 | Data Labeling and Annotation Security, level 2
C1.3.1 | Training Data Quality and Security Assurance, level 2
C1.3.2 | Training Data Quality and Security Assurance, level 2
C1.3.3 | Training Data Quality and Security Assurance, level 2
C1.3.4 | Training Data Quality and Security Assurance, level 2
C1.3.5 | Training Data Quality and Security Assurance, level 3
C2.1.1 | Prompt Injection Defenses, level 1
C2.1.2 | Prompt Injection Defenses, level 1
C2.1.3 | Prompt Injection Defenses, level 1
C2.1.4 | Prompt Injection Defenses, level 1
C2.1.5 | Prompt Injection Defenses, level 1
C2.1.6 | Prompt Injection Defenses, level 2
C2.1.7 | Prompt Injection Defenses, level 2
C2.1.8 | Prompt Injection Defenses, level 3
C2.2.1 | Content & Policy Screening, level 1
C2.2.2 | Content & Policy Screening, level 1
C2.2.3 | Content & Policy Screening, level 2
C2.2.4 | Content & Policy Screening, level 3
C3.1.1 | Model Authorization & Integrity, level 1
C3.1.2 | Model Authorization & Integrity, level 2
C3.1.3 | Model Authorization & Integrity, level 2
C3.2.1 | Model Validation & Testing, level 1
C3.2.2 | Model Validation & Testing, level 2
C3.2.3 | Model Validation & Testing, level 3
C3.3.1 | Controlled Deployment & Rollback, level 2
C3.3.2 | Controlled Deployment & Rollback, level 2
C3.3.3 | Controlled Deployment & Rollback, level 2
C3.4.1 | Secure Development Practices, level 1
C3.4.2 | Secure Development Practices, level 2
C3.5.1 | Pipeline Fine-Tuning, level 2
C3.5.2 | Pipeline Fine-Tuning, level 3
C3.5.3 | Pipeline Fine-Tuning, level 3
C3.5.4 | Pipeline Fine-Tuning, level 3
C4.1.1 | AI Workload Sandboxing & Validation, level 1
C4.1.2 | AI Workload Sandboxing & Validation, level 1
C4.1.3 | AI Workload Sandboxing & Validation, level 3
C4.1.4 | AI Workload Sandboxing & Validation, level 3
C4.2.1 | AI Hardware Security, level 2
C4.2.2 | AI Hardware Security, level 3
C4.2.3 | AI Hardware Security, level 3
C4.2.4 | AI Hardware Security, level 3
C4.2.5 | AI Hardware Security, level 3
C4.3.1 | Edge & Distributed AI Security, level 1
C4.3.2 | Edge & Distributed AI Security, level 2
C4.3.3 | Edge & Distributed AI Security, level 3
C4.3.4 | Edge & Distributed AI Security, level 3
C4.3.5 | Edge & Distributed AI Security, level 3
C5.1.1 | Authentication, level 3
C5.1.2 | Authentication, level 3
C5.2.1 | AI Resource Authorization & Classification, level 2
C5.2.2 | AI Resource Authorization & Classification, level 2
C5.2.3 | AI Resource Authorization & Classification, level 2
C5.2.4 | AI Resource Authorization & Classification, level 2
C5.2.5 | AI Resource Authorization & Classification, level 2
C5.2.6 | AI Resource Authorization & Classification, level 3
C5.2.7 | AI Resource Authorization & Classification, level 3
C5.3.1 | Multi-Tenant Isolation, level 2
C5.3.2 | Multi-Tenant Isolation, level 3
C6.1.1 | Model Artifact Integrity, level 1
C6.1.2 | Model Artifact Integrity, level 1
C6.1.3 | Model Artifact Integrity, level 2
C6.1.4 | Model Artifact Integrity, level 2
C6.2.1 | AI BOM & Supply Chain Monitoring, level 1
C6.2.2 | AI BOM & Supply Chain Monitoring, level 2
C6.2.3 | AI BOM & Supply Chain Monitoring, level 2
C7.1.1 | Output Format Enforcement, level 1
C7.1.2 | Output Format Enforcement, level 1
C7.2.1 | Hallucination Detection & Mitigation, level 2
C7.2.2 | Hallucination Detection & Mitigation, level 2
C7.2.3 | Hallucination Detection & Mitigation, level 3
C7.3.1 | Output Safety, level 1
C7.3.2 | Output Safety, level 2
C7.3.3 | Output Safety, level 2
C7.3.4 | Output Safety, level 3
C7.4.1 | Source Attribution & Citation Integrity, level 1
C7.4.2 | Source Attribution & Citation Integrity, level 1
C7.4.3 | Source Attribution & Citation Integrity, level 2
C7.4.4 | Source Attribution & Citation Integrity, level 3
C8.1.1 | Access Controls on Memory & RAG Indices, level 1
C8.1.2 | Access Controls on Memory & RAG Indices, level 2
C8.1.3 | Access Controls on Memory & RAG Indices, level 2
C8.2.1 | Embedding Sanitization & Validation, level 1
C8.2.2 | Embedding Sanitization & Validation, level 2
C8.2.3 | Embedding Sanitization & Validation, level 2
C8.2.4 | Embedding Sanitization & Validation, level 3
C8.2.5 | Embedding Sanitization & Validation, level 3
C8.3.1 | Memory Expiry & Revocation, level 2
C8.3.2 | Memory Expiry & Revocation, level 2
C8.3.3 | Memory Expiry & Revocation, level 3
C9.1.1 | Execution Budgets, Loop Control, and Circuit Breakers, level 1
C9.1.2 | Execution Budgets, Loop Control, and Circuit Breakers, level 1
C9.1.3 | Execution Budgets, Loop Control, and Circuit Breakers, level 2
C9.2.1 | High-Impact Action Approval and Irreversibility Controls, level 1
C9.2.2 | High-Impact Action Approval and Irreversibility Controls, level 2
C9.2.3 | High-Impact Action Approval and Irreversibility Controls, level 2
C9.2.4 | High-Impact Action Approval and Irreversibility Controls, level 2
C9.2.5 | High-Impact Action Approval and Irreversibility Controls, level 2
C9.2.6 | High-Impact Action Approval and Irreversibility Controls, level 2
C9.2.7 | High-Impact Action Approval and Irreversibility Controls, level 2
C9.2.8 | High-Impact Action Approval and Irreversibility Controls, level 3
C9.2.9 | High-Impact Action Approval and Irreversibility Controls, level 3
C9.2.10 | High-Impact Action Approval and Irreversibility Controls, level 3
C9.3.1 | Component Isolation and Tool Authorization, level 1
C9.3.2 | Component Isolation and Tool Authorization, level 1
C9.3.3 | Component Isolation and Tool Authorization, level 2
C9.3.4 | Component Isolation and Tool Authorization, level 2
C9.3.5 | Component Isolation and Tool Authorization, level 2
C9.3.6 | Component Isolation and Tool Authorization, level 2
C9.3.7 | Component Isolation and Tool Authorization, level 2
C9.3.8 | Component Isolation and Tool Authorization, level 3
C9.4.1 | Agent and Orchestrator Identity, level 2
C9.4.2 | Agent and Orchestrator Identity, level 2
C9.4.3 | Agent and Orchestrator Identity, level 3
C9.4.4 | Agent and Orchestrator Identity, level 3
C9.5.1 | Agent Authorization, Delegation, and Continuous Enforcement, level 2
C9.5.2 | Agent Authorization, Delegation, and Continuous Enforcement, level 2
C9.5.3 | Agent Authorization, Delegation, and Continuous Enforcement, level 2
C9.5.4 | Agent Authorization, Delegation, and Continuous Enforcement, level 2
C9.5.5 | Agent Authorization, Delegation, and Continuous Enforcement, level 2
C9.5.6 | Agent Authorization, Delegation, and Continuous Enforcement, level 3
C9.6.1 | Shutdown and Graceful Degradation, level 1
C9.6.2 | Shutdown and Graceful Degradation, level 2
C9.6.3 | Shutdown and Graceful Degradation, level 3
C10.1.1 | Component Integrity, level 1
C10.1.2 | Component Integrity, level 2
C10.1.3 | Component Integrity, level 2
C10.2.1 | Authentication & Authorization, level 1
C10.2.2 | Authentication & Authorization, level 1
C10.2.3 | Authentication & Authorization, level 1
C10.2.4 | Authentication & Authorization, level 2
C10.2.5 | Authentication & Authorization, level 2
C10.2.6 | Authentication & Authorization, level 2
C10.2.7 | Authentication & Authorization, level 2
C10.3.1 | Secure Transport, level 1
C10.3.2 | Secure Transport, level 1
C10.3.3 | Secure Transport, level 2
C10.3.4 | Secure Transport, level 2
C10.3.5 | Secure Transport, level 3
C10.4.1 | Schema, Message, and Input Validation, level 1
C10.4.2 | Schema, Message, and Input Validation, level 1
C10.4.3 | Schema, Message, and Input Validation, level 1
C10.4.4 | Schema, Message, and Input Validation, level 2
C10.4.5 | Schema, Message, and Input Validation, level 2
C10.4.6 | Schema, Message, and Input Validation, level 2
C10.4.7 | Schema, Message, and Input Validation, level 2
C10.4.8 | Schema, Message, and Input Validation, level 3
C11.1.1 | Model Alignment, Safety, and Robustness Testing and Training, level 1
C11.1.2 | Model Alignment, Safety, and Robustness Testing and Training, level 1
C11.1.3 | Model Alignment, Safety, and Robustness Testing and Training, level 1
C11.1.4 | Model Alignment, Safety, and Robustness Testing and Training, level 2
C11.1.5 | Model Alignment, Safety, and Robustness Testing and Training, level 3
C11.2.1 | Membership-Inference and Model-Inversion Mitigation, level 1
C11.2.2 | Membership-Inference and Model-Inversion Mitigation, level 1
C11.2.3 | Membership-Inference and Model-Inversion Mitigation, level 2
C11.2.4 | Membership-Inference and Model-Inversion Mitigation, level 2
C11.2.5 | Membership-Inference and Model-Inversion Mitigation, level 3
C11.3.1 | Model-Extraction Defense, level 1
C11.3.2 | Model-Extraction Defense, level 2
C11.3.3 | Model-Extraction Defense, level 3
C11.3.4 | Model-Extraction Defense, level 3
C11.4.1 | Model Runtime Anomaly Detection, level 2
C11.4.2 | Model Runtime Anomaly Detection, level 2
C11.4.3 | Model Runtime Anomaly Detection, level 3
C12.1.1 | Request & Response Logging, level 1
C12.1.2 | Request & Response Logging, level 2
C12.1.3 | Request & Response Logging, level 2
C12.1.4 | Request & Response Logging, level 2
C12.2.1 | Detection and Alerting, level 1
C12.2.2 | Detection and Alerting, level 2
C12.2.3 | Detection and Alerting, level 2
C12.2.4 | Detection and Alerting, level 2
C12.2.5 | Detection and Alerting, level 2
C12.2.6 | Detection and Alerting, level 3
C12.3.1 | Model, Data, and Performance Drift Detection, level 1
C12.3.2 | Model, Data, and Performance Drift Detection, level 2
C12.3.3 | Model, Data, and Performance Drift Detection, level 2
C12.3.4 | Model, Data, and Performance Drift Detection, level 3
C12.4.1 | Proactive Security Behavior Monitoring, level 2
C12.4.2 | Proactive Security Behavior Monitoring, level 2
C12.4.3 | Proactive Security Behavior Monitoring, level 2
C12.5.1 | Training Data & Model Lifecycle Audit, level 1
C12.5.2 | Training Data & Model Lifecycle Audit, level 1
C12.5.3 | Training Data & Model Lifecycle Audit, level 2
C12.5.4 | Training Data & Model Lifecycle Audit, level 2
`),
};
