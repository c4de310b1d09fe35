import { options } from "../../../fidelity/scenarios/options";
import { hold } from "./hold";

hold(options);
