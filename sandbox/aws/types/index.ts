import { entries as autoScaling } from "./auto-scaling";
import { entries as compute } from "./ec2/compute";
import { entries as encryptionControl } from "./ec2/encryption-control";
import { entries as endpoints } from "./ec2/endpoints";
import { entries as filtering } from "./ec2/filtering";
import { entries as ipam } from "./ec2/ipam";
import { entries as prefixLists } from "./ec2/prefix-list";
import { entries as routing } from "./ec2/routing";
import { entries as settings } from "./ec2/settings";
import { entries as storage } from "./ec2/storage";
import { entries as vpc } from "./ec2/vpc";
import { entries as ecr } from "./ecr";
import { entries as eks } from "./eks";
import type { TypeEntry } from "./entry";
import { entries as iam } from "./iam";
import { entries as kms } from "./kms";
import { entries as logs } from "./logs";
import { entries as messaging } from "./messaging";
import { entries as monitoring } from "./monitoring";
import { entries as networkFirewall } from "./network-firewall";
import { entries as orchestration } from "./orchestration";
import { entries as parameters } from "./parameters";
import { entries as resolver } from "./resolver";
import { entries as s3 } from "./s3";
import { entries as security } from "./security";
import { entries as systemsManager } from "./systems-manager";

const modules: TypeEntry[][] = [
  vpc,
  ipam,
  encryptionControl,
  routing,
  prefixLists,
  filtering,
  endpoints,
  compute,
  storage,
  autoScaling,
  settings,
  networkFirewall,
  resolver,
  iam,
  kms,
  s3,
  eks,
  logs,
  ecr,
  parameters,
  systemsManager,
  orchestration,
  monitoring,
  security,
  messaging,
];

let table: Map<string, TypeEntry> | undefined;

function entries(): Map<string, TypeEntry> {
  if (table === undefined) {
    table = new Map();
    for (const entry of modules.flat()) {
      if (table.has(entry.type)) throw new Error(`two entries for ${entry.type}`);
      table.set(entry.type, entry);
    }
  }
  return table;
}

export const entryOf = (type: string): TypeEntry | undefined => entries().get(type);

export const allEntries = (): TypeEntry[] => [...entries().values()];
