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

interface RaceParts<T> {
  ask: Ask;
  /** The keys that may pay for the call now. Rejects when there is none. */
  routes(delays: Delays): Promise<Route<T>[]>;
  /** Calls `heard` when `routes` may have changed. Returns a function that stops that. */
  listen(heard: () => void): () => void;
  /** ms since the epoch. */
  now(): number;
}

type Delay = 'stuck' | 'far';
/**
 * The keys with which the call does not come to its turn soon. `stuck`: the key is refused, or its day or month is used up.
 * `far`: VirusTotal has asked for a pause, or the line is long.
 */
export type Delays = ReadonlyMap<string, Delay>;

/** A turn that is expected later than this is far. Ms. */
const soon = 120_000;

/** One object for all calls, to save memory: thousands of keys may have calls in their lines. */
const left = new Error('the call has left this line');
const noDelays: Delays = new Map();

/**
 * Makes one call for askers with different keys. It stands in the line of each key. The first whose turn comes sends it, and
 * the call leaves the other lines before that, so they are not charged. If it then has to wait again, it stands in all lines again.
 */
export function race<T>(parts: RaceParts<T>): Promise<T> {
  return new Promise((resolve, reject) => new Race(parts, resolve, reject).begin());
}

class Race<T> {
  isOver = false;
  readonly #parts: RaceParts<T>;
  #sending: Entry<T> | undefined;
  readonly #resolve: (result: T) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #entries = new Map<string, Entry<T>>();
  #delays = noDelays;
  /** Keys with which the call cannot be made at all. */
  #hopeless: Map<string, unknown> | undefined;
  #stops: (() => void)[] = [];
  #isWaiting = false;
  #choosing: Promise<void> | undefined;

  constructor(parts: RaceParts<T>, resolve: (result: T) => void, reject: (reason: unknown) => void) {
    this.#parts = parts;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const { ask, listen } = this.#parts;
    const { signal } = ask;
    this.#stops = [listen(() => this.#choose()), ask.joined(() => this.#choose())];
    signal.addEventListener('abort', this, { once: true });
    if (signal.aborted) this.handleEvent();
    else this.#choose();
  }

  /** The call is given up. */
  handleEvent(): void {
    this.#fail(this.#parts.ask.signal.reason);
  }

  #fail(reason: unknown): void {
    if (this.#end()) this.#reject(reason);
  }

  /** Leaves all lines. Returns whether the race was not over yet. */
  #end(): boolean {
    if (this.isOver) return false;
    const { signal } = this.#parts.ask;
    this.isOver = true;
    for (const stop of this.#stops) stop();
    signal.removeEventListener('abort', this);
    for (const entry of this.#entries.values()) this.#leave(entry, signal.aborted ? signal.reason : left);
    return true;
  }

  #leave(entry: Entry<T>, reason: unknown = left): void {
    this.#entries.delete(entry.name);
    entry.ended.abort(reason);
  }

