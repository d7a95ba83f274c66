import type { Locale } from '../../locales/en-US.ts';
import { code, fileName } from '../cards/text.ts';
import type { Message } from '../cards/view.ts';
import type { Case, CasePost } from './case.ts';

/** What the author of a deleted message is told privately, and by what that is found again. */
export function letterTo({ files }: Case, { message, channel }: CasePost, server: string, { alerts, card }: Locale) {
  const names = files.slice(0, 5).map(({ name }) => fileName(name));
  const [token = ''] = files.map((file) => file.token);
  const content = [alerts.toAuthor(names.join(', '), `<#${channel}>`, code(server, 60)), `-# ${card.token(token)}`];
  const letter: Message = { content: content.join('\n'), embeds: [], components: [], allowed_mentions: { parse: [] } };
  return { message: letter, nonce: `d${message}`, mark: token, after: message };
}
