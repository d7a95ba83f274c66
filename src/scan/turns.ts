/** Runs work of the same key one after another, in the order of the calls. `idle` resolves when nothing is running. */
export function createTurns() {
  const last = new Map<string, Promise<unknown>>();

  function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (last.get(key) ?? Promise.resolve()).then(work);
    const over = turn
      .catch(() => {})
      .then(() => {
        if (last.get(key) === over) last.delete(key);
      });
    last.set(key, over);
    return turn;
  }

  async function idle(): Promise<void> {
    while (last.size > 0) await Promise.all(last.values());
  }

  return Object.assign(inTurn, { idle });
}
