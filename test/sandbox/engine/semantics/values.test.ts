import { values } from "../../../fidelity/scenarios/values";
import { hold } from "./hold";

hold(values);
