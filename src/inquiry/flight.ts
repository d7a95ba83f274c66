import { Failure } from '../scan/failure.ts';
import { type Activity, type Ask, type Asker, together } from '../scan/ports.ts';
import type { Mode, ScannedFile } from '../scan/scan.ts';
import type { Subject } from './subject.ts';

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

/** The questions that wait for the same inquiry, so that the engine is asked only once ("single flight"). */
export interface Flight {
  /** The question that began the inquiry. */
  readonly first: Question;
  /** Whether one of them allows the subject to be sent to the engine. */
  mayPublish(): boolean;
  /** The questions whose files may be uploaded. */
  senders(): (Question & { file: ScannedFile })[];
  /** Whether all who ask sit at a terminal, or call the library: they can mend the key themselves and ask again. */
  canMendKey(): boolean;
  join(question: Question): void;
  /** Tells all of them what is happening. A question that joins later is told the latest activity. */
  show(activity: Activity): void;
  /** Tells all of them that the engine has the file. */
  uploaded(): Promise<void>;
  /** A call to the engine for all of them. */
  ask(signal: AbortSignal, options?: AskOptions): Ask;
  /** The same for a call before which nothing was uploaded. It does not wait for a refused key if those who ask can mend that. */
  firstAsk(signal: AbortSignal, options?: AskOptions): Ask;
}

interface AskOptions {
  /** Called with true when the call starts to wait for its turn, and with false when it is sent. */
  paused?(waits: boolean): void;
  /** Who of them has the call made, if not all: the key of nobody else may pay for it. */
  by?(question: Question): boolean;
}

export function createFlight(first: Question): Flight {
  const questions = new Set([first]);
  const listeners = new Set<() => void>();
  let activity: Activity | undefined;

  const show = (news: Activity) => {
    activity = news;
    for (const question of questions) question.tell(news);
  };

  return {
    first,
    mayPublish: () => Array.from(questions).some(mayPublish),
    senders: () => Array.from(questions).filter(maySend),
    canMendKey: () => Array.from(questions).every(canMendKey),
    show,
    join(question) {
      questions.add(question);
      if (activity) question.tell(activity);
      for (const heard of [...listeners]) heard();
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
          if (place?.for === 'key' && Array.from(questions).every(canMendKey)) {
            refused.abort(new Failure('engine.badKey', 'the key is refused, and nothing waits for it'));
          } else waiting(place);
        },
      };
    },
  };

  function ask(signal: AbortSignal, { paused, by = () => true }: AskOptions = {}): Ask {
    let interrupted: Activity | undefined;
    return {
      asker() {
        return together(askersOf(questions, by));
      },
      askers() {
        return askersOf(questions, by);
      },
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

const askersOf = (questions: ReadonlySet<Question>, by: (question: Question) => boolean): Asker[] =>
  Array.from(questions)
    .filter(by)
    .map(({ asker }) => asker);

export const maySend = (question: Question): question is Question & { file: ScannedFile } =>
  question.mode === 'scan' && question.file !== undefined;

const canMendKey = ({ asker: { urgency, member } }: Question) => urgency === 'interactive' && member === undefined;

/** Whether a question has the subject analysed without sending bytes. */
export const maySubmit = (question: Question) => question.mode === 'rescan' || mayPublish(question);

export const mayPublish = (question: Question) =>
  maySend(question) || (question.mode === 'scan' && question.subject.kind === 'url');
