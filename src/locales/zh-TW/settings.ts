import type { Locale } from '../en-US.ts';
import { fields } from './fields.ts';
import { format } from './format.ts';
import { troubles } from './permissions.ts';
import { serverKey } from './serverKey.ts';

const { number } = format;

export const config: Locale['config'] = {
  title: (section) => `設定 · ${section}`,
  choose: '選擇項目',
  sections: {
    overview: '總覽',
    watching: '監看',
    files: '掃描與上傳',
    flagged: '自動動作',
    unjudged: '自動動作：其他檔案',
    accounts: '自動動作：帳號',
    actions: '處置設定',
    verdicts: '判定標準',
    alerts: '警示與管理員',
    language: '語言',
    trust: '信任的檔案',
    block: '封鎖的檔案',
    key: 'VirusTotal 金鑰',
    skipped: '略過的檔案',
    record: '紀錄、匯出與重設',
  },
  fields,
  serverKey,
  on: '開啟',
  off: '關閉',
  none: '無',
  engines: (count) => `${number(count)} 個引擎`,
  steps: {
    mark: '標記',
    reply: '回覆',
    alert: '發出警示',
    delete: '刪除訊息',
    timeOut: '將發文者禁言',
    quarantine: '將發文者隔離',
    kick: '將發文者踢出',
    ban: '將發文者停權',
  },
  nothing: '什麼都不做',
  timeOuts: { tenMinutes: '10 分鐘', hour: '1 小時', day: '1 天', fourWeeks: '28 天' },

  lists: {
    about: {
      trust: '不論引擎的判定為何，這些檔案在這裡都不會觸發警示。',
      block: '這些檔案在這裡會直接視為惡意，不再詢問 VirusTotal。',
    },
    count: (count) => `${number(count)} 個檔案`,
    entry: (name, sha256, by, when) => `${name} · ${sha256} · ${by} ${when}`,
    add: '新增檔案',
    addTitle: { trust: '信任檔案', block: '封鎖檔案' },
    sha256: 'SHA-256',
    aboutSha256: '64 個十六進位字元。掃描結果的代碼下方會顯示。',
    name: '名稱',
    aboutName: '在這份清單中顯示的名稱',
    remove: '從清單移除',
    previous: '上一頁',
    next: '下一頁',
    page: (page, pages) => `第 ${page} 頁，共 ${pages} 頁`,
    notASha256: '這不是 SHA-256：應為 64 個十六進位字元',
    full: (most) => `清單已滿（${number(most)} 個檔案）。請先移除一些。`,
  },

  skipped: {
    about: '監看頻道中最近沒有掃描的檔案，以及原因。',
    entry: (name, channel, when, why) => `${name} · ${channel} ${when}\n-# ${why}`,
    reasons: {
      image: '是真正的圖片。',
      audio: '是真正的音訊。',
      video: '是真正的影片。',
      text: '是純文字。',
      exemptRole: '張貼者擁有不監看的身分組。',
      exemptChannel: '張貼在不監看的頻道。',
      exemptBot: '由機器人張貼，而機器人不在監看範圍內。',
      exemptWebhook: '由 Webhook 張貼，而 Webhook 不在監看範圍內。',
      manyLinks: '等候 VirusTotal 的連結太多，檔案優先。',
    },
  },

  overview: {
    line: (label, value) => `**${label}：** ${value}`,
    watching: '監看',
    nowhere: '還沒有：請到**監看**選擇頻道，或按**開始設定**',
    everywhere: '所有頻道',
    except: (channels) => `，${channels} 除外`,
    alerts: '警示',
    noAlerts: '不發出',
    files: (outcome) => outcome,
    lists: (trusted, blocked) => `信任 ${number(trusted)} 個、封鎖 ${number(blocked)} 個`,
    listed: '清單中的檔案',
    more: '其他設定都在下方選單。**開始設定**旁邊的按鈕是預設組合，按下後會先顯示將有哪些變更。',
  },
  setUp: '開始設定',

  presets: {
    look: { label: '只查看', about: '標記和回覆，不發出警示。' },
    alert: { label: '警示', about: '有問題時通知管理員，由管理員決定。' },
    protect: { label: '防護', about: '刪除惡意檔案，並將發文者禁言。' },
    title: (label) => `${label}：將有這些變更`,
    nothing: '沒有變更：目前的設定就是這樣。',
    apply: '套用',
    back: '返回',
    applied: (label) => `${label}：已套用`,
    undo: '復原',
    nothingToUndo: '已經沒有可以復原的：復原只在一小時內有效，而且只有一次。',
  },

  words: { edit: (label) => `${label}…`, title: (label) => label },

  record: {
    about: (changes) => `設定的變更和案件會保留 30 天。這 30 天內有 ${number(changes)} 次變更。`,
    entry: (when, who, what) => `${when} ${who}：${what}`,
    export: '匯出',
    exported: '過去 30 天的設定、清單、變更和案件。只有您看得到這則訊息。',
  },

  troubles,
  changed: (who) => `⚙️ ${who} 變更了這個機器人的設定`,
  change: (label, from, to) => `**${label}**：${from} → ${to}`,
  listed: (list, file) => `**${list}**：新增 ${file}`,
  unlisted: (list, file) => `**${list}**：移除 ${file}`,
  listedMany: (list, added, removed) => `**${list}**：新增 ${number(added)} 個、移除 ${number(removed)} 個`,

  reset: '重設為預設值',
  resetTitle: '要重設所有設定嗎？',
  resetAbout: '本伺服器的所有設定都會恢復為預設值：不監看任何頻道，也沒有警示頻道。信任和封鎖的檔案清單會保留。',
  resetYes: '重設',
  resetNo: '保留設定',

  notAllowed:
    '只有擁有**管理伺服器**權限的成員，以及在「伺服器設定」的「整合」中獲准使用 `/vtconfig` 的成員，才能查看和變更這些設定；後者每小時需要重新執行一次。',
  notHere: '只有伺服器才有設定。',
  outdated: '這個面板來自舊版本。請重新開啟 `/vtconfig`。',
};
