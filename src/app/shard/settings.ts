import type { Guild, REST } from 'discord.js';
import type { App } from '../../discord/command.ts';
import { createLanguages, type Languages, spokenKept, spokenSchema } from '../../discord/languages.ts';
import {
  type Change,
  createSettingsBook,
  type SettingsBook,
  storedSettingsSchema,
} from '../../discord/settings/book.ts';
import { createChangeNotice, untoldSchema } from '../../discord/settings/changeNotice.ts';
import { createGrants, grantLife, grantSchema } from '../../discord/settings/grants.ts';
import { createSettingsLog, settingsLogKept, settingsLogSchema } from '../../discord/settings/log.ts';
import { createUndo, undoLife, undoSchema } from '../../discord/settings/undo.ts';
import { createDrafts, draftLife, draftSchema } from '../../discord/setup/draft.ts';
import { noticeSchema } from '../../discord/setup/notice.ts';
import { createSetUp, type SetUp } from '../../discord/setup/setUp.ts';
import { createWelcomes, type Welcomes, welcomeSchema } from '../../discord/setup/welcome.ts';
import type { Clock } from '../../scan/clock.ts';
import type { Capacity } from '../../scan/ports.ts';
import type { Store } from '../../store/store.ts';
import { aboutError, type Log, warningsOf } from '../log.ts';

/** The settings of all servers, and what people use to change them. */
export interface ShardSettings {
  book: SettingsBook;
  languages: Languages;
  panel: Omit<App['panel'], 'casesOf' | 'keys'>;
  setUp: SetUp;
  welcomes: Welcomes;
  /** Tells what an earlier run has not told. Needs a connection. */
  resume(): Promise<void>;
  forget(guild: string): Promise<void>;
}

interface Parts {
  store: Store;
  rest: REST;
  self(): string;
  guild(id: string): Guild | undefined;
  capacity: Capacity;
  messageContent: boolean;
  /** Called with every change of settings. */
  changed(change: Change): void;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

export function createShardSettings(parts: Parts): ShardSettings {
  const { store, rest, self, capacity, messageContent, clock, log, stop } = parts;
  const warn = warningsOf(log);

  const languages = createLanguages({
    settings: { read: (guild) => book.read(guild) },
    records: store.collection('languages', spokenSchema, { ttlMs: spokenKept }),
    tagOf: (guild) => parts.guild(guild)?.preferredLocale,
    now: () => clock.now(),
    failed: (error) => log.warn(aboutError(error), 'language of a member not kept'),
  });
  const history = createSettingsLog(
    store.collection('settingsLog', settingsLogSchema, { ttlMs: settingsLogKept }),
    () => clock.now(),
  );
  const notice = createChangeNotice({
    records: store.collection('untoldChanges', untoldSchema),
    settings: () => book,
    rest,
    self,
    clock,
    stop,
    languages,
    failed: warn('alert channel not told of a change'),
  });
  const book = createSettingsBook({
    records: store.collection('settings', storedSettingsSchema),
    async changing(change) {
      await history.add(change);
      await notice.changing(change);
    },
    changed: parts.changed,
    damaged: (guild, fields) => log.error({ guild, fields }, 'damaged settings are at their defaults'),
  });
  const grants = createGrants(store.collection('panelGrants', grantSchema, { ttlMs: grantLife }));
  const undo = createUndo(store.collection('undoPresets', undoSchema, { ttlMs: undoLife }));
  const drafts = createDrafts(store.collection('setUpDrafts', draftSchema, { ttlMs: draftLife }));
  const notices = store.collection('memberNotices', noticeSchema);
  const setUp = createSetUp({
    drafts,
    settings: book,
    grants,
    records: notices,
    rest,
    capacity,
    messageContent,
    languages,
  });
  const welcomes = createWelcomes({
    records: store.collection('welcomes', welcomeSchema),
    guild: parts.guild,
    rest,
    self,
    clock,
    stop,
    languages,
    failed: warn('a server was not welcomed, trying again'),
  });

  return {
    book,
    languages,
    panel: { grants, undo, log: history },
    setUp,
    welcomes,
    async resume() {
      await notice.resume();
      await welcomes.resume();
    },
    async forget(guild) {
      const forgotten = [book, history, notice, grants, undo, drafts, welcomes].map((part) => part.forget(guild));
      await Promise.all([...forgotten, notices.deleteWhere('guild', guild)]);
    },
  };
}
