import { components } from "../../../fidelity/scenarios/components";
import { hold } from "./hold";

hold(components);
