import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { Token } from '../../scan/token.ts';
import { customId } from '../controls/ids.ts';
import { type Message, messageOf } from './view.ts';

/** Renders the last edit of a private reply: a button that shows the results in a new reply, and the tokens. */
export function renderLater(reply: string, tokens: readonly Token[], locale: Locale): Message {
  const button: APIButtonComponent = {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: locale.reply.showResult,
    custom_id: customId({ kind: 'show', reply }),
  };
  return messageOf({
    content: [locale.reply.stillWorking, locale.reply.orByToken(tokens)].join('\n'),
    components: [{ type: ComponentType.ActionRow, components: [button] }],
  });
}
