export { addDays, isDay as isDate } from "gabion-knowledge";
