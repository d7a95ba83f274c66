import { longestAddress } from '../../address/address.ts';
import type { Disguise } from '../../content/disguise.ts';
import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { list, number } = format;

export const verdicts: Locale['verdicts'] = {
  trusted: {
    word: '本伺服器信任的檔案',
    advice: '伺服器管理員信任它，沒有經過任何引擎檢查。',
    found: (count) => `${count} 個受信任`,
  },
  clean: {
    word: '沒有引擎偵測到威脅',
    advice: '這是好現象，但不保證安全：新的惡意程式往往要過一陣子才會被發現。不是您在等的檔案，就不要開啟。',
    found: (count) => `${count} 個未偵測到威脅`,
  },
  empty: {
    word: '空檔案',
    advice: '裡面沒有任何內容可以掃描。',
    found: (count) => `${count} 個空檔案`,
  },
  warned: {
    word: '沒有引擎偵測到威脅，但請小心',
    advice: '另有可疑之處：除非您知道是誰製作的，而且本來就在等它，否則不要開啟。',
    found: (count) => `${count} 個需留意`,
  },
  unknown: {
    word: '未知：請視為不安全',
    advice: '給出意見的引擎太少，無法判定。',
    found: (count) => `${count} 個未知`,
  },
  unseen: {
    word: '未知：請視為不安全',
    advice: 'VirusTotal 沒有它的紀錄，這不代表它安全。',
    found: (count) => `${count} 個 VirusTotal 沒有紀錄`,
  },
  locked: {
    word: '已上鎖：無法檢查內容',
    advice: '請視為不安全。如果是只含一個檔案的 ZIP，可以用 `/vtscan` 附上密碼再掃描一次。',
    found: (count) => `${count} 個已上鎖`,
  },
  failed: {
    word: '未掃描',
    advice: '請視為不安全。',
    found: (count) => `${count} 個未掃描`,
  },
  misleading: {
    word: '偽裝檔名：請勿開啟',
    advice: '雖然沒有引擎偵測到威脅，但正常的檔案不會假冒成別種檔案。新的惡意程式往往要過一陣子才會被發現。',
    found: (count) => `${count} 個偽裝檔名`,
  },
  unwanted: {
    word: '垃圾程式',
    advice: '偵測到它的引擎大多認為它是廣告軟體、挖礦程式或駭客工具。除非是您自己刻意安裝的，否則請移除。',
    found: (count) => `${count} 個垃圾程式`,
  },
  suspicious: {
    word: '可疑檔案：建議不要開啟',
    advice: '除非您知道是誰做的，也預期對方會傳給您，否則不要開啟：可能是誤判，也可能是新的惡意程式。',
    found: (count) => `${count} 個可疑`,
  },
  malicious: {
    word: '惡意檔案：請勿開啟',
    advice: '請刪除它。如果已經開啟過，請讓那台裝置斷網，並用病毒碼已更新的防毒軟體掃描。',
    found: (count) => `${count} 個惡意`,
  },
  blocked: {
    word: '本伺服器封鎖的檔案',
    advice: '伺服器管理員已封鎖它，沒有經過任何引擎檢查。',
    found: (count) => `${count} 個已封鎖`,
  },
};

export const because: Locale['because'] = {
  testFile: {
    advice: '這是所有防毒軟體都會刻意回報的測試檔，不會造成任何損害，只是用來確認掃描功能正常。',
  },
  maybeLocked: {
    word: '可能已上鎖：請視為不安全',
    advice:
      '有一部分無法讀取，引擎可能沒檢查到全部內容。如果是只含一個檔案、設有密碼的 ZIP，可以用 `/vtscan` 附上密碼再掃描一次。',
  },
  contradiction: { advice: 'VirusTotal 的統計中有引擎偵測到威脅，但沒有列出是哪些引擎。' },
  belowThreshold: { advice: '有引擎偵測到威脅，但數量未達本伺服器認定可疑的標準。' },
};

