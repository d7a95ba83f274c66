import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number, percent } = format;

export const answers: Locale['answers'] = {
  malicious: '惡意',
  suspicious: '可疑',
  harmless: '未發現問題',
  undetected: '未發現問題',
  unrated: '沒有資料',
  'type-unsupported': '不支援此類檔案',
  timeout: '逾時',
  'confirmed-timeout': '逾時',
  failure: '失敗',
  other: '沒有明確結果',
};

const flagged = (count: number, opinions: number) =>
  count === 0 ? `${opinions} 個引擎都未偵測到威脅` : `${opinions} 個引擎中有 ${count} 個偵測到威脅`;

export const card: Locale['card'] = {
  engines: (count, opinions, independent) =>
    `${flagged(count, opinions)}${independent === undefined ? '' : `（其中 ${independent} 個彼此獨立）`}`,
  who: (names, more, threat) => {
    const all = more > 0 ? `${names.join('、')} 等 ${number(names.length + more)} 個引擎` : names.join('、');
    return threat ? `${all}：${threat}` : all;
  },
  more: (count) => `另有 ${number(count)} 個`,
  analysed: (when) => `${when}分析`,
  enginesOnly: '目前只有引擎的結果，VirusTotal 的其他分析結果尚未得知。',
  firstSeen: (when) => `${when}首次出現`,
  token: (token) => `代碼 \`${token}\``,
  sha256: (hash) => `SHA-256 \`${hash}\``,
  ring: flagged,
  details: '詳細資料',
  allDetections: '所有偵測結果',
  virusTotal: 'VirusTotal',
  choose: '查看檔案的詳細資料（只有您看得到）',
};

const named = (signer: string | undefined) => (signer ? `（${signer}）` : '');

/** From the worst to the mildest. */
const levels = [
  ['critical', '嚴重'],
  ['high', '高'],
  ['medium', '中'],
  ['low', '低'],
  ['info', '資訊'],
] as const;

export const report: Locale['report'] = {
  noSession:
    '目前沒有開啟的工作階段\n用 `/vtscan` 或 *應用程式 → 掃描附件* 在這個頻道掃描檔案，就會開啟一個工作階段，有效一天。您也可以在 `query` 指定檔案。',
  closed: '工作階段已關閉。下次在這個頻道掃描時會開啟新的。',
  junk: '裡面沒有 SHA-256、SHA-1、MD5、代碼，也沒有檔案的 VirusTotal 連結。',
  pageOfAddress: '這個連結是網址的報告，不是檔案的。請用 `/vturl` 查詢該網址。',
  unseen: {
    why: 'VirusTotal 從未見過這個檔案，而查詢不會上傳任何東西。',
    todo: '這不代表它安全，請視為不安全。持有檔案的人可以用 `/vtscan` 掃描，檔案會一併上傳。',
  },
  flagged: (count) => `偵測到威脅（${count}）`,
  all: (count) => `所有引擎（${count}）`,
  list: (shown, left) => shown.join('、') + (left > 0 ? `，另有 ${number(left)} 個` : ''),
  fact: (what, value) => `**${what}** ${value}`,
  yes: '是',
  type: '類型',
  analysed: '分析時間',
  names: '曾用檔名',
  bundle: '內含',
  bundled: (files, worst) => `${number(files)} 個檔案${worst ? `，其中有 ${worst}` : ''}`,
  finalUrl: '最終導向',
  pageTitle: '標題',
  firstSeen: '首次出現',
  signature: '數位簽章',
  signatures: {
    valid: (signer) => (signer ? `由 ${signer} 簽署` : '有效'),
    revoked: (signer) => `無效：憑證已被撤銷${named(signer)}`,
    expired: (signer) => `無效：憑證已過期${named(signer)}`,
    untrusted: (signer) => `無效：簽署者不受 Windows 信任${named(signer)}`,
    invalid: (signer) => `無效${named(signer)}`,
  },
  distributors: '發布者',
  trustedBy: '信任者',
  nsrl: '收錄於已知軟體資料庫（NSRL）',
  severity: '嚴重程度',
  severities: { none: '無', low: '低', medium: '中', high: '高' },
  families: '惡意程式家族',
  tags: '標籤',
  sandboxes: '沙箱',
  sandboxVerdicts: {
    malicious: '⛔ 惡意',
    suspicious: '⚠️ 可疑',
    harmless: '無害',
    undetected: '未發現問題',
  },
  yara: 'YARA 規則',
  sigma: 'Sigma 規則',
  intrusions: '網路警示',
  levels: (hits) =>
    levels
      .flatMap(([level, word]) => (typeof hits[level] === 'number' && hits[level] > 0 ? `${word} ${hits[level]}` : []))
      .join('、'),
  gti: 'Google Threat Intelligence',
  assessment: (verdict, score) => (score === undefined ? verdict : `${verdict}，評分 ${score}／100`),
  community: '社群',
  score: (score) => `評分 ${score}`,
  votes: ({ harmless, malicious }) => `${malicious} 票惡意、${harmless} 票無害`,
};

export const list: Locale['list'] = {
  clean: '標示 ✅ 的檔案沒有引擎偵測到威脅。這是好現象，但不保證安全：新的惡意程式往往要過一陣子才會被發現。',
};

export const rescan: Locale['rescan'] = {
  button: (cost) => `重新分析（約需 ${cost} 次請求）`,
  note: (cost) => `請 VirusTotal 重新分析，不會上傳檔案。大約會用掉配額中的 ${cost} 次請求。`,
};

export const pages: Locale['pages'] = {
  title: {
    all: (name) => `${name} 的所有偵測結果`,
    flagged: (name) => `在 ${name} 偵測到威脅的引擎`,
  },
  page: (page, count) => `第 ${page} 頁，共 ${count} 頁`,
  previous: '上一頁',
  next: '下一頁',
  row: (category, engine, label) => `${engine} · ${label ?? answers[category]}`,
  none: { all: '還沒有引擎回報結果。', flagged: '沒有引擎偵測到威脅。' },
  switchTo: { all: '所有引擎', flagged: '只看偵測到威脅的' },
  asText: '下載文字檔',
};

export const table: Locale['table'] = {
  columns: ['引擎', '判定', '標籤', '版本', '更新日期'],
  about: { name: '名稱', flagged: '偵測結果', analysed: '分析時間', page: '網頁' },
};

export const quota: Locale['quota'] = {
  title: 'VirusTotal 配額',
  ownKey: (lastFour) => `-# 這個伺服器自己的金鑰，結尾為 ${lastFour}`,
  ownKeyUnusable: '⚠️ 這個伺服器的金鑰無法使用。管理員可以在 `/vtconfig` 重新輸入。',
  keyRefused: '⚠️ VirusTotal 不接受 API 金鑰。請告知這個機器人的營運者。',
  minute: '這一分鐘',
  day: '今天',
  month: '本月',
  gauge: (used, allowed, left) => `已用 ${number(used)}/${number(allowed)}，剩餘 ${number(left)}`,
  resets: (when) => `${when}重設`,
  lastDay: '過去 24 小時',
  waiting: '排隊中',
  waitingFiles: (interactive, automatic, everywhere) =>
    `${everywhere ? '所有伺服器' : '本伺服器'}：手動掃描 ${number(interactive)} 個、監看 ${number(automatic)} 個`,
  today: '今日判定',
  verdicts: (count) => `${number(count)} 個`,
  known: (share) => `${percent(share)} 的檔案已有紀錄`,
  perVerdict: (calls) => `每個 ${number(calls)} 次請求`,
};
