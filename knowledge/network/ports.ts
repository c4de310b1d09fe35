import { documented, type Source } from "../source";

export type Transport = "tcp" | "udp";

/** A port that a service is known by. */
export interface ServicePort {
  readonly port: number;
  readonly name: string;
  /** Transports that the service speaks. */
  readonly transports: readonly Transport[];
}

function service(port: number, name: string, ...transports: Transport[]): ServicePort {
  return { port, name, transports: transports.length === 0 ? ["tcp"] : transports };
}

/** Ports by which machines are administered. */
export const ADMINISTRATION_PORTS: readonly ServicePort[] = [service(22, "SSH"), service(3389, "RDP", "tcp", "udp")];

/** Ports of services that are attacked as soon as they are found, without those of {@link ADMINISTRATION_PORTS}. */
export const HIGH_RISK_PORTS: readonly ServicePort[] = [
  service(20, "FTP data"),
  service(21, "FTP"),
  service(23, "Telnet"),
  service(25, "SMTP"),
  service(110, "POP3"),
  service(135, "RPC", "tcp", "udp"),
  service(143, "IMAP"),
  service(445, "CIFS", "tcp", "udp"),
  service(1433, "SQL Server"),
  service(1434, "SQL Server Browser", "tcp", "udp"),
  service(3000, "development servers"),
  service(3306, "MySQL"),
  service(4333, "mSQL"),
  service(5000, "development servers"),
  service(5432, "PostgreSQL"),
  service(5500, "VNC and FCP"),
  service(5601, "OpenSearch Dashboards"),
  service(8080, "HTTP proxies"),
  service(8088, "HTTP consoles"),
  service(8888, "notebooks and alternative HTTP"),
  service(9200, "OpenSearch"),
  service(9300, "OpenSearch nodes"),
];

export const HIGH_RISK_PORTS_SOURCE: Source = documented(
  "AWS Security Hub User Guide, controls EC2.13, EC2.14 and EC2.19",
  "AWS judges TCP; UDP is added where the service speaks it",
);

/** ICMP types by which routers tell that a packet was too big: without them connections hang. */
export const PATH_MTU_MESSAGES = { icmp: 3, icmpv6: 2 } as const;
