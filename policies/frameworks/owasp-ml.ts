import { type Catalogue, table } from "./catalogue";

/**
 * The ten risks of the edition of 2023 (a draft), by id and a short name.
 * Source: https://owasp.org/www-project-machine-learning-security-top-10/
 */
export const owaspMl: Catalogue = {
  framework: "OWASP ML Top 10",
  controls: table(`
ML01 | Input manipulation
ML02 | Data poisoning
ML03 | Model inversion
ML04 | Membership inference
ML05 | Model theft
ML06 | AI supply chain
ML07 | Transfer learning
ML08 | Model skewing
ML09 | Output integrity
ML10 | Model poisoning
`),
};
