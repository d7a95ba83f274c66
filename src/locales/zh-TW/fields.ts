import type { Locale } from '../en-US.ts';

export const fields: Locale['config']['fields'] = {
  watch: {
    label: '監看',
    about: '張貼在那裡的檔案，包括討論串和論壇貼文，都會自動掃描。',
    values: { none: '不監看', all: '所有頻道', some: '只有選定的頻道' },
  },
  watchedChannels: { label: '選定的頻道', about: '只要選了一個，就只監看選定的頻道。' },
  exemptChannels: { label: '不監看的頻道', about: '不會處理張貼在那裡的檔案。' },
  exemptRoles: {
    label: '不監看的身分組',
    about: '不會處理擁有這些身分組的成員的檔案。若只要排除某個機器人，請選擇它的身分組。',
  },
  scope: {
    label: '掃描對象',
    about: '有風險的檔案，是指真正的圖片、音訊、影片和純文字以外的檔案。依內容判斷，不看檔名。',
    values: { risky: '有風險的檔案', all: '所有檔案' },
  },
  upload: {
    label: '未知的檔案',
    about:
      'VirusTotal 會把上傳的檔案分享給合作夥伴。此設定也適用於 `/vtscan` 和「掃描附件」。不上傳的話，未知的檔案就無法判定。',
    values: { auto: '上傳到 VirusTotal', ask: '每次上傳前先詢問', 'hash-only': '絕不上傳，只查詢' },
  },
  links: {
    label: '也檢查連結',
    about: '在檔案用剩的配額內，也檢查監看頻道中的網址：每則訊息檢查前 5 個，知名網站除外。',
  },
  privateByDefault: {
    label: '/vtscan 預設不公開',
    about: '`/vtscan` 和「掃描附件」的回覆只有提出要求的人看得到，除非另以選項 `private` 指定。',
  },
  watchBots: { label: '監看機器人', about: '掃描機器人張貼的檔案。' },
  watchWebhooks: { label: '監看 Webhook', about: '掃描 Webhook 張貼的檔案。' },
  malicious: { label: '惡意檔案', about: '有足夠多的引擎偵測到威脅，或已在本伺服器封鎖。' },
  suspicious: { label: '可疑檔案', about: '有少數引擎偵測到威脅：可能是誤判，也可能是新的惡意程式。' },
  unwanted: { label: '垃圾程式', about: '廣告軟體、捆綁程式之類：惱人，但不是攻擊。' },
  misleading: { label: '偽裝檔名', about: '沒有引擎偵測到威脅，但檔名假冒成別種檔案。' },
  locked: { label: '上鎖檔案', about: '無法檢查內容。把密碼附在旁邊的加密壓縮檔，是常見的誘騙手法。' },
  failed: { label: '無法掃描的檔案', about: '檔案太大、已不存在或遭拒絕：沒有人知道那是什麼。' },
  hijacked: {
    label: '帳號遭盜用',
    about: '有成員在一分鐘內，於 3 個以上的頻道張貼同樣的檔案，或清一色的圖片。不會等待判定結果。',
  },
  noise: {
    label: '未偵測到威脅的檔案',
    about: '若選擇回覆，每個檔案一開始掃描就會回覆。',
    values: { quiet: '標記', verbose: '標記並回覆', unmarked: '回覆', silent: '什麼都不做' },
  },
  markScanning: { label: '掃描時標記', about: '在判定結果出來前，訊息上會有 ⏳。' },
  warn: { label: '可疑門檻', about: '至少要有這麼多個獨立引擎偵測到威脅。' },
  act: {
    label: '惡意門檻',
    about: '至少要有這麼多個獨立引擎判定為惡意軟體。門檻不超過 3 時，只要其中一個幾乎不會誤判，兩個就夠了。',
  },
  timeOut: { label: '禁言時間', about: '發文者會被禁言多久。' },
  newAccountDays: {
    label: '嚴格看待新帳號',
    about: '較新的帳號張貼可疑檔案時，會當作惡意檔案處理。',
    values: { 0: '關閉', 1: '建立未滿 1 天', 7: '建立未滿 7 天', 30: '建立未滿 30 天' },
  },
  quarantineRole: { label: '隔離身分組', about: '加在被隔離成員身上的身分組，請選看不到任何頻道的身分組。' },
  tellAuthor: { label: '通知發文者', about: '訊息遭刪除，或遭禁言、隔離、踢出、停權的人，會收到說明原因的私人訊息。' },
  appeal: { label: '申訴方式', about: '寫在該私人訊息中的說明：可以聯絡誰、在哪裡聯絡。' },
  alertChannel: {
    label: '警示頻道',
    about: '警示和這些設定的變更會張貼在那裡。請選只有管理員看得到的頻道。',
  },
  language: {
    label: '語言',
    about: '公開回覆和警示所用的語言。只有您看得到的內容，會依您的 Discord 語言顯示。Discord 只知道社群伺服器的語言。',
    values: { server: '依照 Discord 的設定' },
  },
  pingRole: { label: '要提及的身分組', about: '每則警示都會提及它。' },
  moderatorRole: {
    label: '管理員身分組',
    about: '擁有此身分組的成員即使權限不足，也能使用警示的按鈕，但踢出、停權、信任與封鎖除外。',
  },
  digest: {
    label: '每週摘要',
    about:
      '於 08:00 UTC（臺灣時間 16:00）張貼在警示頻道：檔案與判定結果、誰做了哪些處置、配額、誤判。如果整週都沒有事情，就不會張貼。',
    values: {
      off: '關閉',
      monday: '每週一',
      tuesday: '每週二',
      wednesday: '每週三',
      thursday: '每週四',
      friday: '每週五',
      saturday: '每週六',
      sunday: '每週日',
    },
  },
};
