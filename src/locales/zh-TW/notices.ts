import type { Locale } from '../en-US.ts';

export const notices: Pick<Locale['alerts'], 'fallback' | 'troubles' | 'troubleOver' | 'quotaUsedUp'> = {
  fallback: {
    noChannel: () =>
      '⚠️ vtscan 在這裡發現有問題的檔案，但沒有頻道可以發出警示。請用 `/vtconfig` → 警示與管理員選擇頻道：警示會等到那時再發出。',
    noAccess: (channel) =>
      `⚠️ vtscan 無法在 ${channel} 發出警示。請讓它在該頻道檢視頻道、傳送訊息並嵌入連結，或用 \`/vtconfig\` → 警示與管理員選擇其他頻道：警示會先保留。`,
    channelGone: () => '⚠️ vtscan 的警示頻道已不存在。請用 `/vtconfig` → 警示與管理員選擇其他頻道：警示會先保留。',
    refused: (channel) =>
      `⚠️ Discord 不接受 vtscan 在 ${channel} 發出的警示。請用 \`/vtconfig\` → 警示與管理員選擇其他頻道：警示會先保留。`,
    toOwner: (server, text) => `關於您的伺服器 ${server}：\n${text}`,
  },
  troubles: {
    key: '⚠️ VirusTotal 不接受這個機器人的 API 金鑰：在營運者換上有效的金鑰之前，監看頻道中的檔案會先排隊等候，最多一天。',
    down: '⚠️ VirusTotal 目前沒有回應：監看頻道中的檔案暫時無法判定，請小心處理。',
    ownKey:
      '⚠️ 這個伺服器的 VirusTotal 金鑰無法使用：VirusTotal 不接受它，或已無法解密。請在 `/vtconfig` → **VirusTotal 金鑰**重新輸入。在那之前，除非允許改用機器人的金鑰，監看頻道中的檔案會先排隊等候，最多一天。',
    noKey:
      '⚠️ 監看頻道中的檔案沒有掃描：這個伺服器需要自己的 VirusTotal 金鑰。請在 `/vtconfig` → **VirusTotal 金鑰**輸入。',
  },
  troubleOver: {
    key: '✅ VirusTotal 已重新接受這個機器人的 API 金鑰：排隊的檔案正在掃描。',
    down: '✅ VirusTotal 已恢復回應：監看頻道中的檔案會繼續判定。標示 ❌ 的檔案還沒有判定，請用**掃描附件**掃描。',
    ownKey: '✅ 監看頻道中的檔案已恢復掃描。',
    noKey: '✅ 監看頻道中的檔案已恢復掃描。',
  },
  quotaUsedUp: (quota, when) =>
    `⏳ ${quota === 'month' ? '本月' : '今天'}的 VirusTotal 配額已用完：監看頻道中的檔案會先排隊，${when ?? '之後'}自動繼續。`,
};
