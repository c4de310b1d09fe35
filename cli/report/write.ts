import * as fs from "node:fs";
import * as path from "node:path";
import { CliError, exitCodes } from "../errors";
import { reportJunit } from "./junit";
import { reportMarkdown } from "./markdown";
import type { Report } from "./model";
import { reportSarif, type SarifOptions } from "./sarif";

/** Writes report.json, report.md, findings.sarif and findings.xml. Each file is whole at any moment: the old one or the new one. */
export function writeReport(folder: string, report: Report, options: SarifOptions): void {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const files = {
    "report.json": json(report),
    "report.md": reportMarkdown(report),
    "findings.sarif": json(reportSarif(report, options)),
    "findings.xml": reportJunit(report),
  };
  try {
    fs.mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeWhole(path.join(folder, name), text);
  } catch (error) {
    throw new CliError(
      `The report could not be written to ${folder}: ${reasonOf(error)}. Name another folder with --report DIR.`,
      exitCodes.failed,
    );
  }
}

function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, text);
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "there is no permission to write there";
    case "ENOTDIR":
    case "EEXIST":
      return "a part of the path is a file";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
