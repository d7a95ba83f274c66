import { randomBytes } from 'node:crypto';
import type { Usage } from '../scan/ports.ts';
import {
  booked,
  type CallTable,
  counted,
  freeAfter,
  freeSlots,
  type KeyState,
  newKey,
  ownHeads,
  parsed,
  recounted,
  releases,
  renewInterval,
  rested,
  retryInterval,
  type Self,
  settle,
  usedAt,
  waitIn,
  withProcess,
} from './keyState.ts';
import { allowedBy, type Limits, lower, type Used } from './limits.ts';
import type { Rank, Wanted } from './priority.ts';
import { createAlarm, type Timers } from './timers.ts';

/** A write is tried again if another process has written first. More failures than this mean that something is broken. */
const mostTries = 1_000;
/** In ms. */
const leastWait = 20;

/** The right to send one call. It ends with the limiter's `answered` or `giveBack`. */
export interface Ticket extends Wanted {
  /** The table's time: ms since the epoch. */
  bookedAt: number;
}

interface LimiterOptions {
  table: CallTable;
  key: string;
  timers: Timers;
  limits: Limits;
  mayRaise: boolean;
  /** Called when a call may fit that did not fit before. */
  changed(): void;
  /** Called when the table cannot be read or written. */
  failed(error: unknown): void;
}

/** Counts the calls of a key against its minute, day and month, together with all other processes that have the key. */
export class Limiter {
  /** The configured limits, or the service's where those are lower, or higher if they may be. */
  limits: Limits;
  isBooking = false;
  readonly #options: LimiterOptions;
  readonly #me: Self = { id: randomBytes(8).toString('hex'), inFlight: 0, slots: 0 };
  readonly #wakeWithin: (ms: number) => void;
  /** As last read or written. */
  #state = newKey;
  /** How much the table's clock is ahead of this process', in ms. */
  #ahead = 0;
  /** Changes that the table has not been told yet. If it cannot be written now, nothing of them is lost. */
  #late: ((state: KeyState) => KeyState)[] = [];
  #writing: Promise<unknown> | undefined;
  #telling: Promise<void> | undefined;
  /** The ranks with which this process stands in the table's line; undefined when the last write failed. */
  #published: string | undefined = '';
  /** Whether the ranks in the line have to wait for something that has not happened yet. */
  #mustWait = false;
  #isRenewing = false;

  constructor(options: LimiterOptions) {
    this.#options = options;
    this.limits = options.limits;
    this.#wakeWithin = createAlarm(options.timers, () => this.reconsider());
  }

