import { UNKNOWN } from "./property";
import { type Example, fail, type ResourceCheck, undecided } from "./rule";

const type = "aws:ecr/accountSetting:AccountSetting";

/** Demands one value of one setting of an account's registry; other settings are not judged. */
export function registrySettingCheck(setting: string, wanted: string): ResourceCheck<typeof type> {
  return ({ properties }) => {
    const name = properties.get("name");
    const place = properties.get("value");
    const text = name.text();
    const value = place.text();
    if (value === wanted || (text !== setting && text !== UNKNOWN)) return [];
    if (text === UNKNOWN) return [undecided(name)];
    return [value === UNKNOWN ? undecided(place) : fail(place, `is not "${wanted}"`)];
  };
}

export function registrySettingExamples(setting: string, wanted: string, wrong: string): Example[] {
  const resources = (properties: Example["resources"][number]["properties"]) => [
    { type, name: "registry", properties },
  ];
  return [
    { title: "as it should be", verdict: "pass", resources: resources({ name: setting, value: wanted }) },
    { title: "another setting", verdict: "pass", resources: resources({ name: "BLOB_MOUNTING", value: "ENABLED" }) },
    { title: "the old way", verdict: "fail", resources: resources({ name: setting, value: wrong }) },
    { title: "without a value", verdict: "fail", absent: true, resources: resources({ name: setting }) },
    { title: "value known only later", verdict: "undecided", resources: resources({ name: setting, value: UNKNOWN }) },
  ];
}
