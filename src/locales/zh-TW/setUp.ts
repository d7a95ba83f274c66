import type { Locale } from '../en-US.ts';
import { format } from './format.ts';
import { uploads } from './help.ts';

const { number } = format;

export const setUp: Locale['setUp'] = {
  title: (step, what) => `初始設定 · ${step}／3 · ${what}`,
  next: '下一步',
  back: '上一步',
  anyway: '仍要繼續',
  finish: '啟用',
  done: '✅ 設定完成',
  capacity: (unknown, mostlyKnown) =>
    `這個機器人的金鑰每天大約能判定 ${number(unknown)} 個新檔案；如果每五個有四個是 VirusTotal 已知的，則約 ${number(mostlyKnown)} 個。超過的會排到隔天，\`/vtscan\` 優先。`,

  alerts: {
    title: '警示發到哪裡',
    about:
      '有人張貼有問題的檔案時，管理員會在那裡收到警示：誰、在哪裡、貼了什麼，以及處理用的按鈕。建議使用只有管理員看得到的頻道。',
    none: '目前沒有只有管理員看得到的頻道。請建立一個再重新開啟，或在下方選擇。',
    choose: '警示頻道',
    without: '不使用警示，繼續',
    isPublic: (channel) => `⚠️ 所有人都看得到 ${channel}：成員會看到誰的檔案有問題，以及管理員做了什麼。`,
  },
  watch: {
    title: '監看什麼',
    about: '張貼在監看頻道的檔案會自動掃描，圖片、音訊、影片和文字檔則會略過。',
    pick: '要監看的頻道',
    missing: '請至少選擇一個頻道。',
    values: {
      all: { label: '所有頻道（建議）', about: '機器人看得到的每個頻道，包括討論串' },
      some: { label: '只監看部分頻道', about: '由您選擇，不會查看張貼在其他地方的檔案' },
      none: { label: '不監看', about: '成員仍可用 /vtscan 自己掃描檔案' },
    },
  },
  upload: {
    title: 'VirusTotal 沒有紀錄的檔案',
    about: '一開始只會查詢檔案的指紋。如果 VirusTotal 從未見過這個檔案，只有上傳才能知道有沒有問題，而上傳後無法收回。',
    values: {
      ask: { label: '每次上傳前先詢問（建議）', about: '由發文者或管理員按按鈕決定' },
      auto: { label: '一律上傳', about: '每個檔案都有判定結果，但私人文件可能外流到伺服器之外' },
      'hash-only': { label: '絕不上傳', about: '檔案不會離開伺服器，但認不出新的惡意程式' },
    },
  },

  test: {
    button: '傳送測試警示',
    title: '🧪 測試警示：沒有發生任何事',
    text: (who) =>
      `${who} 正在測試警示會發到哪裡。真正的警示會說明誰在哪裡張貼了什麼，以及有多少引擎偵測到威脅，下方還有這些按鈕：\n• **刪除**：移除訊息\n• **禁言**和**停權**：處置發文者\n• **忽略**：關閉警示\n• **信任**：不再對該檔案發出警示\n只有本身權限足夠的人才能按。`,
    posted: (channel) => `✅ 測試警示已發到 ${channel}。`,
    lacks: (channel, permissions) =>
      `❌ 沒有發出測試警示：機器人在 ${channel} 需要 **${permissions}** 權限。請在那裡為機器人的身分組開啟，再試一次。`,
    gone: '❌ 沒有發出測試警示：警示頻道已不存在，或機器人看不到。請重新選擇。',
    refused: (channel) => `❌ 沒有發出測試警示：Discord 在 ${channel} 拒絕了。請再試一次，或選擇其他頻道。`,
    noChannel: '❌ 沒有發出測試警示：尚未設定警示頻道。',
  },

  notice: {
    button: '張貼告知成員的公告',
    text: (upload) =>
      `🔎 **張貼在這裡的檔案都會檢查是否為惡意程式。** 每個檔案的指紋（SHA-256）會送到 VirusTotal 查詢，圖片、音訊、影片和文字檔則會略過。${uploads[upload]}詳情請用 \`/help\` 查看。`,
    textEverywhere: (upload) =>
      `🔎 **張貼在本伺服器的檔案都會檢查是否為惡意程式。** 每個檔案的指紋（SHA-256）會送到 VirusTotal 查詢，圖片、音訊、影片和文字檔則會略過。${uploads[upload]}詳情請用 \`/help\` 查看。`,
    posted: (channels) => `✅ 公告已張貼在 ${channels}。建議將它釘選。`,
    failed: (channels) => `❌ 無法在 ${channels} 張貼公告：機器人不能在那裡發言，或那是論壇頻道。`,
  },

  welcome: {
    text: (server) =>
      `👋 感謝您把我加入 **${server}**。我會用 VirusTotal 判斷檔案是不是惡意程式。成員現在就可以使用 \`/vtscan\`。目前還沒有監看任何頻道，也不會發出警示：設定只要一分鐘。`,
    button: '開始設定',
  },
};
