import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import type { Headers } from "../protocol/grpc";
import type { PropertyMap } from "../state/types";
import { annotateSecrets } from "../values/inspect";
import { fromStruct, toStruct, type WireOptions } from "../values/wire";
import { asProviderError, isUnimplemented, messages, readDiff } from "./answers";
import type { Connection } from "./connection";
import { diffMessage, fillVariables } from "./requests";
import { type CheckResult, type DiffRequest, type DiffResult, ProviderError } from "./types";

export interface ProviderIdentity {
  urn: string;
  name: string;
  type: string;
  id: string;
}

/** What a provider has said of itself. */
export interface Capabilities {
  secrets: boolean;
  resources: boolean;
  preview: boolean;
  /** Components and methods take output values. */
  takesOutputs: boolean;
}

/**
 * Name of the metadata by which engine and provider agree to resume. A provider that sends it with its answer to Handshake (any value) promises: a Create
 * that carries it makes a resource only if none was made under the same URN and value, and else brings that one to the inputs; a Delete without an id that
 * carries it deletes that one, if there is one. It is sent to no other provider. The value (visible ASCII) is the pending operation's `created`, which is on
 * the disk before the Create is sent.
 */
export const resumeHeader = "gabion-resume";

/** How one instance of a provider is greeted, what it says of configurations, and the one that it gets. */
export class Configuration {
  private handshaken: Capabilities | undefined;
  private configured: Promise<Capabilities | undefined> | undefined;
  /** The provider can be asked for what a creation that was begun has made. */
  resumes = false;

  constructor(private readonly connection: Connection) {}

  async handshake(engineAddress: string, root: string, main: string): Promise<void> {
    const request = new (messages().ProviderHandshakeRequest)();
    request.setEngineAddress(engineAddress);
    request.setRootDirectory(root);
    request.setProgramDirectory(main);
    request.setConfigureWithUrn(true);
    request.setInvokeWithPreview(true);
    try {
      const response = await this.connection.ask<providerMessages.ProviderHandshakeResponse>("handshake", request, 0, {
        received: (metadata) => {
          this.resumes = metadata.get(resumeHeader).length > 0;
        },
      });
      this.handshaken = {
        secrets: response.getAcceptSecrets(),
        resources: response.getAcceptResources(),
        preview: true,
        takesOutputs: response.getAcceptOutputs(),
      };
    } catch (error) {
      if (!isUnimplemented(error)) throw asProviderError(error, this.connection.label);
      await this.attach(engineAddress);
    }
  }

  /** What providers without a handshake need at least: Pulumi's SDK for Node makes no component before it knows the engine. */
  private async attach(engineAddress: string): Promise<void> {
    const { PluginAttach } =
      require("@pulumi/pulumi/proto/plugin_pb") as typeof import("@pulumi/pulumi/proto/plugin_pb");
    try {
      await this.connection.ask("attach", new PluginAttach().setAddress(engineAddress));
    } catch (error) {
      if (!isUnimplemented(error)) throw asProviderError(error, this.connection.label);
    }
  }

  async checkConfig(
    urn: string,
    name: string,
    type: string,
    olds: PropertyMap,
    news: PropertyMap,
  ): Promise<CheckResult> {
    const wire: WireOptions = { secrets: false, resources: false, unknowns: true };
    const request = new (messages().CheckRequest)();
    request.setUrn(urn);
    request.setName(name);
    request.setType(type);
    request.setOlds(toStruct(olds, wire));
    request.setNews(toStruct(news, wire));
    try {
      const response = await this.connection.ask<providerMessages.CheckResponse>("checkConfig", request);
      return {
        inputs: annotateSecrets(fromStruct(response.getInputs()), news),
        failures: response.getFailuresList().map((failure) => failure.toObject()),
      };
    } catch (error) {
      if (isUnimplemented(error)) return { inputs: news, failures: [] };
      throw asProviderError(error, this.connection.label);
    }
  }

  async diffConfig(request: Omit<DiffRequest, "id" | "allowUnknowns">): Promise<DiffResult> {
    const wire: WireOptions = { secrets: false, resources: false, unknowns: true };
    try {
      const message = diffMessage({ ...request, id: "", allowUnknowns: true }, wire);
      return readDiff(await this.connection.ask<providerMessages.DiffResponse>("diffConfig", message));
    } catch (error) {
      // Without an answer the resources of the provider must not be replaced.
      if (isUnimplemented(error)) {
        return { changes: "unknown", replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
      }
      throw asProviderError(error, this.connection.label);
    }
  }

  /** Starts the configuration; operations wait for it. `known` is false while a value of the configuration is unknown. */
  configure(identity: ProviderIdentity, inputs: PropertyMap, known: boolean): void {
    this.configured = known ? this.sendConfigure(identity, inputs) : Promise.resolve(undefined);
    this.configured.catch(() => undefined);
  }

  private async sendConfigure(identity: ProviderIdentity, inputs: PropertyMap): Promise<Capabilities> {
    const request = new (messages().ConfigureRequest)();
    request.setUrn(identity.urn);
    request.setName(identity.name);
    request.setType(identity.type);
    request.setId(identity.id);
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    request.setSendsOldInputs(true);
    request.setSendsOldInputsToDelete(true);
    request.setArgs(toStruct(inputs, { secrets: true, resources: true, unknowns: true }));
    fillVariables(request, identity.type, inputs);
    try {
      const response = await this.connection.ask<providerMessages.ConfigureResponse>("configure", request);
      return (
        this.handshaken ?? {
          secrets: response.getAcceptsecrets(),
          resources: response.getAcceptresources(),
          preview: response.getSupportspreview(),
          takesOutputs: response.getAcceptoutputs(),
        }
      );
    } catch (error) {
      throw asProviderError(error, this.connection.label);
    }
  }

  /** Once the provider is configured: what it can do. Nothing while its configuration is unknown. */
  async capabilities(): Promise<Capabilities | undefined> {
    if (this.configured === undefined) throw new ProviderError(`${this.connection.label} was not configured`, false);
    return this.configured;
  }

  /** What a provider can do that must be configured by now. */
  async known(): Promise<Capabilities> {
    const able = await this.capabilities();
    if (able !== undefined) return able;
    throw new ProviderError(`${this.connection.label} has an unknown configuration outside of a preview`, false);
  }

  /** What tells a provider that can resume which creation is meant. */
  marked(mark: string | undefined): Headers {
    return this.resumes && mark !== undefined ? { sent: { [resumeHeader]: mark } } : {};
  }
}