  /** The calls of all processes today and this month, as last read. */
  used(): Used {
    return usedAt(this.#state, this.#now());
  }

  /** The free slots of the minute, as last read. */
  free(): number {
    return freeSlots(settle(this.#state, this.#now(), this.#me.id), this.#me, this.limits);
  }

  /** The cost of this process's calls that are booked and not answered. */
  inFlight(): number {
    return this.#me.inFlight;
  }

  /** When the taken slots come free: ms since the epoch, soonest first, one figure a slot. */
  releases(): number[] {
    return releases(this.#state, this.#now());
  }

  /** The table's time: ms since the epoch. */
  #now(): number {
    return this.#options.timers.now() + this.#ahead;
  }

  /** Reads what earlier and other processes have used. */
  open(): Promise<void> {
    return this.#change((state) => [state, undefined]);
  }

  /** Has the next `book` ask the table again. */
  reconsider(): void {
    this.#mustWait = false;
    this.#options.changed();
  }

  /**
   * Books a call, one at a time. `waiting` are the ranks of the line, and `wanted` chooses the first call of each. Resolves with
   * undefined if none of them may go; `changed` is called when one may. Never rejects.
   */
  async book(waiting: readonly Rank[], wanted: () => readonly Wanted[]): Promise<Ticket | undefined> {
    if (this.isBooking) return undefined;
    const [ranks, published] = [waiting.join(), this.#published];
    const isNew = published !== undefined && ranks !== published;
    const isIdle = ranks === '' && published === '';
    if (this.#mustWait ? !isNew : isIdle) return undefined;
    this.isBooking = true;
    this.#mustWait = false;
    try {
      const { goes, at } = await this.#change((state, now) => {
        const [after, goes] = booked(state, now, this.#me, this.limits, wanted());
        return [after, { goes, at: now }];
      });
      const heads = ownHeads(this.#state, this.#me);
      this.#published = heads.map(({ rank }) => rank).join();
      this.#renewLater();
      if (goes) return this.#ticketOf(goes);
      if (heads.length > 0) this.#waitFor(waitIn(this.#state, at, this.#now(), this.#me, this.limits));
    } catch (error) {
      this.#options.failed(error);
      this.#published = undefined;
      this.#waitFor(retryInterval);
    } finally {
      this.isBooking = false;
    }
    return undefined;
  }

  #ticketOf({ rank, cost }: Wanted): Ticket {
    this.#me.inFlight += cost;
    this.#me.slots += cost;
    return { rank, cost, bookedAt: this.#now() };
  }

  #waitFor(ms: number): void {
    this.#mustWait = true;
    this.#wakeWithin(Math.max(leastWait, ms));
  }

  /** To be called when the service has answered the call or the call has failed. Its slots stay taken for a minute. */
  answered({ cost }: Ticket): void {
    const now = this.#now();
    const freeAt = freeAfter(now, this.limits.perMinute);
    this.#me.inFlight -= cost;
    this.#options.timers.after(freeAt - now, () => this.#free(cost));
    this.#tell((state) => rested(state, freeAt, cost));
  }

  /** To be called instead if the call was not sent. */
  giveBack({ cost, bookedAt }: Ticket): void {
    this.#me.inFlight -= cost;
    this.#tell((state) => counted(state, bookedAt, -cost));
    this.#free(cost);
  }

  #free(slots: number): void {
    this.#me.slots -= slots;
    this.reconsider();
  }

  /** Renews this process's entry in the table and writes the changes in `#late`. Several requests share a write. */
  #tell(late?: (state: KeyState) => KeyState): void {
    if (late) this.#late.push(late);
    this.#telling ??= this.#write();
    this.#renewLater();
  }

  async #write(): Promise<void> {
    await this.#writing;
    this.#telling = undefined;
    await this.#change((state, now) => [withProcess(state, now, this.#me, ownHeads(state, this.#me)), undefined]).catch(
      this.#options.failed,
    );
  }

  #renewLater(): void {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    this.#options.timers.after(renewInterval, () => {
      this.#isRenewing = false;
      if (this.#me.inFlight > 0 || this.#published !== '' || this.#late.length > 0) this.#tell();
    });
  }

  /** Adopts the service's limits and counts, which were asked for at `since`. Call `reconsider` afterwards. */
  async recount(usage: Usage, since: number): Promise<void> {
    const { limits: configured, mayRaise, timers } = this.#options;
    const told = allowedBy(usage, configured);
    this.limits = mayRaise ? told : lower(told, configured);
    await this.#change((state, now) => [recounted(state, now, usage, since + now - timers.now()), undefined]);
  }

  /** Leaves the line. Calls in flight keep their slots until this process counts as lost. */
  async close(): Promise<void> {
    await this.#telling;
    if (this.#published === '' && this.#late.length === 0) return;
    await this.#change((state, now) => [withProcess(state, now, this.#me, []), undefined]).catch(this.#options.failed);
  }

  /** Changes the row of the key. `edit` runs again if another process was faster. One change runs at a time. */
  #change<Result>(edit: (state: KeyState, now: number) => [KeyState, Result]): Promise<Result> {
    const changed = this.#changeAfter(this.#writing, edit);
    this.#writing = changed.catch(() => {});
    return changed;
  }

  async #changeAfter<Result>(
    running: Promise<unknown> | undefined,
    edit: (state: KeyState, now: number) => [KeyState, Result],
  ): Promise<Result> {
    await running;
    const { table, key, timers } = this.#options;
    for (let tries = 0; tries < mostTries; tries++) {
      // An answer may come late. Counted from the question, a slot may rest longer than it must, and never shorter.
      const asked = timers.now();
      const row = await table.read(key);
      this.#ahead = row.now - asked;
      const told = this.#late.length;
      const settled = settle(parsed(row.state), row.now, this.#me.id);
      const [after, result] = edit(
        this.#late.reduce((state, add) => add(state), settled),
        row.now,
      );
      const text = JSON.stringify(after);
      if (text !== row.state && !(await table.replace(key, row.version, text))) continue;
      this.#state = after;
      this.#late.splice(0, told);
      return result;
    }
    throw new Error('other processes always write first');
  }
}
