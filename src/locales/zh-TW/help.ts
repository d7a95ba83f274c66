import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

/** What an upload setting means for whoever posts a file. */
export const uploads: Locale['help']['uploads'] = {
  auto: 'VirusTotal 沒有紀錄的檔案會連同檔名一起上傳，並由 VirusTotal 分享給合作夥伴。',
  ask: 'VirusTotal 沒有紀錄的檔案，只有在發文者或管理員同意後才會上傳，因為 VirusTotal 會分享給合作夥伴。',
  'hash-only': '檔案本身絕不會上傳。',
};

export const help: Locale['help'] = {
  title: '這個機器人能做什麼',
  about: '它會告訴您檔案是不是惡意程式，依據是 [VirusTotal](https://www.virustotal.com) 上 70 多個防毒引擎的意見。',
  commandsTitle: '指令',
  commands: {
    vtscan: '掃描檔案',
    vturl: '檢查網址',
    vtresult: '用代碼再次查看先前的掃描',
    vtreport: '查詢檔案在 VirusTotal 上的資料，不會上傳',
    vtquota: '今天還能掃描多少',
    vtconfig: '本伺服器的設定',
    about: '誰在營運這個機器人',
  },
  menu: '也可以長按或用右鍵點選訊息：**應用程式**、**掃描附件**。',
  wordsTitle: '判定結果的意思',
  words: {
    malicious: '**惡意檔案**：有足夠多的引擎偵測到威脅。請勿開啟。',
    suspicious: '**可疑檔案**：有少數引擎偵測到威脅。可能是誤判，也可能是新的惡意程式。',
    unwanted: '**垃圾程式**：廣告軟體之類。惱人，但不是攻擊。',
    misleading: '**偽裝檔名**：沒有引擎偵測到威脅，但它假冒成別種檔案。',
    clean: '**沒有引擎偵測到威脅**：這是好現象，但不保證安全。',
    warned: '**……但請小心**：另有可疑之處。',
    locked: '**已上鎖**：無法檢查內容。請視為不安全。',
    unknown: '**未知**：給出意見的引擎太少。請視為不安全。',
    failed: '**未掃描**：沒有人知道。請視為不安全。',
  },
  sentTitle: '資料會送到哪裡',
  sent: '檔案的指紋（SHA-256）會送到 VirusTotal。',
  uploads,
  private: '`private` 只隱藏回覆，不隱藏檔案。使用 `password` 時，密碼會送到 VirusTotal 一次。',
  watched: {
    none: '本伺服器只在有人要求時掃描檔案。',
    all: '本伺服器會掃描所有頻道的檔案。',
    some: (channels) => `本伺服器會掃描 ${channels} 的檔案。`,
  },
};

export const about: Locale['about'] = {
  title: (name, version) => `${name} · vtscan ${version}`,
  operators: (who) => `**營運者**：${who}。關於您的資料，請向營運者詢問。`,
  unknownOperator: '**營運者**：Discord 未透露是誰。',
  key: (unknown, mostlyKnown) =>
    `**處理量**：每天約 ${number(unknown)} 個新檔案；如果每五個有四個是 VirusTotal 已知的，則約 ${number(mostlyKnown)} 個。`,
  kept: '**保留期限**：結果保留 30 天後刪除。`/vtresult` 有按鈕可以立即刪除您自己的結果。',
  links:
    '[VirusTotal：運作方式](https://docs.virustotal.com/docs/how-it-works) · [服務條款](https://docs.virustotal.com/docs/terms-of-service) · [隱私權聲明](https://docs.virustotal.com/docs/privacy-policy)',
  noGuarantee: '判定結果是防毒引擎的意見，不是保證，也不能取代防毒軟體。',
};
