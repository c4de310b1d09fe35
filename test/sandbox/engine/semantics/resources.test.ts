import { resources } from "../../../fidelity/scenarios/resources";
import { hold } from "./hold";

hold(resources);
