import type { Locale } from '../en-US.ts';

export const permissions: Locale['permissions'] = {
  ViewChannel: '查看频道',
  ReadMessageHistory: '阅读消息历史记录',
  SendMessages: '发送消息',
  SendMessagesInThreads: '在子区内发送消息',
  EmbedLinks: '嵌入链接',
  AttachFiles: '添加文件',
  AddReactions: '添加反应',
  ManageMessages: '管理消息',
  ModerateMembers: '暂时禁言成员',
  KickMembers: '踢出成员',
  BanMembers: '封禁成员',
  ManageRoles: '管理身份组',
  ManageGuild: '管理服务器',
  ViewAuditLog: '查看审核日志',
  MentionEveryone: '提及 @everyone、@here 和所有身份组',
};

/** Each follows "用于". */
export const features: Locale['features'] = {
  seeing: '查看发送的内容',
  answers: '回复和发出警报',
  threads: '在子区内回复',
  cards: '显示结论',
  tables: '以文件形式发送引擎列表',
  history: '在停机后补上漏掉的消息',
  marks: '给消息添加标记',
  pings: '提及该身份组',
  delete: '删除消息',
  timeOut: '禁言成员',
  kick: '踢出成员',
  ban: '封禁成员',
  quarantine: '给予隔离身份组',
  whoAdded: '向添加机器人的人问好',
};

export const troubles: Locale['config']['troubles'] = {
  title: '⚠️ 需要处理',
  messageContent:
    '无法监控：机器人没有读取消息的权限。请机器人维护者在 <https://discord.com/developers/applications> 开启 **Message Content Intent**（Bot，Privileged Gateway Intents），然后重新启动。',
  needsKey: '监控的文件不会扫描：本服务器需要自己的 VirusTotal 密钥。请在 **VirusTotal 密钥** 中填入。',
  keyUnreadable: '本服务器的 VirusTotal 密钥已无法解密：请在 **VirusTotal 密钥** 中重新填入。',
  nothingPicked: '只监控所选频道，但一个也没有选。请在 **监控** 中选择。',
  noAlertChannel: '没有人会收到警报：请在 **警报与管理员** 中选择警报频道。',
  publicAlerts: (channel) =>
    `所有人都能看到 ${channel} 中的警报。请在那里取消 @everyone 的 **查看频道** 权限，或在 **警报与管理员** 中换一个频道。`,
  channelGone: (channels) => `已不存在，或机器人看不到：${channels}。请重新选择，或让机器人能看到它们。`,
  roleGone: '所选的某个身份组已不存在。请在 **警报与管理员** 或 **机器人如何处理** 中重新选择。',
  noQuarantineRole: '无法隔离任何人：请在 **机器人如何处理** 中选择隔离身份组。',
  quarantineRoleAbove: '机器人无法给予隔离身份组：请在“服务器设置”→“身份组”中，把机器人的身份组拖到它上面。',
  permission: (permission, where, feature) =>
    `机器人在 ${where} 需要 **${permission}** 权限，用于${feature}。请在那里为机器人的身份组开启。`,
  inServer: '整个服务器',
  andMore: (count) => `另有 ${count} 个`,
  more: (count) => `还有 ${count} 项`,
};
