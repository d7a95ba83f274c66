import { type Ask, type Asker, type Place, together } from '../scan/ports.ts';

/** A way to make a call: the line of one key, and the askers whom the key serves. */
interface Route<T> {
  /** Of the key. */
  name: string;
  /** Whether it is a server's own key. */
  isOwn: boolean;
  askers: Asker[];
  /** Makes the call with that key, when its turn has come. */
  call(ask: Ask): Promise<T>;
}

/** Where a call stands in the line of one key. */
interface Entry<T> {
  route: Route<T>;
  ended: AbortController;
  raised: AbortController;
  place: Place | undefined;
}

interface RaceParts<T> {
  ask: Ask;
  /** The keys that may pay for the call now. Rejects when there is none. */
  routes(delays: Delays): Promise<Route<T>[]>;
  /** Calls `heard` when `routes` may have changed. Returns a function that stops that. */
  listen(heard: () => void): () => void;
  /** ms since the epoch. */
  now(): number;
}

/**
 * The keys with which the call does not come to its turn soon. `stuck`: the key is refused, or its day or month is used up.
 * `far`: VirusTotal has asked for a pause, or the line is long.
 */
export type Delays = ReadonlyMap<string, 'stuck' | 'far'>;

/** A turn that is expected later than this is far. Ms. */
const soon = 120_000;

const leaves = 'the call has left this line';

/**
 * Makes one call for askers with different keys. It stands in the line of each key. The first whose turn comes sends it, and
 * the call leaves the other lines before that, so they are not charged. If it then has to wait again, it stands in all lines again.
 */
export function race<T>({ ask, routes, listen, now }: RaceParts<T>): Promise<T> {
  const entries = new Map<string, Entry<T>>();
  const delays = new Map<string, 'stuck' | 'far'>();
  /** Keys with which the call cannot be made at all. */
  const hopeless = new Map<string, unknown>();
  let sending: Entry<T> | undefined;
  let isOver = false;
  let isWaiting = false;
  let choosing: Promise<void> = Promise.resolve();

  return new Promise<T>((resolve, reject) => {
    const stops = [listen(choose), ask.joined(choose)];
    const giveUp = () => end(() => reject(ask.signal.reason));
    ask.signal.addEventListener('abort', giveUp, { once: true });
    if (ask.signal.aborted) giveUp();
    else choose();

    function end(settle: () => void): void {
      if (isOver) return;
      isOver = true;
      for (const stop of stops) stop();
      ask.signal.removeEventListener('abort', giveUp);
      for (const entry of entries.values()) leave(entry, ask.signal.aborted ? ask.signal.reason : new Error(leaves));
      settle();
    }

    function leave(entry: Entry<T>, reason: unknown = new Error(leaves)): void {
      entries.delete(entry.route.name);
      entry.ended.abort(reason);
    }

    /** Enters the lines of keys that may pay now, and leaves the others. */
    function choose(): void {
      choosing = choosing
        .then(async () => {
          if (isOver || sending) return;
          const wanted = await routes(delays);
          if (isOver || sending) return;
          const names = new Set(wanted.map(({ name }) => name));
          for (const entry of [...entries.values()]) if (!names.has(entry.route.name)) leave(entry);
          for (const route of wanted) enter(route);
          const [reason] = hopeless.values();
          if (entries.size === 0) throw reason ?? new Error('no key');
        })
        .catch((error: unknown) => end(() => reject(error)));
    }

    function enter(route: Route<T>): void {
      if (hopeless.has(route.name)) return;
      const known = entries.get(route.name);
      const entry: Entry<T> = known ?? {
        route,
        ended: new AbortController(),
        raised: new AbortController(),
        place: undefined,
      };
      entry.route = route;
      if (together(route.askers).urgency === 'interactive') entry.raised.abort();
      if (known) return;
      entries.set(route.name, entry);
      route.call(askOf(entry)).then(
        (result) => end(() => resolve(result)),
        (error: unknown) => failed(entry, error),
      );
    }

    function failed(entry: Entry<T>, error: unknown): void {
      if (entries.get(entry.route.name) !== entry) return;
      if (sending === entry) {
        end(() => reject(error));
        return;
      }
      // It was refused before its turn, as when the key allows too few calls in a day. Other keys may allow it.
      hopeless.set(entry.route.name, error);
      entries.delete(entry.route.name);
      choose();
    }

    function askOf(entry: Entry<T>): Ask {
      return {
        asker: () => together(entry.route.askers),
        askers: () => entry.route.askers,
        joined: () => () => {},
        raised: entry.raised.signal,
        signal: entry.ended.signal,
        starting() {
          sending = entry;
          for (const other of [...entries.values()]) if (other !== entry) leave(other);
          delays.delete(entry.route.name);
          tell(undefined);
          ask.starting?.();
        },
        waiting(told) {
          if (!told || isOver) return;
          const place = told.for === 'key' && entry.route.isOwn ? { ...told, for: 'ownKey' as const } : told;
          entry.place = place;
          const before = delays.get(entry.route.name);
          const delay = delayOf(place, now());
          if (delay) delays.set(entry.route.name, delay);
          else delays.delete(entry.route.name);
          const isBack = sending === entry;
          if (isBack) sending = undefined;
          if (isBack || before !== delay) choose();
          tell(best([...entries.values()].map((one) => one.place)));
        },
      };
    }

    function tell(place: Place | undefined): void {
      if (!place && !isWaiting) return;
      isWaiting = place !== undefined;
      ask.waiting(place);
    }
  });
}

function delayOf({ for: reason, until }: Place, now: number): 'stuck' | 'far' | undefined {
  if (stuckReasons.has(reason)) return 'stuck';
  // All keys share an outage.
  return reason !== 'outage' && until !== undefined && until - now > soon ? 'far' : undefined;
}
const stuckReasons: ReadonlySet<Place['for']> = new Set(['key', 'ownKey', 'day', 'month']);

/** The place that comes to its turn first, as far as can be told. */
function best(places: readonly (Place | undefined)[]): Place | undefined {
  const known = places.filter((place) => place !== undefined);
  const rank = (place: Place) => [
    place.for === 'key' || place.for === 'ownKey' ? 1 : 0,
    place.until ?? Number.POSITIVE_INFINITY,
    place.ahead,
  ];
  return known.toSorted((a, b) => compare(rank(a), rank(b)))[0];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? 0;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
