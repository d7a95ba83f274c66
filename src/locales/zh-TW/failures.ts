import { openPerMember } from '../../scan/limits.ts';
import type { Locale } from '../en-US.ts';

export const failuresWithoutFile: Locale['failuresWithoutFile'] = {
  'engine.quota': { why: 'VirusTotal 配額已用完。', todo: '請稍後再查詢。' },
  'engine.unavailable': { why: '連不上 VirusTotal。', todo: '請過幾分鐘再查詢。' },
  'engine.notReady': { why: 'VirusTotal 還沒有結果。', todo: '請過幾分鐘再查詢。' },
  'engine.refused': { why: 'VirusTotal 拒絕了這次請求。', todo: '如果再次發生，請告知這個機器人的營運者。' },
  'engine.unreadable': { why: 'VirusTotal 傳回這個機器人無法解讀的內容。', todo: '請稍後再查詢。' },
  'engine.noResults': { why: 'VirusTotal 有它的紀錄，但沒有引擎給出意見。', todo: '請視為不安全，稍後再查詢。' },
  'scan.deadline': { why: 'VirusTotal 這次花的時間特別久。', todo: '請稍後再查詢，屆時可能就有結果。' },
  'scan.internal': { why: '這個機器人發生錯誤。', todo: '請再查詢一次；營運者可以在記錄檔中找到細節。' },
};

const tellOperator = '檔案沒有掃描。請告知這個機器人的營運者。';

export const failures: Locale['failures'] = {
  'file.tooLarge': {
    title: '檔案太大，無法掃描',
    why: '檔案超過 VirusTotal 接受的上限 650 MB。',
    todo: '無法在這裡掃描。',
  },
  'file.unreadable': {
    title: '無法讀取檔案',
    why: '無法讀取檔案。',
    todo: '請檢查路徑和權限。',
  },
  'file.noRoom': {
    title: '沒有空間存放檔案',
    why: '這個機器人沒有空間存放檔案。',
    todo: tellOperator,
  },
  'download.notAllowed': {
    title: '未下載：連結指向其他網站',
    why: '連結指向的網站不在這個機器人的下載範圍內。',
    todo: '請把檔案直接上傳到 Discord。',
  },
  'download.gone': {
    title: '檔案已不在 Discord 上',
    why: '檔案已不在 Discord 上。',
    todo: '請重新分享，再用 `/vtscan` 掃描。',
  },
  'download.failed': {
    title: '下載失敗',
    why: '無法從 Discord 下載檔案。',
    todo: '請再用 `/vtscan` 掃描一次。',
  },
  'download.oversized': {
    title: '檔案比標示的大',
    why: '檔案比 Discord 標示的大。',
    todo: '請重新分享。如果再次發生，請勿開啟。',
  },
  'download.changed': {
    title: '檔案已變更',
    why: '連結指向的已不是當初分享的檔案。',
    todo: '請再用 `/vtscan` 掃描一次。',
  },
  'engine.badKey': {
    title: 'VirusTotal 不接受 API 金鑰',
    why: 'VirusTotal 不接受 API 金鑰。',
    todo: '檔案沒有掃描。請告知這個機器人的營運者；若是這個伺服器自己的金鑰，請告知管理員。',
  },
  'engine.noKey': {
    title: '這個伺服器需要自己的 VirusTotal 金鑰',
    why: '這個伺服器還沒有自己的金鑰，而營運者的金鑰不供這項用途。',
    todo: '沒有掃描。請管理員在 `/vtconfig` 輸入金鑰。',
  },
  'engine.forbidden': {
    title: 'API 金鑰不允許這個動作',
    why: '這個機器人的 API 金鑰不允許這個動作。',
    todo: tellOperator,
  },
  'engine.unsupported': {
    title: 'VirusTotal 的舊版 API 做不到',
    why: '這個機器人使用 VirusTotal 的舊版 API，無法這麼做。',
    todo: '舊版不支援密碼、重新分析，以及超過 32 MB 的檔案。這個機器人的營運者可以改用新版。',
  },
  'engine.quota': {
    title: 'VirusTotal 配額已用完',
    why: 'VirusTotal 配額已用完。',
    todo: '請稍後再用 `/vtscan` 掃描。',
  },
  'engine.unavailable': {
    title: '連不上 VirusTotal',
    why: '連不上 VirusTotal。',
    todo: '請過幾分鐘再用 `/vtscan` 掃描。',
  },
  'engine.notReady': {
    title: '還沒有結果',
    why: 'VirusTotal 還沒有結果。',
    todo: '請過幾分鐘再用 `/vtscan` 掃描。',
  },
  'engine.refused': {
    title: '遭 VirusTotal 拒絕',
    why: 'VirusTotal 拒絕了這個檔案。',
    todo: '如果再次發生，請告知這個機器人的營運者。',
  },
  'engine.password': {
    title: '密碼錯誤',
    why: '這個密碼打不開它，或者它不是只含一個檔案的壓縮檔。',
    todo: '請附上正確的密碼，或不附密碼，再用 `/vtscan` 掃描一次。',
  },
  'engine.unreadable': {
    title: '無法解讀 VirusTotal 的回應',
    why: 'VirusTotal 傳回這個機器人無法解讀的內容。',
    todo: '請稍後再用 `/vtscan` 掃描。',
  },
  'engine.noResults': {
    title: '沒有引擎給出意見',
    why: 'VirusTotal 有它的紀錄，但沒有引擎給出意見。',
    todo: '請視為不安全，稍後再用 `/vtscan` 掃描。',
  },
  'engine.unseen': {
    title: 'VirusTotal 沒有紀錄',
    why: 'VirusTotal 從未見過它，而且這次沒有上傳。',
    todo: '這不代表它安全，請視為不安全。',
  },
  'scan.deadline': {
    title: 'VirusTotal 耗時過久',
    why: 'VirusTotal 這次花的時間特別久。',
    todo: '請稍後再用 `/vtscan` 掃描，屆時可能就有結果。',
  },
  'scan.internal': {
    title: '這個機器人發生錯誤',
    why: '這個機器人發生錯誤。',
    todo: '請再用 `/vtscan` 掃描一次；營運者可以在記錄檔中找到細節。',
  },
};

export const refusals: Locale['refusals'] = {
  unknownToken: '查無此代碼。結果只保留 30 天。',
  notAToken: '這不是代碼：代碼是 64 個十六進位字元',
  tooManyOpen: (open, wanted) =>
    `沒有掃描任何檔案：您還有 ${open} 個檔案正在掃描，加上這 ${wanted} 個會超過 ${openPerMember} 個的上限。請等部分完成後再試。`,
  noAttachments: '那則訊息沒有附件，也沒有需要掃描的連結。',
  notFinished: '這次掃描還沒結束。',
  outdated: '這個按鈕來自舊版本。請改用 `/vtresult` 並輸入代碼。',
  busy: '這個機器人目前忙碌，這次操作可能沒有完成。請稍後再試一次。',
  internal: '這個機器人發生錯誤。請再試一次；營運者可以在記錄檔中找到細節。',
};
