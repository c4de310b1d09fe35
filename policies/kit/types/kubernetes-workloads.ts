/**
 * The fields of Kubernetes objects that rules read, by the names of the API. Not the provider's own types: the compiler would read
 * three megabytes of declarations for them (0.7 s and 100 MB a run). A test holds these names against that file.
 */
export interface ObjectMeta {
  name?: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: LabelSelectorRequirement[];
}

export interface LabelSelectorRequirement {
  key?: string;
  operator?: string;
  values?: string[];
}

export interface Profile {
  type?: string;
  localhostProfile?: string;
}

export interface SELinuxOptions {
  type?: string;
  user?: string;
  role?: string;
  level?: string;
}

export interface WindowsOptions {
  hostProcess?: boolean;
}

/** What a pod and its containers have in common. */
interface CommonSecurityContext {
  appArmorProfile?: Profile;
  runAsGroup?: number;
  runAsNonRoot?: boolean;
  runAsUser?: number;
  seLinuxOptions?: SELinuxOptions;
  seccompProfile?: Profile;
  windowsOptions?: WindowsOptions;
}

export interface PodSecurityContext extends CommonSecurityContext {
  fsGroup?: number;
  supplementalGroups?: number[];
  sysctls?: { name?: string; value?: string }[];
}

export interface SecurityContext extends CommonSecurityContext {
  allowPrivilegeEscalation?: boolean;
  capabilities?: { add?: string[]; drop?: string[] };
  privileged?: boolean;
  procMount?: string;
  readOnlyRootFilesystem?: boolean;
}

export interface Handler {
  exec?: { command?: string[] };
  grpc?: { port?: number; service?: string };
  httpGet?: { host?: string; path?: string; port?: number | string; scheme?: string };
  tcpSocket?: { host?: string; port?: number | string };
}

export interface EnvVar {
  name?: string;
  value?: string;
  valueFrom?: {
    configMapKeyRef?: { name?: string; key?: string };
    fieldRef?: { fieldPath?: string };
    resourceFieldRef?: { resource?: string };
    secretKeyRef?: { name?: string; key?: string };
  };
}

export interface EnvFromSource {
  prefix?: string;
  configMapRef?: { name?: string };
  secretRef?: { name?: string };
}

export interface VolumeMount {
  name?: string;
  mountPath?: string;
  mountPropagation?: string;
  readOnly?: boolean;
  subPath?: string;
}

export interface Container {
  name?: string;
  image?: string;
  imagePullPolicy?: string;
  command?: string[];
  args?: string[];
  env?: EnvVar[];
  envFrom?: EnvFromSource[];
  lifecycle?: { postStart?: Handler; preStop?: Handler };
  livenessProbe?: Handler;
  readinessProbe?: Handler;
  startupProbe?: Handler;
  ports?: { name?: string; containerPort?: number; hostIP?: string; hostPort?: number; protocol?: string }[];
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> };
  restartPolicy?: string;
  securityContext?: SecurityContext;
  stdin?: boolean;
  tty?: boolean;
  volumeDevices?: { name?: string; devicePath?: string }[];
  volumeMounts?: VolumeMount[];
}

export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

export interface VolumeProjection {
  configMap?: object;
  downwardAPI?: object;
  secret?: { name?: string };
  serviceAccountToken?: { audience?: string; expirationSeconds?: number; path?: string };
}

/** A volume: its name and one of the sources. */
export interface Volume {
  name?: string;
  awsElasticBlockStore?: object;
  azureDisk?: object;
  azureFile?: object;
  cephfs?: object;
  cinder?: object;
  configMap?: { name?: string };
  csi?: { driver?: string };
  downwardAPI?: object;
  emptyDir?: { medium?: string; sizeLimit?: string };
  ephemeral?: object;
  fc?: object;
  flexVolume?: object;
  flocker?: object;
  gcePersistentDisk?: object;
  gitRepo?: object;
  glusterfs?: object;
  hostPath?: { path?: string; type?: string };
  image?: { reference?: string; pullPolicy?: string };
  iscsi?: object;
  nfs?: object;
  persistentVolumeClaim?: { claimName?: string };
  photonPersistentDisk?: object;
  portworxVolume?: object;
  projected?: { sources?: VolumeProjection[] };
  quobyte?: object;
  rbd?: object;
  scaleIO?: object;
  secret?: { secretName?: string };
  storageos?: object;
  vsphereVolume?: object;
}

export interface PodSpec {
  affinity?: object;
  automountServiceAccountToken?: boolean;
  containers?: Container[];
  enableServiceLinks?: boolean;
  ephemeralContainers?: Container[];
  hostIPC?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostUsers?: boolean;
  imagePullSecrets?: { name?: string }[];
  initContainers?: Container[];
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  os?: { name?: string };
  priorityClassName?: string;
  restartPolicy?: string;
  runtimeClassName?: string;
  securityContext?: PodSecurityContext;
  serviceAccount?: string;
  serviceAccountName?: string;
  shareProcessNamespace?: boolean;
  terminationGracePeriodSeconds?: number;
  tolerations?: Toleration[];
  topologySpreadConstraints?: { topologyKey?: string }[];
  volumes?: Volume[];
}

export interface PodTemplate {
  metadata?: ObjectMeta;
  spec?: PodSpec;
}

export interface PodArgs extends PodTemplate {}

/** Objects that make pods from a template. */
export interface TemplatedArgs {
  metadata?: ObjectMeta;
  spec?: { replicas?: number; selector?: LabelSelector; template?: PodTemplate };
}

export interface CronJobArgs {
  metadata?: ObjectMeta;
  spec?: { schedule?: string; jobTemplate?: { metadata?: ObjectMeta; spec?: { template?: PodTemplate } } };
}

export interface KubernetesWorkloadArguments {
  "kubernetes:apps/v1:DaemonSet": TemplatedArgs;
  "kubernetes:apps/v1:Deployment": TemplatedArgs;
  "kubernetes:apps/v1:ReplicaSet": TemplatedArgs;
  "kubernetes:apps/v1:StatefulSet": TemplatedArgs;
  "kubernetes:batch/v1:CronJob": CronJobArgs;
  "kubernetes:batch/v1:Job": TemplatedArgs;
  "kubernetes:core/v1:Pod": PodArgs;
  "kubernetes:core/v1:ReplicationController": TemplatedArgs;
}
