import { placesOf, simulatedPlacesOf } from "../../project/places";

export const stateFolderOf = (root: string, simulated: boolean): string =>
  (simulated ? simulatedPlacesOf(root) : placesOf(root)).state;
