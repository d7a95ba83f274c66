import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { sourceAgain } from '../../scan/identity.ts';
import { analysisIsOldAfter, reanalysisCost } from '../../scan/limits.ts';
import type { Scan } from '../../scan/scan.ts';
import { rowsOf, type Selection } from '../../verdict/rows.ts';
import { customId } from '../controls/ids.ts';
import { linkOf } from './card.ts';

export interface ButtonsFor {
  /** All that is known is shown already. */
  detailed: boolean;
  /** By which an analysis is old; undefined: no new one is offered. */
  now: number | undefined;
}

/** What can be done with a finished scan. Of one without a verdict there are details only. */
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

/** Whether its verdict rests on an old analysis of something that the engine can find again. */
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
