import type { Locale } from '../en-US.ts';
import { acts } from './acts.ts';
import { format } from './format.ts';
import { toAuthor } from './letters.ts';
import { notices } from './notices.ts';

const { list, number } = format;

/** What a file is called before its name. */
const kinds = {
  malicious: '恶意文件',
  suspicious: '可疑文件',
  unwanted: '风险软件',
  misleading: '伪装文件名',
  locked: '已加密、无法检查的文件',
  failed: '未能扫描的文件',
  blocked: '本服务器已拉黑的文件',
};

const posters = { member: '', bot: '机器人 ', webhook: 'Webhook ' };

const about = (plain: string, what: string) => [plain, what].filter(Boolean).join(' ');

export const alerts: Locale['alerts'] = {
  title: {
    malicious: '恶意文件',
    suspicious: '可疑文件',
    unwanted: '风险软件',
    misleading: '文件名有伪装',
    locked: '加密文件，无法检查',
    failed: '未能扫描',
  },
  linkTitle: { malicious: '恶意链接', suspicious: '可疑链接' },
  hijackedTitle: '账号被盗？',
  hijacked: (who, what, channels, seconds) =>
    `${who} 在 ${Math.max(1, seconds)} 秒内向 ${list(channels)} 发送了${what}`,
  spree: (shared, areImages, areSame) => {
    if (areSame) return '同一个文件';
    if (shared === 0) return '清一色的图片';
    return `名称和大小相同的 ${number(shared)} ${areImages ? '张图片' : '个文件'}`;
  },
  compared: {
    waiting: (what) => `🔎 正在比对 ${what}，比对完之前不会自动处理。`,
    other: (what) => `❗ 三个频道中的内容并不相同，因此没有自动处理 ${what}。`,
    lost: (what) => `❗ 文件已不在或过大，无法比对，因此没有自动处理 ${what}。`,
  },
  by: (who, kind, isForward) => `${posters[kind]}${who} ${isForward ? '转发' : '发送'}`,
  place: (channel, link) => `${channel}（[消息](${link})）`,
  posted: (by, places, more) => `${by}于 ${places.join('、')}${more ? ` ${more}` : ''}`,
  created: (when) => `账号创建于 ${when}`,
  joined: (when) => `加入于 ${when}`,
  left: '已不在服务器中',
  flaggedBefore: (count) => (count === 0 ? '此前没有触发过警报' : `此前触发过 ${number(count)} 次警报`),
  copies: (count) => `**共发送 ${number(count)} 次**`,
  more: (count) => `另有 ${number(count)} 个`,
  and: (names, more) => list(more > 0 ? [...names, `另外 ${number(more)} 个`] : names),
  messages(count, people, channels) {
    const what = count === 1 ? '消息' : ` ${number(count)} 条消息`;
    return people ? `${people} 在 ${channels} 发送的${what}` : `${channels} 中的${what}`;
  },
  gone: (what) => `${what}已被作者或其他人删除。`,
  onlyAlert: '没有自动采取任何措施。',

  acts,
  choices: {
    plain: '',
    tenMinutes: '',
    hour: '',
    day: '',
    fourWeeks: '',
    purge: '并删除其最近一小时的消息',
    anyway: '尽管有多个引擎认定为恶意软件',
    falseAlarm: '误报',
    handled: '已处理',
    harmless: '无害，或是自己人的文件',
  },
  already: (plain, what) => `无需再${about(plain, what)}：已经有人先处理了。`,
  underWay: (plain, what, who) => `正在进行：${about(plain, what)}${who ? `（由 ${who} 发起）` : ''}`,
  couldNot: (who, plain, what) => `${who ? `${who} ` : ''}未能${about(plain, what)}：`,
  hindrances: {
    lacksManageMessages: '机器人在该频道缺少 **管理消息** 权限。',
    lacksModerateMembers: '机器人缺少 **暂时禁言成员** 权限。',
    lacksKickMembers: '机器人缺少 **踢出成员** 权限。',
    lacksBanMembers: '机器人缺少 **封禁成员** 权限。',
    lacksManageRoles: '机器人需要 **管理身份组** 权限，而且它的身份组要排在隔离身份组之上。',
    outranked: '该成员的最高身份组不低于机器人的，或不低于发起操作的管理员的。',
    staff: '该成员是这里的管理员，需要由你们决定。',
    presserLeft: '发起操作的管理员已不在服务器中。',
    memberLeft: '对方已不在服务器中。',
    notAMember: '它是由 Webhook 发送的。',
    noAccess: '机器人看不到该频道。',
    noRole: '本服务器没有隔离身份组，请用 `/vtconfig` 选择一个。',
    listFull: '名单已满，请先用 `/vtconfig` 移除一个文件。',
    closed: '对方不接收私信。',
    tooLate: '时间已经过了。',
    needless: '没有需要做的。',
    refused: 'Discord 拒绝了。',
  },

  moreActs: '更多…',
  moreAbout: '还想做什么？',
  nothingMore: '对于此警报，你没有其他可做的操作。',
  nothingLeft: '没有可做的了：已经完成，或正在进行。',
  ask: (plain, what) => `**${about(plain, what)}？**`,
  choose: { people: '选择成员', messages: '选择消息', files: '选择文件' },
  chooseFirst: '请在下面选择。',
  onlyForwarded: (who) => `以下成员只是转发，可能是为了提醒别人，默认不处理：${who}。`,
  othersLater: (count) => `完成后还可以继续处理另外 ${number(count)} 个。`,
  elsewhere: (count) => `另有 ${number(count)} 条消息在你无权删除的频道里。`,
  changed: '你打开之后，警报有了变化，请再看一遍：',
  leave: '如果不想改变什么，忽略这条消息即可。',
  reallyTrust: (what, count) =>
    `**有 ${count} 个相互独立的引擎认定 ${what} 是恶意软件。** 一旦信任，这里就不会再有人收到关于它的提醒。仍要信任吗？`,
  twoFactor: '本服务器要求管理员启用双重认证。Discord 不会告诉机器人谁启用了，所以 vtscan 无法核实你是否启用。',
  confirm: {
    plain: (button) => button.replace('…', ''),
    tenMinutes: () => '10 分钟',
    hour: () => '1 小时',
    day: () => '1 天',
    fourWeeks: () => '28 天',
    purge: () => '封禁并删除最近一小时消息',
    anyway: () => '仍要信任',
    falseAlarm: () => '误报',
    handled: () => '已处理',
    harmless: () => '无害或自己人的文件',
  },
  noted: '已记下，结果会显示在警报里。',
  notAllowed: (permission, role) => `此操作需要 **${permission}** 权限${role ? `或身份组 ${role}` : ''}。`,
  noQuarantineRole: '本服务器没有隔离身份组，请先用 `/vtconfig` 选择一个。',
  unknownCase: '此警报已过期：按钮只在 30 天内有效。',
  reason: (outcome, name, flagged, opinions) =>
    `vtscan：${kinds[outcome]} ${name}${flagged > 0 ? `（${flagged}/${opinions} 个引擎报毒）` : ''}`,
  hijackedReason: (what) => `vtscan：同时在多个频道发送${what}，疑似账号被盗`,
  pressReason: (who, name) => `vtscan：${who} 按下按钮，起因是 ${name}`,

  toAuthor,
  fallback: notices.fallback,
  troubles: notices.troubles,
  troubleOver: notices.troubleOver,
  quotaUsedUp: notices.quotaUsedUp,
};
