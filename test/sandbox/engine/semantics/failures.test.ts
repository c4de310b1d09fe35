import { failures } from "../../../fidelity/scenarios/failures";
import { hold } from "./hold";

hold(failures);
