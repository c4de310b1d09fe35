import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { refuseArguments } from "../arguments/input-error";
import { hostProblems, type PrivateAccessArgs, type TunnelTarget } from "./access-args";

/** Names of the documents of a component, by tunnel, and that of shells where they are allowed. */
export function documentNames(name: string, { tunnels = [], shell }: PrivateAccessArgs): string[] {
  return [...tunnels.map((target) => `${name}-${target.name}`), ...(shell === true ? [`${name}-shell`] : [])];
}

/**
 * A tunnel to one host and port. Both are fixed in the document; AWS's own document for it takes them from the caller, who could then reach
 * whatever the runner can.
 */
export function makeTunnel(name: string, target: TunnelTarget, index: number, parent: pulumi.Resource): ssm.Document {
  const content = pulumi.output(target.host).apply((host) => {
    refuseArguments("PrivateAccess", name, hostProblems(`tunnels[${index}].host`, host));
    return tunnelContent(target.name, hostOf(host), target.port ?? 443);
  });
  return document(`${name}-${target.name}`, content, parent);
}

/** A shell whose every byte is encrypted to the runner and kept in the log group, for an hour, and for ten minutes of silence. */
export function makeShell(
  name: string,
  groupName: string,
  keyArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): ssm.Document {
  const content = pulumi.output(keyArn).apply((kmsKeyId) =>
    JSON.stringify({
      schemaVersion: "1.0",
      description: "A shell on a runner, recorded",
      sessionType: "Standard_Stream",
      inputs: {
        cloudWatchLogGroupName: groupName,
        cloudWatchEncryptionEnabled: true,
        cloudWatchStreamingEnabled: true,
        kmsKeyId,
        idleSessionTimeout: "10",
        maxSessionDuration: "60",
        runAsEnabled: false,
      },
    }),
  );
  return document(`${name}-shell`, content, parent);
}

function tunnelContent(name: string, host: string, port: number): string {
  return JSON.stringify({
    schemaVersion: "1.0",
    description: `A tunnel to ${name}`,
    sessionType: "Port",
    parameters: {
      localPortNumber: {
        type: "String",
        description: "The port on the caller's machine; 0 for a free one",
        allowedPattern:
          "^([0-9]|[1-9][0-9]{1,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
        default: "0",
      },
    },
    properties: {
      type: "LocalPortForwarding",
      host,
      portNumber: String(port),
      localPortNumber: "{{ localPortNumber }}",
    },
  });
}

/** EKS gives its endpoint as a URL. */
function hostOf(host: string): string {
  return host.replace(/^https:\/\//, "").replace(/\/$/, "");
}

function document(childName: string, content: pulumi.Input<string>, parent: pulumi.Resource): ssm.Document {
  return new ssm.Document(
    childName,
    { name: childName, documentType: "Session", documentFormat: "JSON", content, tags: { Name: childName } },
    { parent },
  );
}
