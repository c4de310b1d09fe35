import { type Catalogue, table } from "./catalogue";

/**
 * The subcategories of the four functions, by id and short names of our own.
 * Source: NIST AI 100-1, https://doi.org/10.6028/NIST.AI.100-1
 */
export const nistAiRmf: Catalogue = {
  framework: "NIST AI RMF 1.0",
  controls: table(`
GOVERN 1.1 | Laws and regulation
GOVERN 1.2 | Trustworthiness in policies
GOVERN 1.3 | Level of risk management by risk tolerance
GOVERN 1.4 | A transparent risk process
GOVERN 1.5 | Review of the risk process
GOVERN 1.6 | Inventory of AI systems
GOVERN 1.7 | Decommissioning
GOVERN 2.1 | Roles and responsibilities
GOVERN 2.2 | Training
GOVERN 2.3 | Responsibility of executives
GOVERN 3.1 | Diverse teams decide
GOVERN 3.2 | Roles of people who oversee AI
GOVERN 4.1 | A culture of safety first
GOVERN 4.2 | Risks and impacts documented and told
GOVERN 4.3 | Testing and sharing of incidents
GOVERN 5.1 | Feedback from outside
GOVERN 5.2 | Feedback put into design
GOVERN 6.1 | Risks of third parties
GOVERN 6.2 | Failures of third parties
MAP 1.1 | Purposes and context
MAP 1.2 | Diverse and skilled participants
MAP 1.3 | Mission and goals
MAP 1.4 | Business value
MAP 1.5 | Risk tolerance
MAP 1.6 | Requirements of the system
MAP 2.1 | Tasks and methods
MAP 2.2 | Limits of knowledge and oversight
MAP 2.3 | Scientific integrity
MAP 3.1 | Benefits
MAP 3.2 | Costs
MAP 3.3 | Scope of application
MAP 3.4 | Proficiency of operators
MAP 3.5 | Human oversight
MAP 4.1 | Legal and technical risks of components and third parties
MAP 4.2 | Internal controls for components and third parties
MAP 5.1 | Likelihood and size of impacts
MAP 5.2 | Engagement with those affected
MEASURE 1.1 | Choice of metrics
MEASURE 1.2 | Effectiveness of metrics and controls
MEASURE 1.3 | Independent assessors
MEASURE 2.1 | Documented tests
MEASURE 2.2 | Human subjects
MEASURE 2.3 | Performance under deployment conditions
MEASURE 2.4 | Monitoring in production
MEASURE 2.5 | Validity and reliability
MEASURE 2.6 | Safety
MEASURE 2.7 | Security and resilience
MEASURE 2.8 | Transparency and accountability
MEASURE 2.9 | Explanation
MEASURE 2.10 | Privacy
MEASURE 2.11 | Fairness
MEASURE 2.12 | Environment
MEASURE 2.13 | Effectiveness of measuring
MEASURE 3.1 | Tracking of risks
MEASURE 3.2 | Risks that are hard to measure
MEASURE 3.3 | Reports of users
MEASURE 4.1 | Measurement tied to context
MEASURE 4.2 | Trustworthiness confirmed by experts
MEASURE 4.3 | Improvement or decline in the field
MANAGE 1.1 | Decision to go on
MANAGE 1.2 | Priority of risks
MANAGE 1.3 | Responses to high risks
MANAGE 1.4 | Risks that remain
MANAGE 2.1 | Resources and alternatives
MANAGE 2.2 | Value of deployed systems
MANAGE 2.3 | Unknown risks
MANAGE 2.4 | Switching off
MANAGE 3.1 | Monitoring of third parties
MANAGE 3.2 | Monitoring of pre-trained models
MANAGE 4.1 | Monitoring after deployment
MANAGE 4.2 | Continual improvement
MANAGE 4.3 | Incidents told and tracked
`),
};
