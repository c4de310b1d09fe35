import { type Plain, UNKNOWN } from "../property";
import type { Example, ExampleResource } from "../rule";
import type { Fields } from "./pod-examples";
import { varied } from "./pod-examples";
import type { BINDING_TYPES, ROLE_TYPES } from "./rbac";

type RoleType = (typeof ROLE_TYPES)[number];
type BindingType = (typeof BINDING_TYPES)[number];

const api = "kubernetes:rbac.authorization.k8s.io/v1";

/** A role with some rules. */
export function roleExample(rules: Plain, type: RoleType = `${api}:ClusterRole`, more: Fields = {}): ExampleResource[] {
  return [{ type, name: "operator", properties: { metadata: { name: "operator" }, rules, ...more } }];
}

/** A binding of the role `reader` to some subjects. */
export function bindingExample(
  subjects: Plain,
  type: BindingType = `${api}:ClusterRoleBinding`,
  roleName = "reader",
): ExampleResource[] {
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: roleName };
  return [
    {
      type,
      name: "operator",
      properties: { metadata: { name: "operator" }, roleRef, ...(subjects === null ? {} : { subjects }) },
    },
  ];
}

/**
 * The examples that all rules about permissions have in common, around one rule of a role that must not be. `harmless`: what else a
 * rule on the same resources may allow.
 */
export function permissionExamples(
  forbidden: Fields,
  harmless: { readonly title: string; readonly change: Fields },
): Example[] {
  return [
    { title: harmless.title, verdict: "pass", resources: roleExample([varied(forbidden, harmless.change)]) },
    {
      title: "the same words in another API group",
      verdict: "pass",
      resources: roleExample([{ ...forbidden, apiGroups: ["training.example.org"] }]),
    },
    {
      title: "a role without rules",
      verdict: "pass",
      absent: true,
      resources: [{ type: `${api}:ClusterRole`, name: "operator", properties: { metadata: { name: "operator" } } }],
    },
    { title: "a cluster role", verdict: "fail", resources: roleExample([forbidden]) },
    { title: "a role of one namespace", verdict: "fail", resources: roleExample([forbidden], `${api}:Role`) },
    {
      title: "a patch of a role that something else made",
      verdict: "fail",
      resources: roleExample([forbidden], `${api}:ClusterRolePatch`),
    },
    { title: "among all verbs", verdict: "fail", resources: roleExample([{ ...forbidden, verbs: ["*"] }]) },
    {
      title: "among all resources of all groups",
      verdict: "fail",
      resources: roleExample([{ ...forbidden, apiGroups: ["*"], resources: ["*"] }]),
    },
    { title: "beside a rule known only later", verdict: "fail", resources: roleExample([UNKNOWN, forbidden]) },
    {
      title: "verbs known only later",
      verdict: "undecided",
      resources: roleExample([{ ...forbidden, verbs: UNKNOWN }]),
    },
    { title: "rules known only later", verdict: "undecided", resources: roleExample(UNKNOWN) },
  ];
}

/** The example of a rule of a role that names the objects it is for, where that is allowed. */
export function namedExample(forbidden: Fields): Example {
  return {
    title: "for one object, by its name",
    verdict: "pass",
    resources: roleExample([{ ...forbidden, resourceNames: ["metrics"] }]),
  };
}

/** The examples that all rules about subjects of bindings have in common. */
export function subjectExamples(forbidden: Fields): Example[] {
  return [
    {
      title: "a service account of its own",
      verdict: "pass",
      resources: bindingExample([{ kind: "ServiceAccount", name: "operator", namespace: "platform" }]),
    },
    { title: "a binding without subjects", verdict: "pass", absent: true, resources: bindingExample(null) },
    { title: "in the whole cluster", verdict: "fail", resources: bindingExample([forbidden]) },
    { title: "in one namespace", verdict: "fail", resources: bindingExample([forbidden], `${api}:RoleBinding`) },
    { title: "beside a subject known only later", verdict: "fail", resources: bindingExample([UNKNOWN, forbidden]) },
    {
      title: "a name known only later",
      verdict: "undecided",
      resources: bindingExample([{ ...forbidden, name: UNKNOWN }]),
    },
  ];
}
