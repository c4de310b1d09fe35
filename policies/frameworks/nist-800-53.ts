import { type Catalogue, nistTable } from "./catalogue";

/**
 * The controls of NIST SP 800-53 revision 5 that are not withdrawn: 298 base controls, and after each the numbers of its
 * enhancements (711 in all), and which of these the HIGH baseline selects, 0 being the base control itself.
 * Source: https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final, and for the baseline the HIGH profile of
 * https://github.com/usnistgov/oscal-content, nist.gov/SP800-53/rev5/json.
 */
export const nist80053: Catalogue = {
  framework: "NIST 800-53r5",
  controls: nistTable(`
AC-1 | Policy and Procedures | - | 0
AC-2 | Account Management | 1-9,11-13 | 0-5,11-13
AC-3 | Access Enforcement | 2-5,7-15 | 0
AC-4 | Information Flow Enforcement | 1-15,17,19-32 | 0,4
AC-5 | Separation of Duties | - | 0
AC-6 | Least Privilege | 1-10 | 0-3,5,7,9-10
AC-7 | Unsuccessful Logon Attempts | 2-4 | 0
AC-8 | System Use Notification | - | 0
AC-9 | Previous Logon Notification | 1-4 | -
AC-10 | Concurrent Session Control | - | 0
AC-11 | Device Lock | 1 | 0-1
AC-12 | Session Termination | 1-3 | 0
AC-14 | Permitted Actions Without Identification or Authentication | - | 0
AC-16 | Security and Privacy Attributes | 1-10 | -
AC-17 | Remote Access | 1-4,6,9-10 | 0-4
AC-18 | Wireless Access | 1,3-5 | 0-1,3-5
AC-19 | Access Control for Mobile Devices | 4-5 | 0,5
AC-20 | Use of External Systems | 1-5 | 0-2
AC-21 | Information Sharing | 1-2 | 0
AC-22 | Publicly Accessible Content | - | 0
AC-23 | Data Mining Protection | - | -
AC-24 | Access Control Decisions | 1-2 | -
AC-25 | Reference Monitor | - | -
AT-1 | Policy and Procedures | - | 0
AT-2 | Literacy Training and Awareness | 1-6 | 0,2-3
AT-3 | Role-based Training | 1-3,5 | 0
AT-4 | Training Records | - | 0
AT-6 | Training Feedback | - | -
AU-1 | Policy and Procedures | - | 0
AU-2 | Event Logging | - | 0
AU-3 | Content of Audit Records | 1,3 | 0-1
AU-4 | Audit Log Storage Capacity | 1 | 0
AU-5 | Response to Audit Logging Process Failures | 1-5 | 0-2
AU-6 | Audit Record Review, Analysis, and Reporting | 1,3-9 | 0-1,3,5-6
AU-7 | Audit Record Reduction and Report Generation | 1 | 0-1
AU-8 | Time Stamps | - | 0
AU-9 | Protection of Audit Information | 1-7 | 0,2-4
AU-10 | Non-repudiation | 1-4 | 0
AU-11 | Audit Record Retention | 1 | 0
AU-12 | Audit Record Generation | 1-4 | 0-1,3
AU-13 | Monitoring for Information Disclosure | 1-3 | -
AU-14 | Session Audit | 1,3 | -
AU-16 | Cross-organizational Audit Logging | 1-3 | -
CA-1 | Policy and Procedures | - | 0
CA-2 | Control Assessments | 1-3 | 0-2
CA-3 | Information Exchange | 6-7 | 0,6
CA-5 | Plan of Action and Milestones | 1 | 0
CA-6 | Authorization | 1-2 | 0
CA-7 | Continuous Monitoring | 1,3-6 | 0-1,4
CA-8 | Penetration Testing | 1-3 | 0-1
CA-9 | Internal System Connections | 1 | 0
CM-1 | Policy and Procedures | - | 0
CM-2 | Baseline Configuration | 2-3,6-7 | 0,2-3,7
CM-3 | Configuration Change Control | 1-8 | 0-2,4,6
CM-4 | Impact Analyses | 1-2 | 0-2
CM-5 | Access Restrictions for Change | 1,4-6 | 0-1
CM-6 | Configuration Settings | 1-2 | 0-2
CM-7 | Least Functionality | 1-9 | 0-2,5
CM-8 | System Component Inventory | 1-4,6-9 | 0-4
CM-9 | Configuration Management Plan | 1 | 0
CM-10 | Software Usage Restrictions | 1 | 0
CM-11 | User-installed Software | 2-3 | 0
CM-12 | Information Location | 1 | 0-1
CM-13 | Data Action Mapping | - | -
CM-14 | Signed Components | - | -
CP-1 | Policy and Procedures | - | 0
CP-2 | Contingency Plan | 1-3,5-8 | 0-3,5,8
CP-3 | Contingency Training | 1-2 | 0-1
CP-4 | Contingency Plan Testing | 1-5 | 0-2
CP-6 | Alternate Storage Site | 1-3 | 0-3
CP-7 | Alternate Processing Site | 1-6 | 0-4
CP-8 | Telecommunications Services | 1-5 | 0-4
CP-9 | System Backup | 1-3,5-8 | 0-3,5,8
CP-10 | System Recovery and Reconstitution | 2,4,6 | 0,2,4
CP-11 | Alternate Communications Protocols | - | -
CP-12 | Safe Mode | - | -
CP-13 | Alternative Security Mechanisms | - | -
IA-1 | Policy and Procedures | - | 0
IA-2 | Identification and Authentication (organizational Users) | 1-2,5-6,8,10,12-13 | 0-2,5,8,12
IA-3 | Device Identification and Authentication | 1-4 | 0
IA-4 | Identifier Management | 1,4-6,8-9 | 0,4
IA-5 | Authenticator Management | 1-2,5-10,12-18 | 0-2,6
IA-6 | Authentication Feedback | - | 0
IA-7 | Cryptographic Module Authentication | - | 0
IA-8 | Identification and Authentication (non-organizational Users) | 1-2,4-6 | 0-2,4
IA-9 | Service Identification and Authentication | - | -
IA-10 | Adaptive Authentication | - | -
IA-11 | Re-authentication | - | 0
IA-12 | Identity Proofing | 1-6 | 0,2-5
IR-1 | Policy and Procedures | - | 0
IR-2 | Incident Response Training | 1-3 | 0-2
IR-3 | Incident Response Testing | 1-3 | 0,2
IR-4 | Incident Handling | 1-15 | 0-1,4,11
IR-5 | Incident Monitoring | 1 | 0-1
IR-6 | Incident Reporting | 1-3 | 0-1,3
IR-7 | Incident Response Assistance | 1-2 | 0-1
IR-8 | Incident Response Plan | 1 | 0
IR-9 | Information Spillage Response | 2-4 | -
MA-1 | Policy and Procedures | - | 0
MA-2 | Controlled Maintenance | 2 | 0,2
MA-3 | Maintenance Tools | 1-6 | 0-3
MA-4 | Nonlocal Maintenance | 1,3-7 | 0,3
MA-5 | Maintenance Personnel | 1-5 | 0-1
MA-6 | Timely Maintenance | 1-3 | 0
MA-7 | Field Maintenance | - | -
MP-1 | Policy and Procedures | - | 0
MP-2 | Media Access | - | 0
MP-3 | Media Marking | - | 0
MP-4 | Media Storage | 2 | 0
MP-5 | Media Transport | 3 | 0
MP-6 | Media Sanitization | 1-3,7-8 | 0-3
MP-7 | Media Use | 2 | 0
MP-8 | Media Downgrading | 1-4 | -
PE-1 | Policy and Procedures | - | 0
PE-2 | Physical Access Authorizations | 1-3 | 0
PE-3 | Physical Access Control | 1-5,7-8 | 0-1
PE-4 | Access Control for Transmission | - | 0
PE-5 | Access Control for Output Devices | 2 | 0
PE-6 | Monitoring Physical Access | 1-4 | 0-1,4
PE-8 | Visitor Access Records | 1,3 | 0-1
PE-9 | Power Equipment and Cabling | 1-2 | 0
PE-10 | Emergency Shutoff | - | 0
PE-11 | Emergency Power | 1-2 | 0-1
PE-12 | Emergency Lighting | 1 | 0
PE-13 | Fire Protection | 1-2,4 | 0-2
PE-14 | Environmental Controls | 1-2 | 0
PE-15 | Water Damage Protection | 1 | 0-1
PE-16 | Delivery and Removal | - | 0
PE-17 | Alternate Work Site | - | 0
PE-18 | Location of System Components | - | 0
PE-19 | Information Leakage | 1 | -
PE-20 | Asset Monitoring and Tracking | - | -
PE-21 | Electromagnetic Pulse Protection | - | -
PE-22 | Component Marking | - | -
PE-23 | Facility Location | - | -
PL-1 | Policy and Procedures | - | 0
PL-2 | System Security and Privacy Plans | - | 0
PL-4 | Rules of Behavior | 1 | 0-1
PL-7 | Concept of Operations | - | -
PL-8 | Security and Privacy Architectures | 1-2 | 0
PL-9 | Central Management | - | -
PL-10 | Baseline Selection | - | 0
PL-11 | Baseline Tailoring | - | 0
PM-1 | Information Security Program Plan | - | -
PM-2 | Information Security Program Leadership Role | - | -
PM-3 | Information Security and Privacy Resources | - | -
PM-4 | Plan of Action and Milestones Process | - | -
PM-5 | System Inventory | 1 | -
PM-6 | Measures of Performance | - | -
PM-7 | Enterprise Architecture | 1 | -
PM-8 | Critical Infrastructure Plan | - | -
PM-9 | Risk Management Strategy | - | -
PM-10 | Authorization Process | - | -
PM-11 | Mission and Business Process Definition | - | -
PM-12 | Insider Threat Program | - | -
PM-13 | Security and Privacy Workforce | - | -
PM-14 | Testing, Training, and Monitoring | - | -
PM-15 | Security and Privacy Groups and Associations | - | -
PM-16 | Threat Awareness Program | 1 | -
PM-17 | Protecting Controlled Unclassified Information on External Systems | - | -
PM-18 | Privacy Program Plan | - | -
PM-19 | Privacy Program Leadership Role | - | -
PM-20 | Dissemination of Privacy Program Information | 1 | -
PM-21 | Accounting of Disclosures | - | -
PM-22 | Personally Identifiable Information Quality Management | - | -
PM-23 | Data Governance Body | - | -
PM-24 | Data Integrity Board | - | -
PM-25 | Minimization of Personally Identifiable Information Used in Testing, Training, and Research | - | -
PM-26 | Complaint Management | - | -
PM-27 | Privacy Reporting | - | -
PM-28 | Risk Framing | - | -
PM-29 | Risk Management Program Leadership Roles | - | -
PM-30 | Supply Chain Risk Management Strategy | 1 | -
PM-31 | Continuous Monitoring Strategy | - | -
PM-32 | Purposing | - | -
PS-1 | Policy and Procedures | - | 0
PS-2 | Position Risk Designation | - | 0
PS-3 | Personnel Screening | 1-4 | 0
PS-4 | Personnel Termination | 1-2 | 0,2
PS-5 | Personnel Transfer | - | 0
PS-6 | Access Agreements | 2-3 | 0
PS-7 | External Personnel Security | - | 0
PS-8 | Personnel Sanctions | - | 0
PS-9 | Position Descriptions | - | 0
PT-1 | Policy and Procedures | - | -
PT-2 | Authority to Process Personally Identifiable Information | 1-2 | -
PT-3 | Personally Identifiable Information Processing Purposes | 1-2 | -
PT-4 | Consent | 1-3 | -
PT-5 | Privacy Notice | 1-2 | -
PT-6 | System of Records Notice | 1-2 | -
PT-7 | Specific Categories of Personally Identifiable Information | 1-2 | -
PT-8 | Computer Matching Requirements | - | -
RA-1 | Policy and Procedures | - | 0
RA-2 | Security Categorization | 1 | 0
RA-3 | Risk Assessment | 1-4 | 0-1
RA-5 | Vulnerability Monitoring and Scanning | 2-6,8,10-11 | 0,2,4-5,11
RA-6 | Technical Surveillance Countermeasures Survey | - | -
RA-7 | Risk Response | - | 0
RA-8 | Privacy Impact Assessments | - | -
RA-9 | Criticality Analysis | - | 0
RA-10 | Threat Hunting | - | -
SA-1 | Policy and Procedures | - | 0
SA-2 | Allocation of Resources | - | 0
SA-3 | System Development Life Cycle | 1-3 | 0
SA-4 | Acquisition Process | 1-3,5-12 | 0-2,5,9-10
SA-5 | System Documentation | - | 0
SA-8 | Security and Privacy Engineering Principles | 1-33 | 0
SA-9 | External System Services | 1-8 | 0,2
SA-10 | Developer Configuration Management | 1-7 | 0
SA-11 | Developer Testing and Evaluation | 1-9 | 0
SA-15 | Development Process, Standards, and Tools | 1-3,5-8,10-12 | 0,3
SA-16 | Developer-provided Training | - | 0
SA-17 | Developer Security and Privacy Architecture and Design | 1-9 | 0
SA-20 | Customized Development of Critical Components | - | -
SA-21 | Developer Screening | - | 0
SA-22 | Unsupported System Components | - | 0
SA-23 | Specialization | - | -
SC-1 | Policy and Procedures | - | 0
SC-2 | Separation of System and User Functionality | 1-2 | 0
SC-3 | Security Function Isolation | 1-5 | 0
SC-4 | Information in Shared System Resources | 2 | 0
SC-5 | Denial-of-service Protection | 1-3 | 0
SC-6 | Resource Availability | - | -
SC-7 | Boundary Protection | 3-5,7-29 | 0,3-5,7-8,18,21
SC-8 | Transmission Confidentiality and Integrity | 1-5 | 0-1
SC-10 | Network Disconnect | - | 0
SC-11 | Trusted Path | 1 | -
SC-12 | Cryptographic Key Establishment and Management | 1-3,6 | 0-1
SC-13 | Cryptographic Protection | - | 0
SC-15 | Collaborative Computing Devices and Applications | 1,3-4 | 0
SC-16 | Transmission of Security and Privacy Attributes | 1-3 | -
SC-17 | Public Key Infrastructure Certificates | - | 0
SC-18 | Mobile Code | 1-5 | 0
SC-20 | Secure Name/address Resolution Service (authoritative Source) | 2 | 0
SC-21 | Secure Name/address Resolution Service (recursive or Caching Resolver) | - | 0
SC-22 | Architecture and Provisioning for Name/address Resolution Service | - | 0
SC-23 | Session Authenticity | 1,3,5 | 0
SC-24 | Fail in Known State | - | 0
SC-25 | Thin Nodes | - | -
SC-26 | Decoys | - | -
SC-27 | Platform-independent Applications | - | -
SC-28 | Protection of Information at Rest | 1-3 | 0-1
SC-29 | Heterogeneity | 1 | -
SC-30 | Concealment and Misdirection | 2-5 | -
SC-31 | Covert Channel Analysis | 1-3 | -
SC-32 | System Partitioning | 1 | -
SC-34 | Non-modifiable Executable Programs | 1-2 | -
SC-35 | External Malicious Code Identification | - | -
SC-36 | Distributed Processing and Storage | 1-2 | -
SC-37 | Out-of-band Channels | 1 | -
SC-38 | Operations Security | - | -
SC-39 | Process Isolation | 1-2 | 0
SC-40 | Wireless Link Protection | 1-4 | -
SC-41 | Port and I/O Device Access | - | -
SC-42 | Sensor Capability and Data | 1-2,4-5 | -
SC-43 | Usage Restrictions | - | -
SC-44 | Detonation Chambers | - | -
SC-45 | System Time Synchronization | 1-2 | -
SC-46 | Cross Domain Policy Enforcement | - | -
SC-47 | Alternate Communications Paths | - | -
SC-48 | Sensor Relocation | 1 | -
SC-49 | Hardware-enforced Separation and Policy Enforcement | - | -
SC-50 | Software-enforced Separation and Policy Enforcement | - | -
SC-51 | Hardware-based Protection | - | -
SI-1 | Policy and Procedures | - | 0
SI-2 | Flaw Remediation | 2-6 | 0,2
SI-3 | Malicious Code Protection | 4,6,8,10 | 0
SI-4 | System Monitoring | 1-5,7,9-25 | 0,2,4-5,10,12,14,20,22
SI-5 | Security Alerts, Advisories, and Directives | 1 | 0-1
SI-6 | Security and Privacy Function Verification | 2-3 | 0
SI-7 | Software, Firmware, and Information Integrity | 1-3,5-10,12,15-17 | 0-2,5,7,15
SI-8 | Spam Protection | 2-3 | 0,2
SI-10 | Information Input Validation | 1-6 | 0
SI-11 | Error Handling | - | 0
SI-12 | Information Management and Retention | 1-3 | 0
SI-13 | Predictable Failure Prevention | 1,3-5 | -
SI-14 | Non-persistence | 1-3 | -
SI-15 | Information Output Filtering | - | -
SI-16 | Memory Protection | - | 0
SI-17 | Fail-safe Procedures | - | -
SI-18 | Personally Identifiable Information Quality Operations | 1-5 | -
SI-19 | De-identification | 1-8 | -
SI-20 | Tainting | - | -
SI-21 | Information Refresh | - | -
SI-22 | Information Diversity | - | -
SI-23 | Information Fragmentation | - | -
SR-1 | Policy and Procedures | - | 0
SR-2 | Supply Chain Risk Management Plan | 1 | 0-1
SR-3 | Supply Chain Controls and Processes | 1-3 | 0
SR-4 | Provenance | 1-4 | -
SR-5 | Acquisition Strategies, Tools, and Methods | 1-2 | 0
SR-6 | Supplier Assessments and Reviews | 1 | 0
SR-7 | Supply Chain Operations Security | - | -
SR-8 | Notification Agreements | - | 0
SR-9 | Tamper Resistance and Detection | 1 | 0-1
SR-10 | Inspection of Systems or Components | - | 0
SR-11 | Component Authenticity | 1-3 | 0-2
SR-12 | Component Disposal | - | 0
`),
};
