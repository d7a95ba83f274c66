import { isFlagged } from '../verdict/opinions.ts';
import type { Category } from '../verdict/report.ts';
import type { Scan } from './scan.ts';

export type Status = 'ready' | 'progress' | 'done' | 'error';

/** One engine's row. The names are the published contract. */
export interface DetailRow {
  VendorName: string;
  VendorVersion: string | undefined;
  ScanDetected: boolean;
  /** The label that the engine gave. */
  ScanResult: string | undefined;
  /** VirusTotal's category of the engine's answer. */
  Category: Exclude<Category, 'unrated'>;
  /** The date of its definitions, YYYYMMDD. */
  EngineUpdate: string | undefined;
}

/** What `getResult` answers. `detected` is true from the first engine that flags the file. */
export interface PublishedStatus {
  status: Status;
  detected: boolean;
  detail: DetailRow[];
}

export function publish(scan: Scan): PublishedStatus {
  if (scan.stage !== 'settled') return { status: statusOf(scan), detected: false, detail: [] };
  if (scan.outcome.kind === 'error') return { status: 'error', detected: false, detail: [] };
  if (scan.outcome.kind === 'empty') return { status: 'done', detected: false, detail: [] };
  if (scan.outcome.kind === 'ruled') {
    return { status: 'done', detected: scan.outcome.ruling === 'blocked', detail: [] };
  }

  const { engines } = scan.outcome.report;
  const detail = engines.map((row) => ({
    VendorName: row.engine,
    VendorVersion: row.version,
    ScanDetected: isFlagged(row),
    ScanResult: row.label,
    // VirusTotal gives rows without a rating this category.
    Category: row.category === 'unrated' ? 'undetected' : row.category,
    EngineUpdate: row.updated,
  }));
  return { status: 'done', detected: engines.some(isFlagged), detail };
}

export function statusOf(scan: Scan): Status {
  switch (scan.stage) {
    case 'ready':
      return 'ready';
    case 'started':
    case 'identified':
      return 'progress';
    case 'settled':
      return scan.outcome.kind === 'error' ? 'error' : 'done';
    default:
      return scan satisfies never;
  }
}
