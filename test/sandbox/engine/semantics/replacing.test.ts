import { replacing } from "../../../fidelity/scenarios/replacing";
import { hold } from "./hold";

hold(replacing);
