/** What is to happen when a signal fires. One listener serves all of it, because adding or removing one of n listeners takes n steps. */
const actions = new WeakMap<AbortSignal, Set<{ act(): void }>>();

/** Calls `act` once when the signal fires. Returns a function that cancels it. Costs the same however many wait for that signal. */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const all = actions.get(signal) ?? listen(signal);
  // An object of its own, so that the same `act` can be there twice.
  const own = { act };
  all.add(own);
  return () => {
    all.delete(own);
  };
}

function listen(signal: AbortSignal): Set<{ act(): void }> {
  const all = new Set<{ act(): void }>();
  actions.set(signal, all);
  const fire = () => {
    for (const own of all) {
      all.delete(own);
      own.act();
    }
  };
  signal.addEventListener('abort', fire, { once: true });
  return all;
}
