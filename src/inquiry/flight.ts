import { Failure } from '../scan/failure.ts';
import { type Activity, type Ask, type Asker, together } from '../scan/ports.ts';
import type { Mode, ScannedFile } from '../scan/scan.ts';
import type { Subject } from './subject.ts';
import type { Waiter } from './waiter.ts';

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
  /** Whether everybody who asks uses a terminal or the library. They can fix the key themselves and ask again. */
  canMendKey(): boolean;
  join(question: Question): void;
  /** Adds a person who waits for it in another process: one of each process. */
  joinFrom(waiter: Waiter): void;
  /** The first person who waits; undefined: no person does. */
  person(): Omit<Waiter, 'process'> | undefined;
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
  /** Called with true when the call starts to wait for its turn, and with false when it is sent. */
  paused?(waits: boolean): void;
  /** The parties that the call is made for, if not all of them. Only their keys may pay for it. */
  by?(party: Party): boolean;
}

/** Somebody who asks, here or in another process. */
export type Party = Pick<Question, 'mode' | 'subject' | 'asker'> & { file: unknown };

export function createFlight(first: Question): Flight {
  const questions = new Set([first]);
  /** By process: the person who waits there. */
  const others = new Map<string, Party>();
  const listeners = new Set<() => void>();
  let activity: Activity | undefined;

  const show = (news: Activity) => {
    activity = news;
    for (const question of questions) question.tell(news);
  };

  const parties = (): Party[] => [...questions, ...others.values()];
  const isPerson = ({ asker }: Party) => asker.urgency === 'interactive';
  const canMend = () => parties().every(canMendKey);

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
      joined();
    },
    joinFrom(waiter) {
      const { process, mode, hasFile, server, member, since } = waiter;
      if (others.has(process)) return;
      const party = {
        mode,
        subject: first.subject,
        asker: { urgency: 'interactive' as const, server, member, since },
        file: hasFile || undefined,
      };
      others.set(process, party);
      joined();
    },
    person() {
      const one = parties().find(isPerson);
      if (!one) return undefined;
      const { mode, file, asker } = one;
      const { server, member, since } = asker;
      return { key: first.key, mode, hasFile: file !== undefined, server, member, since };
    },
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

  function ask(signal: AbortSignal, { paused, by = () => true }: AskOptions = {}): Ask {
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
        paused?.(place !== undefined);
      },
    };
  }
}

const maySend = (question: Question): question is Sender => mayUpload(question);

/** Whether bytes may be uploaded for them. */
export const mayUpload = ({ mode, file }: Party) => mode === 'scan' && file !== undefined;

const canMendKey = ({ asker: { urgency, member } }: Party) => urgency === 'interactive' && member === undefined;

/** Whether the subject is analysed for them without sending bytes. */
export const maySubmit = (party: Party) => party.mode === 'rescan' || mayPublish(party);

export const mayPublish = (party: Party) => mayUpload(party) || (party.mode === 'scan' && party.subject.kind === 'url');
