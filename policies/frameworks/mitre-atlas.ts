import { type Catalogue, table } from "./catalogue";

/**
 * The techniques and subtechniques of ATLAS 5.6.0, by id without the prefix `AML.`, and name.
 * Source: https://github.com/mitre-atlas/atlas-data, dist/ATLAS.yaml
 */
export const mitreAtlas: Catalogue = {
  framework: "MITRE ATLAS 5.6.0",
  controls: table(`
T0000 | Search Open Technical Databases
T0000.000 | Journals and Conference Proceedings
T0000.001 | Pre-Print Repositories
T0000.002 | Technical Blogs
T0001 | Search Open AI Vulnerability Analysis
T0002 | Acquire Public AI Artifacts
T0002.000 | Datasets
T0002.001 | Models
T0002.002 | AI Agent Configuration
T0003 | Search Victim-Owned Websites
T0004 | Search Application Repositories
T0005 | Create Proxy AI Model
T0005.000 | Train Proxy via Gathered AI Artifacts
T0005.001 | Train Proxy via Replication
T0005.002 | Use Pre-Trained Model
T0006 | Active Scanning
T0007 | Discover AI Artifacts
T0008 | Acquire Infrastructure
T0008.000 | AI Development Workspaces
T0008.001 | Consumer Hardware
T0008.002 | Domains
T0008.003 | Physical Countermeasures
T0008.004 | Serverless
T0008.005 | AI Service Proxies
T0010 | AI Supply Chain Compromise
T0010.000 | Hardware
T0010.001 | AI Software
T0010.002 | Data
T0010.003 | Model
T0010.004 | Container Registry
T0010.005 | AI Agent Tool
T0011 | User Execution
T0011.000 | Unsafe AI Artifacts
T0011.001 | Malicious Package
T0011.002 | Poisoned AI Agent Tool
T0011.003 | Malicious Link
T0012 | Valid Accounts
T0013 | Discover AI Model Ontology
T0014 | Discover AI Model Family
T0015 | Evade AI Model
T0016 | Obtain Capabilities
T0016.000 | Adversarial AI Attack Implementations
T0016.001 | Software Tools
T0016.002 | Generative AI
T0017 | Develop Capabilities
T0017.000 | Adversarial AI Attacks
T0018 | Manipulate AI Model
T0018.000 | Poison AI Model
T0018.001 | Modify AI Model Architecture
T0018.002 | Embed Malware
T0019 | Publish Poisoned Datasets
T0020 | Poison Training Data
T0021 | Establish Accounts
T0024 | Exfiltration via AI Inference API
T0024.000 | Infer Training Data Membership
T0024.001 | Invert AI Model
T0024.002 | Extract AI Model
T0025 | Exfiltration via Cyber Means
T0029 | Denial of AI Service
T0031 | Erode AI Model Integrity
T0034 | Cost Harvesting
T0034.000 | Excessive Queries
T0034.001 | Resource-Intensive Queries
T0034.002 | Agentic Resource Consumption
T0035 | AI Artifact Collection
T0036 | Data from Information Repositories
T0037 | Data from Local System
T0040 | AI Model Inference API Access
T0041 | Physical Environment Access
T0042 | Verify Attack
T0043 | Craft Adversarial Data
T0043.000 | White-Box Optimization
T0043.001 | Black-Box Optimization
T0043.002 | Black-Box Transfer
T0043.003 | Manual Modification
T0043.004 | Insert Backdoor Trigger
T0044 | Full AI Model Access
T0046 | Spamming AI System with Chaff Data
T0047 | AI-Enabled Product or Service
T0048 | External Harms
T0048.000 | Financial Harm
T0048.001 | Reputational Harm
T0048.002 | Societal Harm
T0048.003 | User Harm
T0048.004 | AI Intellectual Property Theft
T0049 | Exploit Public-Facing Application
T0050 | Command and Scripting Interpreter
T0051 | LLM Prompt Injection
T0051.000 | Direct
T0051.001 | Indirect
T0051.002 | Triggered
T0052 | Phishing
T0052.000 | Spearphishing via Social Engineering LLM
T0052.001 | Deepfake-Assisted Phishing
T0053 | AI Agent Tool Invocation
T0054 | LLM Jailbreak
T0055 | Unsecured Credentials
T0056 | Extract LLM System Prompt
T0057 | LLM Data Leakage
T0058 | Publish Poisoned Models
T0059 | Erode Dataset Integrity
T0060 | Publish Hallucinated Entities
T0061 | LLM Prompt Self-Replication
T0062 | Discover LLM Hallucinations
T0063 | Discover AI Model Outputs
T0064 | Gather RAG-Indexed Targets
T0065 | LLM Prompt Crafting
T0066 | Retrieval Content Crafting
T0067 | LLM Trusted Output Components Manipulation
T0067.000 | Citations
T0068 | LLM Prompt Obfuscation
T0069 | Discover LLM System Information
T0069.000 | Special Character Sets
T0069.001 | System Instruction Keywords
T0069.002 | System Prompt
T0070 | RAG Poisoning
T0071 | False RAG Entry Injection
T0072 | Reverse Shell
T0073 | Impersonation
T0074 | Masquerading
T0075 | Cloud Service Discovery
T0076 | Corrupt AI Model
T0077 | LLM Response Rendering
T0078 | Drive-by Compromise
T0079 | Stage Capabilities
T0080 | AI Agent Context Poisoning
T0080.000 | Memory
T0080.001 | Thread
T0081 | Modify AI Agent Configuration
T0082 | RAG Credential Harvesting
T0083 | Credentials from AI Agent Configuration
T0084 | Discover AI Agent Configuration
T0084.000 | Embedded Knowledge
T0084.001 | Tool Definitions
T0084.002 | Activation Triggers
T0084.003 | Call Chains
T0085 | Data from AI Services
T0085.000 | RAG Databases
T0085.001 | AI Agent Tools
T0086 | Exfiltration via AI Agent Tool Invocation
T0087 | Gather Victim Identity Information
T0088 | Generate Deepfakes
T0089 | Process Discovery
T0090 | OS Credential Dumping
T0091 | Use Alternate Authentication Material
T0091.000 | Application Access Token
T0092 | Manipulate User LLM Chat History
T0093 | Prompt Infiltration via Public-Facing Application
T0094 | Delay Execution of LLM Instructions
T0095 | Search Open Websites/Domains
T0095.000 | Code Repositories
T0096 | AI Service API
T0097 | Virtualization/Sandbox Evasion
T0098 | AI Agent Tool Credential Harvesting
T0099 | AI Agent Tool Data Poisoning
T0100 | AI Agent Clickbait
T0101 | Data Destruction via AI Agent Tool Invocation
T0102 | Generate Malicious Commands
T0103 | Deploy AI Agent
T0104 | Publish Poisoned AI Agent Tool
T0105 | Escape to Host
T0106 | Exploitation for Credential Access
T0107 | Exploitation for Defense Evasion
T0108 | AI Agent
T0109 | AI Supply Chain Rug Pull
T0110 | AI Agent Tool Poisoning
T0111 | AI Supply Chain Reputation Inflation
T0112 | Machine Compromise
T0112.000 | Local AI Agent
T0112.001 | AI Artifacts
`),
};
