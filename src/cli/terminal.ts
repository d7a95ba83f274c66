import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';

type Format = Parameters<typeof styleText>[0];

/** Results go to standard output, everything else to standard error. */
export interface Terminal {
  print(text: string): void;
  complain(text: string): void;
  /** Lines below all others that the next ones replace; shown on a terminal only. */
  live(lines: readonly string[]): void;
  /** Whether live lines are shown. */
  isLive: boolean;
  /** The space for live lines. */
  room(): { columns: number; rows: number };
  /** The width of the output; undefined: it is not a terminal, so each result is one line. */
  columns: number | undefined;
  /** Whether a person can be asked. */
  canAsk: boolean;
  /** Asks a yes-or-no question. Any answer that does not begin with y means no. Rejects when the signal fires. */
  ask(question: string, signal: AbortSignal): Promise<boolean>;
  /** Colors a text if the output has colors. */
  style(format: Format, text: string): string;
}

export function openTerminal({ stdin, stdout, stderr, env } = process): Terminal {
  const update = createLogUpdate(stderr);
  const isLive = stderr.isTTY === true && env.TERM !== 'dumb';
  const colours = stdout.isTTY === true && !env.NO_COLOR && stdout.hasColors();
  let shown: readonly string[] = [];

  /** On one terminal both streams share the lines. */
  function above(write: () => void): void {
    if (shown.length > 0) update.clear();
    write();
    if (shown.length > 0) update(shown.join('\n'));
  }

  return {
    isLive,
    room: () => ({ columns: stderr.columns || 80, rows: stderr.rows || 24 }),
    print: (text) => above(() => stdout.write(`${text}\n`)),
    complain: (text) => above(() => stderr.write(`${text}\n`)),
    live(lines) {
      if (!isLive || (lines.length === 0 && shown.length === 0)) return;
      shown = lines;
      if (lines.length > 0) update(lines.join('\n'));
      else {
        update.clear();
        update.done();
      }
    },
    columns: stdout.isTTY ? stdout.columns || 80 : undefined,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    async ask(question, signal) {
      // It does not take over the keyboard, so that Ctrl-C remains a signal.
      const lines = createInterface({ input: stdin, output: stderr, terminal: false });
      const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
      try {
        const answer = await Promise.race([lines.question(question, { signal }), closed]);
        return /^y/i.test(answer.trim());
      } finally {
        lines.close();
      }
    },
    style: (format, text) => (colours ? styleText(format, text) : text),
  };
}
