import { type APIModalInteractionResponseCallbackData, ButtonStyle, ComponentType, TextInputStyle } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { code, moment } from '../cards/text.ts';
import { button, configId, type Row, row } from './controls.ts';
import type { GuildSettings } from './settings.ts';
import type { Lending, ShownKey } from './shownKey.ts';
import type { Trouble } from './troubles.ts';

/** The state of a server's own key. `key` is undefined if it has none. */
export interface KeyStanding {
  key: ShownKey | undefined;
  lending: Lending;
}

/** The name of the form's input. */
export const keyInput = 'key';
/** Characters. Keys have 64. */
const longestTyped = 200;

/** The page of the panel about the server's own VirusTotal key. */
export function keyPage({ key, lending }: KeyStanding, { config }: Locale): { description: string; rows: Row[] } {
  const { serverKey: words } = config;
  const enter = button(key ? words.replace : words.enter, configId('key', 'enter'), ButtonStyle.Primary);
  if (!key) {
    const description = [words.about, words.none[lending], `-# ${words.get}`].join('\n');
    return { description, rows: [row(enter)] };
  }
  const { lastFour, by, at, limits, isUnchecked, mayFallBack, isReadable } = key;
  const { perMinute, perDay, perMonth } = limits;
  const lines = [
    words.about,
    words.set(code(lastFour, lastFour.length), `<@${by}>`, moment(at)),
    isReadable ? words[isUnchecked ? 'unchecked' : 'limits'](perMinute, perDay, perMonth) : words.unreadable,
  ];
  const fallBack = button(
    `${words.fallBack}: ${mayFallBack ? config.on : config.off}`,
    configId('key', 'fallBack', mayFallBack ? 'off' : 'on'),
    mayFallBack ? ButtonStyle.Success : ButtonStyle.Secondary,
    lending === 'off',
  );
  const remove = button(words.remove, configId('key', 'remove'), ButtonStyle.Danger);
  return { description: lines.join('\n'), rows: [row(enter, remove), row(fallBack)] };
}

/** The form in which a moderator enters a key. Discord shows it to nobody else. */
export function keyForm({ config: { serverKey } }: Locale): APIModalInteractionResponseCallbackData {
  const { title, label, about } = serverKey.form;
  return {
    custom_id: configId('keyEntered'),
    title,
    components: [
      {
        type: ComponentType.Label,
        label,
        description: about,
        component: {
          type: ComponentType.TextInput,
          custom_id: keyInput,
          style: TextInputStyle.Short,
          required: true,
          max_length: longestTyped,
        },
      },
    ],
  };
}

/** The troubles with the server's key. */
export function keyTroubles({ key, lending }: KeyStanding, { watch }: GuildSettings): Trouble[] {
  if (key) return key.isReadable ? [] : [{ kind: 'keyUnreadable' }];
  return lending !== 'all' && watch !== 'none' ? [{ kind: 'needsKey' }] : [];
}
