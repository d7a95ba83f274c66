import type { ChatInputCommandInteraction } from 'discord.js';
import { type Meaning, readQuery } from '../../address/query.ts';
import { sourceAgain } from '../../scan/identity.ts';
import type { Scan, Source } from '../../scan/scan.ts';
import type { App } from '../command.ts';
import { Refusal } from '../preconditions.ts';
import { accept, isPrivateByDefault } from './accept.ts';

export interface Question {
  /** The text that the member typed. No reply repeats it. undefined: the report is about the open session. */
  query: string | undefined;
  /** Ends the session. */
  close: boolean;
}

type Asking = ChatInputCommandInteraction;
const manner = { detailed: true };

/** Reports what is known about a file by its hash, token or link, without uploading anything. */
export async function report(interaction: Asking, { query, close }: Question, app: App): Promise<void> {
  const { sessions, locale } = app;
  const place = { channel: interaction.channelId, member: interaction.user.id };
  const session = await sessions.of(place);
  if (close) await sessions.close(place);

  if (query !== undefined) return answer(interaction, readQuery(query), app);
  if (close) throw new Refusal(session ? locale.report.closed : locale.report.noSession);
  const scan = session && (await app.scanner.find(session.token));
  if (!scan) throw new Refusal(locale.report.noSession);
  await tell(interaction, scan, session.private || undefined, app);
}

async function answer(interaction: Asking, meanings: readonly Meaning[], app: App): Promise<void> {
  const { report: words } = app.locale;
  for (const meaning of meanings) {
    switch (meaning.kind) {
      case 'token': {
        const scan = await app.scanner.find(meaning.token);
        // Whoever has a token may see its result. Others in the channel may not, so the reply is private.
        if (scan) return tell(interaction, scan, true, app);
        break;
      }
      case 'file':
        return lookUp(interaction, { kind: 'hash', hash: meaning.hash, name: meaning.hash }, undefined, app);
      case 'url':
        throw new Refusal(words.pageOfAddress);
      default:
        meaning satisfies never;
    }
  }
  throw new Refusal(words.junk);
}

/** Shows the result of one of our scans. If the scan failed, VirusTotal is asked by the file's hash. */
async function tell(interaction: Asking, scan: Scan, isPrivate: boolean | undefined, app: App): Promise<void> {
  const again = hasFailed(scan) ? sourceAgain(scan) : undefined;
  if (again) return lookUp(interaction, again, isPrivate, app);
  const asked = { interaction, private: isPrivate ?? (await isPrivateByDefault(interaction, app)) };
  await app.replies.show(asked, [scan.token], manner);
}

const hasFailed = (scan: Scan) => scan.stage === 'settled' && scan.outcome.kind === 'error';

async function lookUp(interaction: Asking, source: Source, isPrivate: boolean | undefined, app: App): Promise<void> {
  await accept(interaction, app, { private: isPrivate, wishes: [{ source, mode: 'lookUp' }], manner });
}
