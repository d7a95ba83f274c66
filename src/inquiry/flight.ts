import type { Activity, Ask, Asker } from '../scan/ports.ts';
import type { Mode, ScannedFile } from '../scan/scan.ts';
import type { Subject } from './subject.ts';

/** One scan's wish to know about a subject. */
export interface Question {
  /** Of the inquiry that answers it. */
  key: string;
  subject: Subject;
  mode: Mode;
  /** Its bytes, where there are any. */
  file: ScannedFile | undefined;
  /** The file's name as it was shared. */
  name: string;
  password: string | undefined;
  asker: Asker;
  tell(activity: Activity): void;
  /** The engine has the file: the password is needed no longer. */
  uploaded(): Promise<void>;
}

/** Everybody who waits for the same inquiry. */
export interface Flight {
  /** The question that began it. */
  readonly first: Question;
  /** Whether anybody wants it analysed and may have it published. */
  mayPublish(): boolean;
  /** Whose file may be sent, if anybody's. */
  sender(): (Question & { file: ScannedFile }) | undefined;
  join(question: Question): void;
  /** Tells all of them what happens; whoever joins later hears the last word. */
  show(activity: Activity): void;
  uploaded(): Promise<void>;
  /** How the engine is asked on their behalf. `paused` hears when the call begins and ends to wait for its turn. */
  ask(signal: AbortSignal, paused?: (waits: boolean) => void): Ask;
}

export function createFlight(first: Question): Flight {
  const questions = new Set([first]);
  const raised = new AbortController();
  let activity: Activity | undefined;

  const show = (news: Activity) => {
    activity = news;
    for (const question of questions) question.tell(news);
  };

  return {
    first,
    mayPublish: () => Array.from(questions).some(mayPublish),
    sender: () => Array.from(questions).find(maySend),
    show,
    join(question) {
      questions.add(question);
      if (question.asker.urgency === 'interactive') raised.abort();
      if (activity) question.tell(activity);
    },
    async uploaded() {
      await Promise.all(Array.from(questions, (question) => question.uploaded()));
    },
    ask(signal, paused) {
      let interrupted: Activity | undefined;
      return {
        asker: () => together(Array.from(questions, (question) => question.asker)),
        raised: raised.signal,
        signal,
        waiting(place) {
          if (activity?.kind !== 'waiting') interrupted = activity;
          if (place) show({ kind: 'waiting', place });
          else if (interrupted) show(interrupted);
          paused?.(place !== undefined);
        },
      };
    },
  };
}

const maySend = (question: Question): question is Question & { file: ScannedFile } =>
  question.mode === 'scan' && question.file !== undefined;

export const mayPublish = (question: Question) =>
  maySend(question) || (question.mode === 'scan' && question.subject.kind === 'url');

/** Several askers as one: urgent if one of them is, as old as the oldest, on the account of the first urgent one. */
function together(askers: readonly Asker[]): Asker {
  const [first] = askers;
  if (!first) throw new RangeError('nobody asks');
  const speaker = askers.find((asker) => asker.urgency === 'interactive') ?? first;
  return { ...speaker, since: Math.min(...askers.map((asker) => asker.since)) };
}
