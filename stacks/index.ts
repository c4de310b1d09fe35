import { deployStack } from "./program";

export = deployStack(process.env, new Date());
