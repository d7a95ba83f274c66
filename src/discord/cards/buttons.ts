import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { sourceAgain } from '../../scan/identity.ts';
import { analysisIsOldAfter, reanalysisCost } from '../../scan/limits.ts';
import type { Scan } from '../../scan/scan.ts';
import { rowsOf, type Selection } from '../../verdict/rows.ts';
import { customId } from '../controls/ids.ts';
import { linkOf } from './card.ts';

export interface ButtonsFor {
  /** Whether everything known is shown already. */
  detailed: boolean;
  /** The time for deciding whether an analysis is old, in ms since the epoch; undefined: no new analysis is offered. */
  now: number | undefined;
}

/** Returns the buttons of a finished scan. A scan without a verdict only has details. */
export function scanButtons(scan: Scan, { detailed, now }: ButtonsFor, locale: Locale): APIButtonComponent[] {
  if (scan.stage !== 'settled') return [];
  const { token } = scan;
  const { card, report, rescan, pages } = locale;
  const url = linkOf(scan);
  const table = (selection: Selection, label: (count: number) => string) =>
    button(label(rowsOf(scan, selection).length), customId({ kind: 'detections', token, selection }));
  const ofTable = [
    table('flagged', report.flagged),
    table('all', report.all),
    button(pages.asText, customId({ kind: 'text', token })),
  ];
  return [
    ...(detailed ? (url ? ofTable : []) : [button(card.details, customId({ kind: 'details', token }))]),
    ...(url
      ? [{ type: ComponentType.Button as const, style: ButtonStyle.Link as const, label: card.virusTotal, url }]
      : []),
    ...(now !== undefined && mayBeAnalysedAgain(scan, now)
      ? [button(rescan.button(reanalysisCost), customId({ kind: 'rescan', token }))]
      : []),
  ];
}

/** Whether its verdict is based on an old analysis, and the engine can find the subject again. */
function mayBeAnalysedAgain(scan: Scan, now: number): boolean {
  if (scan.stage !== 'settled' || scan.outcome.kind !== 'done') return false;
  return now - scan.outcome.report.analysedAt > analysisIsOldAfter && sourceAgain(scan) !== undefined;
}

const button = (label: string, custom_id: string): APIButtonComponent => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label,
  custom_id,
});
