import type { APIEmbed } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { toneOf } from '../../verdict/verdict.ts';
import type { Ring } from './ring.ts';
import type { JudgedView, Picture } from './view.ts';

/** Returns the ring of a file; undefined if no engine has an opinion on it. */
function ringOf({ judgement }: JudgedView): Ring | undefined {
  if (!judgement || judgement.counts.opinions === 0) return undefined;
  const { counts } = judgement;
  return { tone: toneOf(judgement), flagged: counts.flagged, opinions: counts.opinions };
}

const filenameOf = ({ tone, flagged, opinions }: Ring) => `ring-${tone}-${flagged}-${opinions}.png`;
const urlOf = (filename: string) => `attachment://${filename}`;

/** The card with its ring beside it. */
export function withRing(embed: APIEmbed, view: JudgedView, wanted: boolean): APIEmbed {
  const ring = wanted && ringOf(view);
  return ring ? { ...embed, thumbnail: { url: urlOf(filenameOf(ring)) } } : embed;
}

/** The files that these embeds show, each once. */
export function picturesOf(views: readonly JudgedView[], embeds: readonly APIEmbed[], { card }: Locale): Picture[] {
  const shown = new Set(embeds.flatMap(({ thumbnail }) => thumbnail?.url ?? []));
  const pictures = views.flatMap((view) => {
    const ring = ringOf(view);
    return ring ? [{ filename: filenameOf(ring), description: card.ring(ring.flagged, ring.opinions), ring }] : [];
  });
  const byName = new Map(pictures.map((picture) => [picture.filename, picture]));
  return Array.from(byName.values()).filter(({ filename }) => shown.has(urlOf(filename)));
}
