import type { Scenario } from "../scenario";
import { components } from "./components";
import { failures } from "./failures";
import { options } from "./options";
import { programs } from "./programs";
import { providers } from "./providers";
import { replacing } from "./replacing";
import { resources } from "./resources";
import { values } from "./values";

export const scenarios: Scenario[] = [
  ...resources,
  ...providers,
  ...replacing,
  ...options,
  ...values,
  ...components,
  ...programs,
  ...failures,
];
