import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { list, number } = format;

const engines = '杀毒引擎对它报毒。你可能并不知情，引擎也可能误报。请给发出它的设备杀毒。';
/** Why a member lost something because of a file, and what they can do. */
const becauses = {
  malicious: engines,
  suspicious: engines,
  unwanted: engines,
  misleading: '它的文件名让它看上去像另一种文件。如果不是有意的，请改名。',
  locked: '它已加密，没有人能检查里面的内容。请发送不带密码的版本。',
  failed: '无法检查它是不是恶意软件。',
  blocked: '管理员已把这个文件拉黑。',
};

export const toAuthor: Locale['alerts']['toAuthor'] = {
  deleted: (count, channels) => `你在 ${list(channels)} 发送的${count === 1 ? '' : ` ${number(count)} 条`}消息已被删除`,
  timedOut: (until) => `你被禁言到 ${until}`,
  quarantined: '你被隔离，直到管理员解除',
  kicked: '管理员将把你移出服务器',
  banned: '管理员将封禁你',
  letter: (server, what, files, outcome) =>
    `来自服务器 ${server} 的通知：因为 ${list(files)}，${what.join('，')}。${becauses[outcome]}`,
  hijacked: (server, what) =>
    `来自服务器 ${server} 的通知：${what.join('，')}。你的账号同时向多个频道发送了文件，这是账号被盗的典型表现。如果不是你本人操作，请修改 Discord 密码，并在“已授权的 APP”中移除不认识的应用。`,
  reference: (id) => `编号 \`${id}\``,
  appeal: (words) => `管理员留言：\n${words.replaceAll(/^/gm, '> ')}`,
  noAppeal: '如果这个文件是你自己做的，请告诉该服务器的管理员，他们可以将它设为信任。',
};
