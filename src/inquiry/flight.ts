import { Failure } from '../scan/failure.ts';
import { type Activity, type Ask, type Asker, type Place, together } from '../scan/ports.ts';
import type { Mode, ScannedFile } from '../scan/scan.ts';
import type { Subject } from './subject.ts';
import { kindOf, type Waiter } from './waiter.ts';

/** What one scan wants to know about a subject. */
export interface Question {
  /** The key of the inquiry that answers it. */
  key: string;
  subject: Subject;
  mode: Mode;
  /** The file's bytes; undefined for a hash or an address. */
  file: ScannedFile | undefined;
  /** The file's name as it was shared. */
  name: string;
  password: string | undefined;
  /** Makes sure that the bytes can be read at the file's path. Fails with a `download.` or `file.` code. */
  ready(): Promise<void>;
  asker: Asker;
  tell(activity: Activity): void;
  /** Called when the engine has the file, so that the password can be erased. */
  uploaded(): Promise<void>;
}

/** A question whose file may be uploaded. */
export type Sender = Question & { file: ScannedFile };

/** The questions that share one inquiry, so that the engine is asked only once ("single flight"). */
export interface Flight {
  /** The question that began the inquiry. */
  readonly first: Question;
  /** Whether one of them allows the subject to be sent to the engine. */
  mayPublish(): boolean;
  /** The questions whose files may be uploaded. */
  senders(): Sender[];
  /** Whether everybody who asks here uses a terminal or the library. They can fix the key themselves and ask again. */
  canMendKey(): boolean;
  /** Returns whether the question is the first of its kind. */
  join(question: Question): boolean;
  /** Adds somebody who waits for it in another process, unless one of their kind in that process was added before. */
  joinFrom(waiter: Waiter): void;
  /** The first of each kind who wait here, by kind. */
  waiters(): ReadonlyMap<string, Omit<Waiter, 'process'>>;
  /** Tells all of them what is happening. A question that joins later is told the latest activity. */
  show(activity: Activity): void;
  /** Tells all of them that the engine has the file. */
  uploaded(): Promise<void>;
  /** A call to the engine for all of them. */
  ask(signal: AbortSignal, options?: AskOptions): Ask;
  /**
   * The same for a call before which nothing was uploaded. It does not wait while the key is refused if those who ask can fix
   * the key.
   */
  firstAsk(signal: AbortSignal, options?: AskOptions): Ask;
}

interface AskOptions {
  /** Called with each place of the call while it waits, and with undefined when it is sent. */
  waits?(place: Place | undefined): void;
  /** The parties that the call is made for, if not all of them. Only their keys may pay for it. */
  by?(party: Party): boolean;
}

/** Somebody who asks, here or in another process. */
export type Party = Pick<Question, 'mode' | 'subject' | 'asker'> & { file: unknown };

export function createFlight(first: Question): Flight {
  const questions = new Set([first]);
  const waiters = new Map([entryOf(first)]);
  /** By process and kind: somebody who waits there. */
  const others = new Map<string, Party>();
  const listeners = new Set<() => void>();
  let activity: Activity | undefined;

  const show = (news: Activity) => {
    activity = news;
    for (const question of questions) question.tell(news);
  };

  const parties = (): Party[] => [...questions, ...others.values()];
  const canMend = () => Array.from(questions).every(canMendKey);

  function joined(): void {
    for (const heard of [...listeners]) heard();
  }

  return {
    first,
    mayPublish: () => Array.from(questions).some(mayPublish),
    senders: () => Array.from(questions).filter(maySend),
    canMendKey: canMend,
    show,
    join(question) {
      questions.add(question);
      if (activity) question.tell(activity);
      const [kind, waiter] = entryOf(question);
      const isNew = !waiters.has(kind);
      if (isNew) waiters.set(kind, waiter);
      joined();
      return isNew;
    },
    joinFrom(waiter) {
      const { process, mode, hasFile, urgency, server, member, since } = waiter;
      const id = `${process}:${kindOf(waiter)}`;
      if (others.has(id)) return;
      const asker = { urgency, server, member, since };
      others.set(id, { mode, subject: first.subject, asker, file: hasFile || undefined });
      joined();
    },
    waiters: () => waiters,
    async uploaded() {
      await Promise.all(Array.from(questions, (question) => question.uploaded()));
    },
    ask,
    firstAsk(signal, options) {
      const refused = new AbortController();
      const { waiting, ...rest } = ask(AbortSignal.any([signal, refused.signal]), options);
      return {
        ...rest,
        waiting(place) {
          if (place?.for === 'key' && canMend()) {
            refused.abort(new Failure('engine.badKey', 'the key is refused, and nothing waits for it'));
          } else waiting(place);
        },
      };
    },
  };

  function ask(signal: AbortSignal, { waits, by = () => true }: AskOptions = {}): Ask {
    let interrupted: Activity | undefined;
    const askers = (): Asker[] =>
      parties()
        .filter(by)
        .map(({ asker }) => asker);
    return {
      asker: () => together(askers()),
      askers,
      joined(heard) {
        listeners.add(heard);
        return () => void listeners.delete(heard);
      },
      signal,
      waiting(place) {
        if (activity?.kind !== 'waiting') interrupted = activity;
        if (place) show({ kind: 'waiting', place });
        else if (interrupted) show(interrupted);
        waits?.(place);
      },
    };
  }
}

function entryOf({ key, mode, file, asker }: Question): [string, Omit<Waiter, 'process'>] {
  const { urgency, server, member, since } = asker;
  const waiter = { key, mode, hasFile: file !== undefined, urgency, server, member, since };
  return [kindOf(waiter), waiter];
}

const maySend = (question: Question): question is Sender => mayUpload(question);

/** Whether bytes may be uploaded for them. */
export const mayUpload = ({ mode, file }: Party) => mode === 'scan' && file !== undefined;

const canMendKey = ({ asker: { urgency, member } }: Party) => urgency === 'interactive' && member === undefined;

/** Whether the subject is analysed for them without sending bytes. */
export const maySubmit = (party: Party) => party.mode === 'rescan' || mayPublish(party);

export const mayPublish = (party: Party) => mayUpload(party) || (party.mode === 'scan' && party.subject.kind === 'url');
