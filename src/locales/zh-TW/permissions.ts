import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const permissions: Locale['permissions'] = {
  ViewChannel: '檢視頻道',
  ReadMessageHistory: '讀取訊息歷史',
  SendMessages: '傳送訊息',
  SendMessagesInThreads: '在討論串中傳送訊息',
  EmbedLinks: '嵌入連結',
  AttachFiles: '附加檔案',
  AddReactions: '新增反應',
  ManageMessages: '管理訊息',
  ModerateMembers: '禁言成員',
  KickMembers: '踢出成員',
  BanMembers: '對成員停權',
  ManageRoles: '管理身分組',
  ManageGuild: '管理伺服器',
  ViewAuditLog: '檢視審核紀錄',
  MentionEveryone: '提及 @everyone、@here 和所有身分組',
};

export const features: Locale['features'] = {
  seeing: '看到張貼的內容',
  answers: '回覆和發出警示',
  threads: '在討論串中回覆',
  cards: '顯示判定結果',
  tables: '以檔案傳送引擎列表',
  history: '在停機後補掃漏掉的訊息',
  marks: '在訊息上做標記',
  pings: '提及該身分組',
  delete: '刪除訊息',
  timeOut: '將成員禁言',
  kick: '踢出成員',
  ban: '將成員停權',
  quarantine: '加上隔離身分組',
  whoAdded: '問候把它加入伺服器的人',
};

export const troubles: Locale['config']['troubles'] = {
  title: '⚠️ 需要處理',
  messageContent:
    '無法監看任何頻道：機器人不能讀取訊息。請營運者到 <https://discord.com/developers/applications>（Bot、Privileged Gateway Intents）開啟 **Message Content Intent**，再重新啟動機器人。',
  needsKey: '監看的檔案不會掃描：這個伺服器需要自己的 VirusTotal 金鑰。請到**VirusTotal 金鑰**輸入。',
  keyUnreadable: '這個伺服器的 VirusTotal 金鑰已無法解密：請到**VirusTotal 金鑰**重新輸入。',
  nothingPicked: '只監看選定的頻道，但一個都沒有選。請到**監看**選擇。',
  noAlertChannel: '沒有人會收到警示：請到**警示與管理員**選擇警示頻道。',
  publicAlerts: (channel) =>
    `所有人都能看到 ${channel} 的警示。請在該頻道移除 @everyone 的**檢視頻道**權限，或到**警示與管理員**選擇其他頻道。`,
  channelGone: (channels) => `已不存在，或機器人看不到：${channels}。請重新選擇，或讓機器人看得到這些頻道。`,
  roleGone: '選定的身分組已不存在。請到**警示與管理員**或**處置設定**重新選擇。',
  noQuarantineRole: '無法隔離任何人：請到**處置設定**選擇隔離身分組。',
  quarantineRoleAbove: '機器人無法加上隔離身分組：請到「伺服器設定」的「身分組」，把機器人的身分組拖到它上方。',
  permission: (permission, where, feature) =>
    `機器人在 ${where} 需要 **${permission}** 權限，才能${feature}。請在那裡為機器人的身分組開啟。`,
  inServer: '整個伺服器',
  andMore: (count) => `另有 ${number(count)} 個`,
  more: (count) => `另有 ${number(count)} 項`,
};
