import type { Client, REST } from 'discord.js';
import type { Languages } from '../../discord/languages.ts';
import { type ActRow, actRows } from '../../discord/moderation/actRows.ts';
import { type AlertControls, createAlertControls } from '../../discord/moderation/alertControls.ts';
import type { Case } from '../../discord/moderation/case.ts';
import { caseRowSchema } from '../../discord/moderation/caseRow.ts';
import { createCases, openCaseSchema } from '../../discord/moderation/cases.ts';
import { createEnforcer } from '../../discord/moderation/enforcer.ts';
import { createFallback, fallbackToldSchema } from '../../discord/moderation/fallback.ts';
import { createFlagged, flaggedKept, flaggedSchema } from '../../discord/moderation/flagged.ts';
import { copiesWithin, createModeration, type Moderation, recentSchema } from '../../discord/moderation/moderation.ts';
import { peopleOf } from '../../discord/moderation/people.ts';
import {
  createServiceNotice,
  type KeyTrouble,
  quotaToldSchema,
  troubleToldSchema,
} from '../../discord/moderation/serviceNotice.ts';
import { post } from '../../discord/replies/posting.ts';
import type { Replies } from '../../discord/replies/replies.ts';
import type { SettingsBook } from '../../discord/settings/book.ts';
import { createReadHash } from '../../discord/watching/bytes.ts';
import type { Clock } from '../../scan/clock.ts';
import { scansKept } from '../../scan/limits.ts';
import type { Downloads } from '../../scan/ports.ts';
import type { Store } from '../../store/store.ts';
import { type Log, warningsOf } from '../log.ts';

/** How long a report of a used-up day is remembered: a day and a margin, in ms. */
const dayAndMore = 26 * 60 * 60_000;

/** Alerts, and what moderators and policies do about bad files. */
export interface ShardModeration {
  moderation: Moderation;
  alertControls: AlertControls;
  /** The stored cases of all servers. */
  allCases(): Promise<Case[]>;
  /** Returns the stored cases of a server and their acts. It reads the cases of all servers, so use it rarely. */
  casesOf(guild: string): Promise<{ cases: Case[]; acts: ActRow[] }>;
}

export interface ModerationNeeds {
  store: Store;
  downloads: Downloads;
  replies: Replies;
  settings: SettingsBook;
  languages: Languages;
  /** Which key keeps a server's watched files from being scanned now. undefined: the operator's key, for whom it serves. */
  keyTroubleOf(server: string | undefined): Promise<KeyTrouble | undefined>;
  rest: REST;
  /** A REST that repeats nothing by itself. */
  once: REST;
  self(): string;
  client(): Client;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

export function createShardModeration(parts: ModerationNeeds): ShardModeration {
  const { store, downloads, settings, languages, replies, rest, once, self, client, clock, log, stop } = parts;
  const now = () => clock.now();
  const warn = warningsOf(log);

  const people = peopleOf(client);
  const enforcer = createEnforcer({ rest: once, people, self, now });
  const caseRecords = store.collection('cases', caseRowSchema, { ttlMs: scansKept });
  const cases = createCases({ records: caseRecords, open: store.collection('openCases', openCaseSchema) });
  const serviceNotice = createServiceNotice({
    settings,
    quotaTold: store.collection('quotaTold', quotaToldSchema, { ttlMs: dayAndMore }),
    troubles: store.collection('troublesTold', troubleToldSchema),
    post: (posting) => post(posting, rest),
    keyTroubleOf: parts.keyTroubleOf,
    now,
    languages,
    failed: warn('alert channel not told why files wait'),
  });
  const fallback = createFallback({
    records: store.collection('fallbackTold', fallbackToldSchema),
    placeOf(id) {
      const guild = client().guilds.cache.get(id);
      return guild && { name: guild.name, systemChannel: guild.systemChannelId ?? undefined, owner: guild.ownerId };
    },
    rest,
    languages,
    failed: warn('nobody could be told that alerts do not arrive'),
  });
  const moderation = createModeration({
    cases,
    enforcer,
    people,
    settings,
    replies,
    rest,
    fallback,
    self,
    now,
    note: (what, about) => log.warn(about, what),
    serverName: (guild) => client().guilds.cache.get(guild)?.name ?? guild,
    languages,
    recent: store.collection('recentCases', recentSchema, { ttlMs: copiesWithin }),
    flagged: createFlagged(store.collection('flagged', flaggedSchema, { ttlMs: flaggedKept })),
    serviceNotice,
    readHash: createReadHash(downloads, stop),
    isGone: replies.isWithdrawn,
    clock,
    stop,
    failed: warn('not everything about a bad file could be done, trying again'),
  });

  const allCases = async () => (await caseRecords.all()).flatMap((row) => (row.kind === 'case' ? row : []));
  return {
    moderation,
    alertControls: createAlertControls({ cases, settings, touch: moderation.touch, now }),
    allCases,
    async casesOf(guild) {
      const kept = (await allCases()).filter((one) => one.guild === guild);
      return { cases: kept, acts: actRows(kept) };
    },
  };
}
