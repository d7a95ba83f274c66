import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const status: Locale['status'] = { ready: '等待中', progress: '進行中', error: '錯誤' };

export const activity: Locale['activity'] = {
  starting: '開始掃描',
  continuing: '繼續掃描',
  queued: '等待下載',
  downloading: '下載中',
  lookingUp: '正在查詢 VirusTotal 有沒有紀錄',
  uploading: '正在上傳到 VirusTotal',
  analysing: '引擎分析中',
  unreachable: '等待中：連不上 VirusTotal',
  retries: '會持續重試。',
  share: (bar, done, total) => `${bar} ${done}／${total}`,
  soFar: (done) => `目前 ${done}`,
  answered: (count) => `${number(count)} 個引擎已回報`,
  flaggedAlready: (count) => `已有 ${number(count)} 個引擎偵測到威脅：請勿開啟`,
};

export const waiting: Locale['waiting'] = (reason, ahead, until) => {
  const turn = ahead > 0 ? `前面還有 ${number(ahead)} 個` : '下一個就輪到您';
  switch (reason) {
    case 'turn':
    case 'minute':
      return { now: '等待 VirusTotal', more: until ? `${turn}，預計 ${until}` : turn };
    case 'share':
      return {
        now: '等待中：您今天可用的 VirusTotal 配額已用完',
        more: `等沒有其他人排隊，或新的一天開始時繼續${until ? `（${until}）` : ''}`,
      };
    case 'day':
      return { now: '等待中：VirusTotal 的每日配額已用完', more: `${until ?? '明天'}自動繼續` };
    case 'month':
      return { now: '等待中：VirusTotal 的每月配額已用完', more: `${until ?? '下個月'}自動繼續` };
    case 'key':
      return {
        now: '等待中：VirusTotal 不接受 API 金鑰',
        more: '請告知這個機器人的營運者：金鑰恢復正常後，就會自動繼續',
      };
    case 'ownKey':
      return {
        now: '等待中：這個伺服器的 VirusTotal 金鑰無法使用',
        more: '請告知管理員：在 `/vtconfig` 輸入正確的金鑰後，就會自動繼續',
      };
    case 'outage':
      return { now: '等待中：VirusTotal 沒有回應', more: 'VirusTotal 恢復後會自動繼續' };
    default:
      return reason satisfies never;
  }
};

export const reply: Locale['reply'] = {
  several: (count) => `${number(count)} 個檔案`,
  finished: (done, count) => `${number(count)} 個檔案已完成 ${number(done)} 個`,
  found: (files, counts) => (counts.length > 0 ? `${files}：${counts.join('、')}` : files),
  stillWorking: 'Discord 只讓我在 15 分鐘內編輯這則回覆，而掃描還沒結束。請稍後再按下方的按鈕查看。',
  orByToken: (tokens) =>
    ['-# 也可以用 `/vtresult` 輸入：', ...tokens.map((token) => `-# 代碼 \`${token}\``)].join('\n'),
  letter: '您要求掃描時我正好發生狀況，現在已無法編輯當時的回覆。以下是結果。',
  unreadable: (count) => `這則回覆有 ${number(count)} 個結果已無法讀取。`,
  showResult: '顯示結果',
  from: (link) => `來自 ${link}`,
  onlyFirst: (shown, all) => `那則訊息有 ${number(all)} 個檔案，這裡是前 ${number(shown)} 個。`,
};

export const watching: Locale['watching'] = {
  toAuthor:
    '如果這是您張貼的：您可能並不知情，引擎也可能誤判。請刪除您的訊息，並掃描檔案來源的裝置。如果檔案是您自己做的，請告訴管理員，他們可以將它設為信任。',
};

export const upload: Locale['upload'] = {
  button: '要上傳到 VirusTotal 嗎？',
  about: '上傳的檔案會分享給 VirusTotal 的合作夥伴和客戶，無法收回。只有分享檔案的人或管理員可以按下按鈕。',
  shared: 'VirusTotal 沒有紀錄的檔案會上傳，並由 VirusTotal 分享給合作夥伴和客戶。',
  notAllowed: '只有分享該檔案的人，或擁有**管理訊息**權限的成員可以上傳。',
  switchedOff: '本伺服器已關閉上傳。',
};

export const forget: Locale['forget'] = {
  button: '刪除這次掃描',
  done: '已刪除這裡的掃描紀錄。VirusTotal 已有的資料會保留。',
  notYours: '這不是您的掃描。',
  needed: '有伺服器的管理員還在調查這個檔案，所以掃描紀錄會先保留。等他們處理完再試一次。',
};
