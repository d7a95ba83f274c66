import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const doctor: Locale['cli']['doctor'] = {
  node: (version) => `Node ${version}`,
  oldNode: (version) => `Node ${version} 太舊：需要 20.19 以上的版本`,
  variables: '環境變數齊全',
  variablesOfScans: '命令列所需的環境變數齊全',
  dataDir: (dir) => `資料目錄 ${dir} 可以寫入`,
  dataDirUnusable: (dir, code) => `資料目錄 ${dir} 無法寫入（${code}）：請檢查擁有者和剩餘空間，或設定 DATA_DIR`,
  database: (kind, scans) => `資料庫（${kind}）可以讀取，有 ${number(scans)} 次掃描未完成`,
  damagedRows: (count) => `資料庫有 ${number(count)} 列無法讀取：請用備份取代`,
  reachable: (host) => `可以連到 ${host}`,
  unreachable: (host, code) => `連不上 ${host}（${code}）：請檢查網路、代理伺服器 和位址`,
  clock: (seconds) => `時鐘誤差在 ${seconds} 秒以內`,
  wrongClock: (seconds) => `時鐘誤差 ${seconds} 秒：請校時（NTP）`,
  key: 'VirusTotal 接受這組金鑰',
  badKey: 'VirusTotal 不接受 VIRUSTOTAL_API_KEY：請到 https://www.virustotal.com/gui/my-apikey 重新複製',
  keyUnknown: 'VirusTotal 沒有說明是否接受這組金鑰：掃描一次就知道',
  quota: (day, perDay, month, perMonth) =>
    `配額：今天已用 ${number(day)}/${number(perDay)}，本月已用 ${number(month)}/${number(perMonth)}`,
  usedUp: '配額已用完：檔案會排隊等到 00:00 UTC 重設',
  noBot: '尚未設定 Discord（DISCORD_TOKEN）：只有機器人需要',
  discord: (name) => `Discord 接受 ${name} 的權杖`,
  badToken: 'Discord 不接受 DISCORD_TOKEN：請到 https://discord.com/developers/applications 重設（Bot、Reset Token）',
  notAnswered: (service) => `${service} 沒有傳回可用的回應：請過幾分鐘再試`,
  intents: 'Message Content Intent 已開啟：可以監看頻道',
  noIntents:
    'Message Content Intent 未開啟：無法監看頻道。請到 https://discord.com/developers/applications 開啟（Bot）',
  notChecked: (what) => `未檢查 ${what}：請先設定環境變數`,
};