export const warning: Locale['warning'] = (found) => {
  switch (found.kind) {
    case 'disguise':
      return `❗ ${disguise(found.disguise)}`;
    case 'locked':
      return found.certain ? '❗ 檔案已上鎖：引擎無法檢查內容。' : '❗ 檔案可能已上鎖：有一部分無法讀取。';
    case 'falseAlarm':
      return `可能是誤判：${found.by === 'NIST' ? '它收錄在美國 NIST 的已知軟體清單中' : `它由 ${found.by} 發布`}。`;
    case 'signature':
      return `❗ ${found.signer ? `${found.signer} 的` : ''}數位簽章無效：${signatures[found.state]}。`;
    case 'malwareFamily':
      return `❗ 內含已知惡意程式的設定資料：${list(found.names)}。`;
    case 'sandbox':
      return `❗ 在沙箱 ${list(found.names)} 中執行時，行為有如惡意程式。`;
    case 'intrusions':
      return `❗ 它的網路流量觸發了 ${number(found.count)} 則攻擊警示${examples(found.titles)}。`;
    case 'behaviour':
      return `❗ 它的行為符合 ${number(found.count)} 條攻擊偵測規則${examples(found.titles)}。`;
    case 'assessment':
      return '❗ VirusTotal 本身也評定它有危險。';
    case 'community':
      return `❗ VirusTotal 社群對它評價不佳：評分 ${found.score}${found.malicious > 0 ? `，${found.malicious} 人投票認為惡意` : ''}。`;
    default:
      return found satisfies never;
  }
};

const signatures = {
  revoked: '憑證已被撤銷',
  expired: '憑證已過期',
  untrusted: '憑證沒有可信任的單位擔保',
  invalid: '檔案與簽署時不同',
};

const examples = ([first]: readonly string[]) => (first === undefined ? '' : `，例如 ${first}`);

function disguise(found: Disguise): string {
  switch (found.kind) {
    case 'doubleExtension':
      return `檔名看起來是 \`.${found.shown}\`，其實是程式（\`.${found.real}\`）。`;
    case 'otherContent':
      return `檔名寫著 \`.${found.claimed}\`，內容其實是 \`.${found.real}\`。`;
    case 'direction':
      return '檔名動了手腳，看起來像別種檔案。';
    default:
      return found satisfies never;
  }
}

export const address: Locale['address'] = {
  verdicts: {
    clean: {
      word: '沒有引擎偵測到威脅',
      advice: '這是好現象，但不保證安全：惡意網頁往往要過一陣子才會被發現，也可能躲過引擎。',
    },
    warned: {
      word: '沒有引擎偵測到威脅，但請小心',
      advice: '另有可疑之處：除非您知道是誰傳來的，而且本來就在等它，否則不要造訪。',
    },
    unwanted: {
      word: '垃圾網站：建議不要造訪',
      advice: '偵測到它的引擎大多認為它只是惱人，並不危險。',
    },
    suspicious: {
      word: '可疑網址：建議不要造訪',
      advice: '除非您知道是誰傳的，也預期對方會傳給您，否則不要造訪：可能是誤判，也可能是新的威脅。',
    },
    malicious: {
      word: '惡意網址：請勿造訪',
      advice: '如果已經造訪過，請不要開啟從那裡下載的任何東西，並更改您在那裡輸入過的所有密碼。',
    },
  },
  refused: {
    unreadable: '這不是網址。請輸入像 `https://example.com/page` 這樣的網址。',
    scheme: '只能掃描 `http` 和 `https` 網址。',
    credentials: '這個網址含有使用者名稱或密碼，而掃描的內容會公開。請把 `@` 和它前面的帳號密碼刪掉。',
    private: '這個網址位於私人網路，VirusTotal 連不到。',
    tooLong: `這個網址超過 ${longestAddress} 個字元。`,
  },
};
