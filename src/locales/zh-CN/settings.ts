import type { Locale } from '../en-US.ts';
import { fields } from './fields.ts';
import { format } from './format.ts';
import { troubles } from './permissions.ts';
import { serverKey } from './serverKey.ts';

const { number } = format;

export const config: Locale['config'] = {
  title: (section) => `设置 · ${section}`,
  choose: '选择分类',
  sections: {
    overview: '概览',
    watching: '监控',
    files: '扫描与上传',
    flagged: '处理方式',
    unjudged: '处理方式：其他文件',
    accounts: '处理方式：账号',
    actions: '机器人如何处理',
    verdicts: '判定标准',
    alerts: '警报与管理员',
    language: '语言',
    trust: '信任的文件',
    block: '拉黑的文件',
    key: 'VirusTotal 密钥',
    skipped: '略过的文件',
    record: '记录、导出与重置',
  },
  fields,
  serverKey,
  on: '开',
  off: '关',
  none: '无',
  engines: (count) => `${count} 个引擎`,
  steps: {
    mark: '标记',
    reply: '回复',
    alert: '发出警报',
    delete: '删除消息',
    timeOut: '禁言发送者',
    quarantine: '隔离发送者',
    kick: '踢出发送者',
    ban: '封禁发送者',
  },
  nothing: '什么也不做',
  timeOuts: { tenMinutes: '10 分钟', hour: '1 小时', day: '1 天', fourWeeks: '28 天' },

  lists: {
    about: {
      trust: '无论引擎怎么说，这些文件在这里都不会触发警报。',
      block: '这些文件在这里直接按恶意处理，不询问 VirusTotal。',
    },
    count: (count) => `${number(count)} 个文件`,
    entry: (name, sha256, by, when) => `${name} · ${sha256} · ${by} ${when}`,
    add: '添加文件',
    addTitle: { trust: '信任文件', block: '拉黑文件' },
    sha256: 'SHA-256',
    aboutSha256: '64 个十六进制字符，扫描结果中显示在令牌下方。',
    name: '名称',
    aboutName: '在名单中显示的名称',
    remove: '从名单中移除',
    previous: '上一页',
    next: '下一页',
    page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
    notASha256: '不是 SHA-256：应为 64 个十六进制字符',
    full: (most) => `名单已满（${most} 个文件），请先移除一些。`,
  },

  skipped: {
    about: '监控频道中最近没有扫描的文件，以及原因。',
    entry: (name, channel, when, why) => `${name} · ${channel} ${when}\n-# ${why}`,
    reasons: {
      image: '确实是图片。',
      audio: '确实是音频。',
      video: '确实是视频。',
      text: '是纯文本。',
      exemptRole: '发送者拥有不监控的身份组。',
      exemptChannel: '在不监控的频道中。',
      exemptBot: '由机器人发送，而机器人不在监控之列。',
      exemptWebhook: '由 Webhook 发送，而 Webhook 不在监控之列。',
      manyLinks: '等待 VirusTotal 的链接太多，文件优先。',
    },
  },

  overview: {
    line: (label, value) => `**${label}：** ${value}`,
    watching: '监控',
    nowhere: '还没有：请在 **监控** 中选择频道，或按 **快速设置**',
    everywhere: '所有频道',
    except: (channels) => `，除了 ${channels}`,
    alerts: '警报',
    noAlerts: '不发送',
    files: (outcome) => `${outcome}文件`,
    lists: (trusted, blocked) => `信任 ${trusted} 个，拉黑 ${blocked} 个`,
    listed: '名单中的文件',
    more: '其余设置在下面的菜单里。**快速设置** 旁边的按钮是预设方案：每个都会先显示将要更改什么。',
  },
  setUp: '快速设置',

  presets: {
    look: { label: '仅观察', about: '标记和回复，不发警报。' },
    alert: { label: '警报', about: '发现问题时通知管理员，由他们决定。' },
    protect: { label: '防护', about: '删除恶意文件，并禁言发送者。' },
    title: (label) => `${label}：将要更改的内容`,
    nothing: '没有要更改的：现在的设置就是这样。',
    apply: '应用',
    back: '返回',
    applied: (label) => `${label}：已应用`,
    undo: '撤销',
    nothingToUndo: '已经没有可撤销的了：一小时内可撤销，只限一次。',
  },

  words: { edit: (label) => `${label}…`, title: (label) => label },

  record: {
    about: (changes) => `这些设置的变更和警报记录保存 30 天。最近 30 天共有 ${number(changes)} 次变更。`,
    entry: (when, who, what) => `${when} ${who}：${what}`,
    export: '导出',
    exported: '最近 30 天的设置、名单、变更和警报记录。这条消息只有你能看到。',
  },

  troubles,
  changed: (who) => `⚙️ ${who} 更改了本机器人的设置`,
  change: (label, from, to) => `**${label}**：${from} → ${to}`,
  listed: (list, file) => `**${list}**：添加了 ${file}`,
  unlisted: (list, file) => `**${list}**：移除了 ${file}`,
  listedMany: (list, added, removed) => `**${list}**：添加了 ${added} 个，移除了 ${removed} 个`,

  reset: '恢复默认设置',
  resetTitle: '要恢复默认设置吗？',
  resetAbout: '本服务器的所有设置都会恢复默认：不监控任何频道，也没有警报频道。信任和拉黑名单会保留。',
  resetYes: '恢复',
  resetNo: '保持不变',

  notAllowed:
    '只有拥有 **管理服务器** 权限的成员，以及在“服务器设置”→“整合”中获准使用 `/vtconfig` 的人，才能查看和更改这些设置。后者需要每小时重新运行一次。',
  notHere: '只有服务器才有设置。',
  outdated: '此面板来自旧版本，请重新打开 `/vtconfig`。',
};
