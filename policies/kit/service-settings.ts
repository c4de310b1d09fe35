import { UNKNOWN } from "./property";
import { type Example, fail, type ResourceCheck, undecided } from "./rule";

const type = "aws:ssm/serviceSetting:ServiceSetting";

/** Demands one value of one setting of Systems Manager; other settings are not judged. `setting` as in its ARN, from `/ssm/` on. */
export function serviceSettingCheck(setting: string, wanted: string): ResourceCheck<typeof type> {
  return ({ properties }) => {
    const id = properties.get("settingId");
    const place = properties.get("settingValue");
    const name = id.text();
    const value = place.text();
    if (value === wanted || (typeof name === "string" && !name.endsWith(setting)) || name === undefined) return [];
    if (name === UNKNOWN) return [undecided(id)];
    return [value === UNKNOWN ? undecided(place) : fail(place, `is not "${wanted}"`)];
  };
}

export function serviceSettingExamples(setting: string, wanted: string, wrong: string): Example[] {
  const settingId = `arn:aws:ssm:eu-central-1:111122223333:servicesetting${setting}`;
  const resources = (properties: Example["resources"][number]["properties"]) => [{ type, name: "setting", properties }];
  return [
    { title: "as it should be", verdict: "pass", resources: resources({ settingId, settingValue: wanted }) },
    {
      title: "another setting",
      verdict: "pass",
      resources: resources({ settingId: "/ssm/parameter-store/default-parameter-tier", settingValue: "Standard" }),
    },
    { title: "the other way", verdict: "fail", resources: resources({ settingId, settingValue: wrong }) },
    { title: "without a value", verdict: "fail", absent: true, resources: resources({ settingId }) },
    {
      title: "value known only later",
      verdict: "undecided",
      resources: resources({ settingId, settingValue: UNKNOWN }),
    },
  ];
}