  /** Enters the lines of keys that may pay now, and leaves the others. */
  #choose(): void {
    this.#choosing = this.#chooseAfter(this.#choosing).catch((error: unknown) => this.#fail(error));
  }

  async #chooseAfter(running: Promise<void> | undefined): Promise<void> {
    await running;
    if (this.isOver || this.#sending) return;
    const wanted = await this.#parts.routes(this.#delays);
    if (this.isOver || this.#sending) return;
    const names = new Set(wanted.map(({ name }) => name));
    for (const entry of [...this.#entries.values()]) if (!names.has(entry.name)) this.#leave(entry);
    for (const route of wanted) this.#enter(route);
    const [reason] = this.#hopeless?.values() ?? [];
    if (this.#entries.size === 0) throw reason ?? new Error('no key');
  }

  #enter(route: Route<T>): void {
    if (this.#hopeless?.has(route.name)) return;
    const known = this.#entries.get(route.name);
    if (known) {
      known.serve(route);
      return;
    }
    const entry = new Entry(this, route);
    this.#entries.set(route.name, entry);
    route.call(entry).then(
      (result) => {
        if (this.#end()) this.#resolve(result);
      },
      (error: unknown) => this.#failed(entry, error),
    );
  }

  #failed(entry: Entry<T>, error: unknown): void {
    if (this.#entries.get(entry.name) !== entry) return;
    if (this.#sending === entry) {
      this.#fail(error);
      return;
    }
    // It was refused before its turn, as when the key allows too few calls in a day. Other keys may allow it.
    this.#hopeless ??= new Map();
    this.#hopeless.set(entry.name, error);
    this.#entries.delete(entry.name);
    this.#choose();
  }

  starts(entry: Entry<T>): void {
    this.#sending = entry;
    for (const other of [...this.#entries.values()]) if (other !== entry) this.#leave(other);
    this.#setDelay(entry, undefined);
    this.#tell(undefined);
    this.#parts.ask.starting?.();
  }

  waits(entry: Entry<T>, place: Place): void {
    const before = this.#delays.get(entry.name);
    const delay = delayOf(place, this.#parts.now());
    if (before !== delay) this.#setDelay(entry, delay);
    const isBack = this.#sending === entry;
    if (isBack) this.#sending = undefined;
    if (isBack || before !== delay) this.#choose();
    this.#tell(best([...this.#entries.values()].map((one) => one.place)));
  }

  #setDelay({ name }: Entry<T>, delay: Delay | undefined): void {
    if (!delay && !this.#delays.has(name)) return;
    const delays = new Map(this.#delays);
    if (delay) delays.set(name, delay);
    else delays.delete(name);
    this.#delays = delays.size > 0 ? delays : noDelays;
  }

  #tell(place: Place | undefined): void {
    if (!place && !this.#isWaiting) return;
    this.#isWaiting = place !== undefined;
    this.#parts.ask.waiting(place);
  }
}

/** Where a call stands in the line of one key, and how that line asks for it. */
class Entry<T> implements Ask {
  place: Place | undefined;
  readonly ended = new AbortController();
  readonly #race: Race<T>;
  #route: Route<T>;
  #heard: (() => void) | undefined;

  constructor(race: Race<T>, route: Route<T>) {
    this.#race = race;
    this.#route = route;
  }

  get name(): string {
    return this.#route.name;
  }

  get signal(): AbortSignal {
    return this.ended.signal;
  }

  /** Takes the askers whom the key serves now. */
  serve(route: Route<T>): void {
    this.#route = route;
    this.#heard?.();
  }

  asker(): Asker {
    return together(this.#route.askers);
  }

  askers(): readonly Asker[] {
    return this.#route.askers;
  }

  joined(heard: () => void): () => void {
    this.#heard = heard;
    return () => {
      this.#heard = undefined;
    };
  }

  starting(): void {
    this.#race.starts(this);
  }

  waiting(told: Place | undefined): void {
    if (!told || this.#race.isOver) return;
    this.place = told.for === 'key' && this.#route.isOwn ? { ...told, for: 'ownKey' } : told;
    this.#race.waits(this, this.place);
  }
}

const stuckReasons: ReadonlySet<Place['for']> = new Set(['key', 'ownKey', 'day', 'month']);

function delayOf({ for: reason, until }: Place, now: number): Delay | undefined {
  if (stuckReasons.has(reason)) return 'stuck';
  // All keys share an outage.
  return reason !== 'outage' && until !== undefined && until - now > soon ? 'far' : undefined;
}

/** The place that comes to its turn first, as far as can be told. */
function best(places: readonly (Place | undefined)[]): Place | undefined {
  const isRefused = ({ for: reason }: Place) => Number(reason === 'key' || reason === 'ownKey');
  const turnOf = ({ until = Number.MAX_VALUE }: Place) => until;
  return places
    .filter((place) => place !== undefined)
    .toSorted((a, b) => isRefused(a) - isRefused(b) || turnOf(a) - turnOf(b) || a.ahead - b.ahead)[0];
}
