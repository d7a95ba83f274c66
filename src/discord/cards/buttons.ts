import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { sourceAgain } from '../../scan/identity.ts';
import { analysisIsOldAfter, reanalysisCost } from '../../scan/limits.ts';
import type { Scan } from '../../scan/scan.ts';
import { rowsOf } from '../../verdict/rows.ts';
import { customId } from '../controls/ids.ts';
import { linkOf } from './card.ts';
import type { Message } from './view.ts';
import { plainName } from './wording.ts';

/** Beside what the label says: Discord takes 80 characters. */
const longestName = 36;

export interface ButtonsFor {
  /** How many have buttons in the message: of several, each button says whose it is. */
  files: number;
  /** The engines' table in full. */
  detailed: boolean;
  /** By which an analysis is old; undefined: no new one is offered. */
  now: number | undefined;
}

/** What can be done with a finished scan; nothing where there is no verdict. */
export function scanButtons(scan: Scan, { files, detailed, now }: ButtonsFor, locale: Locale): Message['components'] {
  const url = linkOf(scan);
  if (!url) return [];
  const { token } = scan;
  const whose = files > 1 ? ` · ${plainName(scan.source, longestName)}` : '';
  const { card, report } = locale;
  const buttons: APIButtonComponent[] = detailed
    ? [
        button(
          report.flagged(rowsOf(scan, 'flagged').length),
          customId({ kind: 'detections', token, selection: 'flagged' }),
        ),
        button(report.all(rowsOf(scan, 'all').length), customId({ kind: 'detections', token, selection: 'all' })),
        button(locale.pages.asText, customId({ kind: 'text', token })),
      ]
    : [button(card.allDetections + whose, customId({ kind: 'detections', token, selection: 'all' }))];
  buttons.push({ type: ComponentType.Button, style: ButtonStyle.Link, label: card.virusTotal + whose, url });
  if (now !== undefined && mayBeAnalysedAgain(scan, now)) {
    buttons.push(button(locale.rescan.button(reanalysisCost) + whose, customId({ kind: 'rescan', token })));
  }
  return [{ type: ComponentType.ActionRow, components: buttons }];
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
