import type { Locale } from '../en-US.ts';
import { act, acts } from './acts.ts';
import { format } from './format.ts';
import { toAuthor } from './letters.ts';
import { notices } from './notices.ts';

const { list, number } = format;

/** What a file is called before its name. */
const kinds = {
  malicious: '惡意檔案',
  suspicious: '可疑檔案',
  unwanted: '垃圾程式',
  misleading: '偽裝檔名',
  locked: '無法檢查內容的上鎖檔案',
  failed: '無法掃描的檔案',
  blocked: '本伺服器封鎖的檔案',
};

const posters = { member: '', bot: '機器人 ', webhook: 'Webhook ' };

export const alerts: Locale['alerts'] = {
  title: {
    malicious: '惡意檔案',
    suspicious: '可疑檔案',
    unwanted: '垃圾程式',
    misleading: '偽裝檔名',
    locked: '上鎖檔案',
    failed: '無法掃描',
  },
  linkTitle: { malicious: '惡意網址', suspicious: '可疑網址' },
  hijackedTitle: '帳號遭盜用？',
  hijacked: (who, what, channels, seconds) =>
    `${who} 在 ${number(Math.max(1, seconds))} 秒內於 ${list(channels)} 張貼${what}`,
  spree: (shared, areImages, areSame) => {
    if (areSame) return '同一個檔案';
    if (shared === 0) return '清一色的圖片';
    return `名稱和大小相同的 ${number(shared)} ${areImages ? '張圖片' : '個檔案'}`;
  },
  compared: {
    waiting: (what) => `🔎 正在比對，完成前不會自動處置：${what}。`,
    other: (what) => `❗ 內容並未在三個頻道中相同，因此沒有自動處置：${what}。`,
    lost: (what) => `❗ 檔案已不存在或太大，無法比對，因此沒有自動處置：${what}。`,
  },
  by: (who, kind, isForward) => `${posters[kind]}${who} ${isForward ? '轉寄' : '張貼'}`,
  place: (channel, link) => `${channel}（[訊息](${link})）`,
  posted: (by, places, more) => `${by}於 ${places.join('、')}${more && `，${more}`}`,
  created: (when) => `帳號建立於 ${when}`,
  joined: (when) => `加入於 ${when}`,
  left: '已不是成員',
  flaggedBefore: (count) => (count === 0 ? '先前在此未被偵測過' : `先前在此被偵測過 ${number(count)} 次`),
  copies: (count) => `**共張貼 ${number(count)} 次**`,
  more: (count) => `另有 ${number(count)} 個`,
  and: (names, more) => list(more > 0 ? [...names, `另外 ${number(more)} 個`] : names),
  messages: (count, people, channels) =>
    `${people && `${people} `}在 ${channels} 的${count === 1 ? '訊息' : ` ${number(count)} 則訊息`}`,
  gone: (what) => `已不存在：${what}，由發文者或其他人刪除。`,
  onlyAlert: '沒有自動採取任何處置。',

  acts,
  choices: {
    plain: '',
    tenMinutes: '',
    hour: '',
    day: '',
    fourWeeks: '',
    purge: '並刪除對方過去一小時的訊息',
    anyway: '雖有多個引擎判定為惡意程式',
    falseAlarm: '誤判',
    handled: '已處理',
    harmless: '無害，或是自己人的檔案',
  },
  already: (plain, what) => `不需要再${act(plain, what)}：已經有人先處理了。`,
  underWay: (plain, what, who) => `處理中：${act(plain, what)}${who ? `（由 ${who} 要求）` : ''}`,
  couldNot: (who, plain, what) => `${who ? `${who} ` : ''}無法${act(plain, what)}：`,
  hindrances: {
    lacksManageMessages: '機器人在該頻道需要**管理訊息**權限。',
    lacksModerateMembers: '機器人需要**禁言成員**權限。',
    lacksKickMembers: '機器人需要**踢出成員**權限。',
    lacksBanMembers: '機器人需要**對成員停權**權限。',
    lacksManageRoles: '機器人需要**管理身分組**權限，而且自己的身分組必須高於隔離身分組。',
    outranked: '該成員的最高身分組不低於機器人，或不低於提出要求的管理員。',
    staff: '該成員是這裡的管理員，請由您決定。',
    presserLeft: '提出要求的管理員已不是成員。',
    memberLeft: '對方已不是成員。',
    notAMember: '這是由 Webhook 張貼的。',
    noAccess: '機器人看不到該頻道。',
    noRole: '本伺服器沒有隔離身分組，請用 `/vtconfig` 選擇。',
    listFull: '清單已滿。請先用 `/vtconfig` 移除其中一個檔案。',
    closed: '對方不接受私人訊息。',
    tooLate: '期限已過。',
    needless: '沒有需要處理的事。',
    refused: 'Discord 拒絕了。',
  },

  moreActs: '更多…',
  moreAbout: '還要做什麼？',
  nothingMore: '對於這則警示，您沒有其他可以執行的動作。',
  nothingLeft: '沒有需要處理的了：已經完成，或正在處理。',
  ask: (plain, what) => `**確定要${act(plain, what)}？**`,
  choose: { people: '要處置誰？', messages: '哪些訊息？', files: '哪些檔案？' },
  chooseFirst: '請在下方選擇。',
  onlyForwarded: (who) => `以下成員只是轉寄，可能是想提醒大家，因此不列入：${who}。`,
  othersLater: (count) => `這次之後還可以再處理 ${number(count)} 個。`,
  elsewhere: (count) => `另有 ${number(count)} 則訊息在您無權刪除的頻道。`,
  changed: '在詢問您之後，警示已有變動。請再看一次：',
  leave: '如果不想變更任何東西，關閉這則訊息即可。',
  reallyTrust: (what, count) =>
    `**有 ${count} 個彼此獨立的引擎在 ${what} 偵測到惡意程式。** 一旦信任，這裡的人就不會再收到它的警告。仍要信任嗎？`,
  twoFactor: '本伺服器要求管理員使用雙重認證。Discord 不會告訴機器人誰有啟用，因此 vtscan 無法檢查您的狀態。',
  confirm: {
    plain: (button) => button.replace('…', ''),
    tenMinutes: () => '10 分鐘',
    hour: () => '1 小時',
    day: () => '1 天',
    fourWeeks: () => '28 天',
    purge: () => '停權並刪除一小時內的訊息',
    anyway: () => '仍要信任',
    falseAlarm: () => '誤判',
    handled: () => '已處理',
    harmless: () => '無害或自己人的檔案',
  },
  noted: '已記下。結果會顯示在警示中。',
  notAllowed: (permission, role) => `您需要 **${permission}** 權限${role ? `，或 ${role} 身分組` : ''}。`,
  noQuarantineRole: '本伺服器沒有隔離身分組。請先用 `/vtconfig` 選擇。',
  unknownCase: '這則警示太舊，按鈕已失效：有效期限為 30 天。',
  reason: (outcome, name, flagged, opinions) =>
    `vtscan：${kinds[outcome]} ${name}${flagged > 0 ? `（${flagged}/${opinions} 個引擎）` : ''}`,
  hijackedReason: (what) => `vtscan：同時在多個頻道張貼${what}，疑似帳號遭盜用`,
  pressReason: (who, name) => `vtscan：${who} 因 ${name} 按下按鈕`,

  toAuthor,
  fallback: notices.fallback,
  troubles: notices.troubles,
  troubleOver: notices.troubleOver,
  quotaUsedUp: notices.quotaUsedUp,
};
