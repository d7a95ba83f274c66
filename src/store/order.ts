export interface Order {
  /** Runs the tasks of one key one after another, in the order of the calls; those of different keys go side by side. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

/** SQLite's statements run on a thread pool, which keeps no order of its own. */
export function inOrder(): Order {
  const latest = new Map<string, Promise<unknown>>();

  function run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const turn = latest.get(key) ?? Promise.resolve();
    const done = turn.then(task, task);
    const forget = () => {
      if (latest.get(key) === done) latest.delete(key);
    };
    latest.set(key, done);
    done.then(forget, forget);
    return done;
  }

  async function idle(): Promise<void> {
    while (latest.size > 0) await Promise.allSettled(latest.values());
  }

  return { run, idle };
}
