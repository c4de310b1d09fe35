import { describe, expect, it } from "vitest";
import { accessPolicyArn, accessScopeProblems, kubernetesGroupProblems } from "../../../knowledge/eks/access-policies";
import { kubeconfig } from "../../../knowledge/eks/kubeconfig";
import { supportEndNotice } from "../../../knowledge/eks/versions";

const texts = (problems: readonly { path: string; reason: string }[]) =>
  problems.map(({ path, reason }) => `${path}: ${reason}`);

describe("access to Kubernetes", () => {
  it.each<[string, string[] | undefined, string[]]>([
    ["view", undefined, []],
    ["view", ["kube-system"], []],
    ["edit", ["team-*"], []],
    ["admin", ["team-a"], []],
    ["edit", undefined, ["access.namespaces: edit of a whole cluster reads every tenant's secrets"]],
    ["admin", undefined, ["access.namespaces: admin of a whole cluster reads every tenant's secrets"]],
    ["edit", [], ["access.namespaces: it would give no access at all"]],
    ["edit", ["Team"], ["access.namespaces[0]: it is not the name of a namespace"]],
    [
      "edit",
      ["kube-system"],
      ["access.namespaces[0]: it holds kube-system, whose workloads have the rights of the cluster"],
    ],
    ["admin", ["*"], ["access.namespaces[0]: it holds kube-system, whose workloads have the rights of the cluster"]],
    [
      "admin",
      ["kube-*"],
      ["access.namespaces[0]: it holds kube-system, whose workloads have the rights of the cluster"],
    ],
    ["cluster-admin", ["a"], ["access.level: it is not a level of access"]],
  ])("%s of %j", (level, namespaces, expected) => {
    expect(texts(accessScopeProblems(level, namespaces))).toEqual(expected);
  });

  it("takes groups of one's own and none of Kubernetes' or AWS's", () => {
    expect(kubernetesGroupProblems("team-a", "g")).toEqual([]);
    for (const group of ["system:masters", "eks:nodes", "iam:x"]) {
      expect(texts(kubernetesGroupProblems(group, "g"))).toEqual([
        "g: names that begin so belong to Kubernetes and AWS, and EKS refuses them",
      ]);
    }
    expect(texts(kubernetesGroupProblems("a b", "g"))).toEqual(["g: it is not the name of a group"]);
  });

  it("names policies in the partition of the Region", () => {
    const scope = { accountId: "111122223333" };
    expect(accessPolicyArn({ ...scope, region: "eu-central-1" }, "AmazonEKSViewPolicy")).toBe(
      "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    );
    expect(accessPolicyArn({ ...scope, region: "cn-north-1" }, "AmazonEKSViewPolicy")).toBe(
      "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    );
  });

  it("is had by one's own identity: a kubeconfig holds no token", () => {
    const inputs = {
      clusterName: "ml",
      endpoint: "https://0123.gr7.eu-central-1.eks.amazonaws.com",
      certificateAuthority: "Q0EK",
      region: "eu-central-1",
    };
    const config = JSON.parse(kubeconfig(inputs));
    expect(config.clusters).toEqual([
      { name: "ml", cluster: { server: inputs.endpoint, "certificate-authority-data": "Q0EK" } },
    ]);
    expect(config["current-context"]).toBe("ml");
    expect(config.users).toEqual([
      {
        name: "ml",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", "ml", "--region", "eu-central-1", "--output", "json"],
            interactiveMode: "Never",
          },
        },
      },
    ]);
    expect(kubeconfig(inputs)).toBe(kubeconfig(inputs));
  });
});

describe("the end of standard support", () => {
  it("is announced for two months, and no longer than there is something to do", () => {
    expect(supportEndNotice("1.34", "2026-10-02")).toBeUndefined();
    expect(supportEndNotice("1.34", "2026-10-03")).toContain("ends on 2026-12-02");
    expect(supportEndNotice("1.34", "2026-12-01")).toContain("AWS then upgrades the cluster by itself");
    expect(supportEndNotice("1.34", "2026-12-02")).toBeUndefined();
    expect(supportEndNotice("1.99", "2026-12-01")).toBeUndefined();
    expect(supportEndNotice("1.35", "2026-12-01", 365)).toContain("2027-03-27");
  });
});
