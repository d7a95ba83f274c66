import { styleText } from 'node:util';
import wrapAnsi from 'wrap-ansi';

interface Embed {
  title?: string | undefined;
  description?: string | undefined;
  color?: number | undefined;
}

interface Button {
  label?: string | undefined;
  placeholder?: string | undefined;
}

/** What a message must have to be drawn. */
export interface Drawable {
  content: string;
  embeds: readonly Embed[];
  components: readonly { components: readonly Button[] }[];
}

/** A Discord message for a terminal of so many columns: embeds with their bar of colour, buttons in brackets. */
export function drawMessage(message: Drawable, columns: number, now: number): string {
  const rows = message.components.map(({ components }) => components.map(drawButton).join(' '));
  return [...paragraph(message.content, now), ...message.embeds.map((embed) => drawEmbed(embed, columns, now)), ...rows]
    .filter((part) => part !== '')
    .join('\n');
}

function drawEmbed({ title, description, color }: Embed, columns: number, now: number): string {
  const text = [title && style('bold', title), ...paragraph(description ?? '', now)].filter(Boolean).join('\n');
  const bar = inColour(color ?? 0x99aab5, '▌ ');
  const lines = wrapAnsi(text, Math.max(20, columns - 4), { hard: true, trim: false }).split('\n');
  return lines.map((line) => `${bar}${line}`).join('\n');
}

const drawButton = ({ label, placeholder }: Button) => style('inverse', ` ${label ?? `${placeholder ?? ''} ▾`} `);

/** The markdown that our replies use. */
function paragraph(text: string, now: number): string[] {
  if (text === '') return [];
  return [
    text
      .replace(/^-# /gm, '')
      .replace(/\*\*(.+?)\*\*/g, (_, bold) => style('bold', bold))
      .replace(/`([^`\n]+)`/g, (_, code) => style('cyan', code))
      .replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
      .replace(/<t:(\d+)(?::([A-Za-z]))?>/g, (_, seconds, style) => moment(Number(seconds) * 1000, style, now)),
  ];
}

function moment(ms: number, style: string | undefined, now: number): string {
  if (style === 'd') return new Date(ms).toLocaleDateString('en-GB');
  if (style !== 'R') return new Date(ms).toLocaleString('en-GB');
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const;
  const [unit, length] = units.find(([, size]) => Math.abs(ms - now) >= size) ?? (['second', 1_000] as const);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round((ms - now) / length), unit);
}

/** `styleText` of Node 20 writes its codes into files and pipes too. */
export function style(format: Parameters<typeof styleText>[0], text: string): string {
  return hasColours() ? styleText(format, text) : text;
}

const hasColours = () => process.stdout.isTTY && process.stdout.hasColors();

function inColour(rgb: number, text: string): string {
  if (!hasColours()) return text;
  return `\u001b[38;2;${(rgb >> 16) & 255};${(rgb >> 8) & 255};${rgb & 255}m${text}\u001b[39m`;
}
