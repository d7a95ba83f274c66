import type { Locale } from '../en-US.ts';

export const fields: Locale['config']['fields'] = {
  watch: {
    label: '监控',
    about: '发到这些频道的文件，包括子区和论坛帖子里的，会自动扫描。',
    values: { none: '不监控', all: '所有频道', some: '仅所选频道' },
  },
  watchedChannels: { label: '所选频道', about: '只要选了一个，就只监控所选频道。' },
  exemptChannels: { label: '不监控的频道', about: '发到这些频道的文件不处理。' },
  exemptRoles: {
    label: '不监控的身份组',
    about: '拥有这些身份组的成员发送的文件不处理。要排除某个机器人，请选择它的身份组。',
  },
  scope: {
    label: '扫描范围',
    about: '除了真正的图片、音频、视频和纯文本，其余都是有风险的文件。判断依据是内容，不是文件名。',
    values: { risky: '有风险的文件', all: '所有文件' },
  },
  upload: {
    label: '未知文件',
    about:
      'VirusTotal 会与合作伙伴共享上传的文件。对 `/vtscan` 和“扫描附件”同样有效。未知文件如果不上传，就一直是未知。',
    values: {
      auto: '上传到 VirusTotal',
      ask: '每次上传前先询问',
      'hash-only': '从不上传，只查询',
    },
  },
  links: {
    label: '同时检查链接',
    about: '监控频道中的网址也会检查，但文件优先，配额有富余时才轮到；每条消息检查前 5 个，知名网站除外。',
  },
  privateByDefault: {
    label: '/vtscan 默认私密',
    about: '`/vtscan` 和“扫描附件”的回复只有发起扫描的人能看到，除非用 `private` 选项另行指定。',
  },
  watchBots: { label: '监控机器人', about: '机器人发送的文件也会扫描。' },
  watchWebhooks: { label: '监控 Webhook', about: 'Webhook 发送的文件也会扫描。' },
  malicious: { label: '恶意', about: '报毒的引擎足够多，或已被本服务器拉黑。' },
  suspicious: { label: '可疑', about: '少数引擎报毒：可能是误报，也可能是新出现的恶意软件。' },
  unwanted: { label: '风险软件', about: '广告软件、捆绑软件之类：惹人厌，但不是攻击。' },
  misleading: { label: '文件名有伪装', about: '没有引擎报毒，但文件名冒充另一种文件。' },
  locked: {
    label: '加密文件',
    about: '没有人能检查里面的内容。把密码写在旁边的加密压缩包，是常见的诱骗手法。',
  },
  failed: { label: '未能扫描', about: '过大、已不存在或被拒绝：没有人知道它是什么。' },
  hijacked: {
    label: '账号被盗',
    about: '有成员在一分钟内向 3 个或更多频道发送相同的文件，或清一色的图片。不等扫描结论就处理。',
  },
  noise: {
    label: '未检出的文件',
    about: '如果选择回复，扫描一开始就会对每个文件发出回复。',
    values: {
      quiet: '标记',
      verbose: '标记并回复',
      unmarked: '回复',
      silent: '什么也不做',
    },
  },
  markScanning: { label: '扫描时标记', about: '在出结论之前，给消息标上 ⏳。' },
  warn: { label: '可疑门槛', about: '至少要有这么多家独立引擎报毒。' },
  act: {
    label: '恶意门槛',
    about: '至少要有这么多家独立引擎判定为恶意软件。门槛不超过 3 时，只要其中一家几乎不误报，两家就够了。',
  },
  timeOut: { label: '禁言时长', about: '对发送者禁言多久。' },
  newAccountDays: {
    label: '严格对待新账号',
    about: '较新的账号发送可疑文件时，按恶意文件处理。',
    values: { 0: '关闭', 1: '注册不到 1 天', 7: '注册不到 7 天', 30: '注册不到 30 天' },
  },
  quarantineRole: { label: '隔离身份组', about: '被隔离的成员会得到它。请选一个看不到任何频道的身份组。' },
  tellAuthor: { label: '通知发送者', about: '消息被删除，或被禁言、隔离、踢出、封禁的成员，会收到说明原因的私信。' },
  appeal: { label: '如何申诉', about: '写在那封私信里的话：找谁申诉，在哪里申诉。' },
  alertChannel: {
    label: '警报频道',
    about: '警报和这些设置的变更会发到那里。请选一个只有管理员能看到的频道。',
  },
  language: {
    label: '语言',
    about: '用于公开回复和警报。只有你能看到的内容，使用你在 Discord 中的语言。只有社区服务器才在 Discord 中设有语言。',
    values: { server: '与 Discord 中的设置相同' },
  },
  digest: {
    label: '每周摘要',
    about: '在 08:00 UTC 发到警报频道：文件与结论、做了什么、由谁做的、配额、误报。一周无事则不发。',
    values: {
      off: '关闭',
      monday: '每周一',
      tuesday: '每周二',
      wednesday: '每周三',
      thursday: '每周四',
      friday: '每周五',
      saturday: '每周六',
      sunday: '每周日',
    },
  },
  pingRole: { label: '要提及的身份组', about: '每条警报都会提及它。' },
  moderatorRole: {
    label: '管理员身份组',
    about: '拥有此身份组的成员即使权限不足，也可以使用警报上的按钮，但踢出、封禁、信任和拉黑除外。',
  },
};
