import { programs } from "../../../fidelity/scenarios/programs";
import { hold } from "./hold";

hold(programs);
