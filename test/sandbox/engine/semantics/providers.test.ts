import { providers } from "../../../fidelity/scenarios/providers";
import { hold } from "./hold";

hold(providers);
