import { Heap } from './heap.ts';

/** What the order of calls is made of. */
export interface Queued {
  /** Whose turn it is: a server, or a person outside all servers. */
  party: string;
  /** When the file was first asked for: ms since the epoch. */
  since: number;
  /** Settles ties: counts up. */
  arrival: number;
}

interface Entry<Call> {
  call: Call;
  since: number;
  arrival: number;
}
interface Party<Call> {
  name: string;
  /** Its place among the parties when it was put there; it may have been served since. */
  served: number;
  /** Settles ties: counts up. */
  joined: number;
  entries: Heap<Entry<Call>>;
}

const older = <Call>(a: Entry<Call>, b: Entry<Call>) =>
  a.since < b.since || (a.since === b.since && a.arrival < b.arrival);

/**
 * Calls of one rank: the party served least recently goes first, with its oldest file, whatever that file's stage. A call
 * that leaves is forgotten at once and its entry dropped when it surfaces, so that no step looks at all calls.
 */
export class Lane<Call extends Queued> {
  readonly #entries = new Map<Call, Entry<Call>>();
  readonly #parties = new Map<string, Party<Call>>();
  readonly #order = new Heap<Party<Call>>(
    (a, b) => a.served < b.served || (a.served === b.served && a.joined < b.joined),
  );
  #joined = 0;
  readonly #served: (party: string) => number;

  /** `served` numbers the parties by when they were last served: it only grows. */
  constructor(served: (party: string) => number) {
    this.#served = served;
  }

  get size(): number {
    return this.#entries.size;
  }

  calls(): Call[] {
    return [...this.#entries.keys()];
  }

  has(call: Call): boolean {
    return this.#entries.has(call);
  }

  add(call: Call): void {
    const entry = { call, since: call.since, arrival: call.arrival };
    this.#entries.set(call, entry);
    const party = this.#parties.get(call.party) ?? this.#join(call.party);
    party.entries.push(entry);
  }

  delete(call: Call): void {
    this.#entries.delete(call);
  }

  first(): Call | undefined {
    for (let party = this.#order.peek(); party; party = this.#order.peek()) {
      const entry = this.#oldest(party);
      const served = this.#served(party.name);
      if (entry && party.served === served) return entry.call;
      this.#order.pop();
      party.served = served;
      if (entry) this.#order.push(party);
      else this.#parties.delete(party.name);
    }
    return undefined;
  }

  #join(name: string): Party<Call> {
    this.#joined += 1;
    const party = { name, served: this.#served(name), joined: this.#joined, entries: new Heap<Entry<Call>>(older) };
    this.#parties.set(name, party);
    this.#order.push(party);
    return party;
  }

  #oldest({ entries }: Party<Call>): Entry<Call> | undefined {
    for (let entry = entries.peek(); entry; entry = entries.peek()) {
      if (this.#entries.get(entry.call) === entry) return entry;
      entries.pop();
    }
    return undefined;
  }
}
