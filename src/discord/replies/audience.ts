import type { Token } from '../../scan/token.ts';
import type { View } from '../cards/view.ts';

/** A reply that shows scans and is told when they change. */
export interface Listener {
  /** The latest state of each scan that it shows. */
  views: Map<Token, View>;
  /** Called after `views` has changed. */
  touch(): void;
}

/** Knows which listeners show which scans. */
export interface Audience<One extends Listener> {
  /** Passes the news of a scan to the listeners that show it. */
  tell(view: View): void;
  /** Makes the listener show the scan. It starts with the latest news, or with the result of `known` if there is none. */
  join(listener: One, token: Token, known: () => Promise<View | undefined>): Promise<void>;
  leave(listener: One, token: Token): void;
}

export function createAudience<One extends Listener>(): Audience<One> {
  const listeners = new Map<Token, Set<One>>();
  /** The latest news of every scan that is not settled, for listeners that join later. */
  const news = new Map<Token, View>();

  return {
    tell(view) {
      const { token, stage } = view.scan;
      if (stage === 'settled') news.delete(token);
      else news.set(token, view);
      for (const listener of listeners.get(token) ?? []) {
        listener.views.set(token, view);
        listener.touch();
      }
    },
    async join(listener, token, known) {
      listeners.set(token, (listeners.get(token) ?? new Set()).add(listener));
      const view = news.get(token) ?? (await known());
      if (view && !listener.views.has(token)) listener.views.set(token, view);
    },
    leave(listener, token) {
      const all = listeners.get(token);
      all?.delete(listener);
      if (all?.size === 0) listeners.delete(token);
    },
  };
}
