/**
 * The actions to run when a signal fires. One listener runs them all, because adding or removing one of n listeners takes n
 * steps.
 */
const actions = new WeakMap<AbortSignal, Set<{ act(): void }>>();

/**
 * Calls `act` once when the signal fires. Returns a function that cancels it. Its cost does not grow with the number of
 * actions.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const all = actions.get(signal) ?? listen(signal);
  // A new object, so that the same `act` can be registered twice.
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
