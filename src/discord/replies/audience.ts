import type { Token } from '../../scan/token.ts';
import type { View } from '../cards/view.ts';

/** Somebody who shows scans and hears of their news. */
export interface Listener {
  views: Map<Token, View>;
  touch(): void;
}

/** Who shows which scans. */
export interface Audience<One extends Listener> {
  tell(view: View): void;
  /** From now on it hears of that scan, beginning with the last news or else with `known`. */
  join(listener: One, token: Token, known: () => Promise<View | undefined>): Promise<void>;
  leave(listener: One, token: Token): void;
}

export function createAudience<One extends Listener>(): Audience<One> {
  const listeners = new Map<Token, Set<One>>();
  /** The last news of every scan that is not settled, for those who begin to show it later. */
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
