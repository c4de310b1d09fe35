import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:efs/accessPoint:AccessPoint";
const point = exampleOf(type, "training");

export const efsAccessPointUser = rule({
  id: "aws-efs-access-point-user",
  title: "Access points of EFS act as a user that is not root",
  severity: "medium",
  rationale: "Otherwise a client says by itself who it is: root in a container is then root on the file system.",
  remediation: "Set posixUser with the uid and gid of the workload, neither of them 0.",
  mappings: [
    { framework: "AWS FSBP", control: "EFS.4" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: {
    [type]: ({ properties }) => {
      const user = properties.get("posixUser");
      return [user.get("uid"), user.get("gid")].flatMap((place) => {
        const id = place.number();
        if (id === UNKNOWN) return [undecided(place)];
        if (id === undefined) return [fail(place, "is not set, so clients choose it")];
        return id === 0 ? [fail(place, "is root's")] : [];
      });
    },
  },
  examples: [
    { title: "a user of its own", verdict: "pass", resources: point({ posixUser: { uid: 1000, gid: 1000 } }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: point({ fileSystemId: "fs-1" }) },
    { title: "root", verdict: "fail", resources: point({ posixUser: { uid: 0, gid: 0 } }) },
    { title: "root's group", verdict: "fail", resources: point({ posixUser: { uid: 1000, gid: 0 } }) },
    { title: "user known only later", verdict: "undecided", resources: point({ posixUser: UNKNOWN }) },
  ],
});
