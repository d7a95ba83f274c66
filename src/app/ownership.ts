import type { Lease } from '../scan/ports.ts';
import { StoreRefused } from '../store/refused.ts';
import type { Store } from '../store/store.ts';

/** Whatever came to the bot through Discord is owned under this name: replies, watched messages, cases, notices. */
const botLease = 'bot';

/** Makes this process the only bot of the store. Throws `StoreRefused` while another one lives. */
export async function takeOver({ leases }: Store): Promise<Lease> {
  const lease = await leases.take(botLease);
  if (lease) return lease;
  const other = (await leases.holder(botLease)) ?? 'another process';
  throw new StoreRefused(
    `A bot is running on this store already: ${other}. Stop it, or choose another DATA_DIR. The command line may run beside it.`,
  );
}

/** The store as the bot's parts use it: nothing is written any more once another bot has taken over. */
export function under(lease: Lease, store: Store): Store {
  return { ...store, collection: (name, schema, options) => store.collection(name, schema, { lease, ...options }) };
}

/** Resolves with words for the operator when another bot has taken over, unless this one has stopped before. */
export async function lossOf({ name, lost }: Lease, { leases }: Store, stop: AbortSignal): Promise<string> {
  await new Promise<void>((resolve) => {
    const tell = () => stop.aborted || resolve();
    lost.addEventListener('abort', tell, { once: true });
  });
  const other = await leases.holder(name).catch(() => undefined);
  return `Another bot has taken over this store while this one was not answering: ${other ?? 'another process'}.`;
}
