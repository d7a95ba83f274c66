import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { list, number } = format;

const engines = '防毒引擎偵測到威脅。您可能並不知情，引擎也可能誤判。請掃描這個檔案來源的裝置。';
/** Why a member lost something because of a file, and what they can do. */
const becauses = {
  malicious: engines,
  suspicious: engines,
  unwanted: engines,
  misleading: '檔名讓它看起來像別種檔案。如果您並非有意，請重新命名。',
  locked: '檔案已上鎖，沒有人能檢查內容。請改以不含密碼的方式分享。',
  failed: '無法檢查它是不是惡意程式。',
  blocked: '管理員已封鎖這個檔案。',
};

export const toAuthor: Locale['alerts']['toAuthor'] = {
  deleted: (count, channels) =>
    count === 1 ? `您在 ${list(channels)} 的訊息已被刪除` : `您在 ${list(channels)} 的 ${number(count)} 則訊息已被刪除`,
  timedOut: (until) => `在 ${until} 之前您無法發言`,
  quarantined: '您已被隔離，直到管理員解除',
  kicked: '管理員即將把您踢出伺服器',
  banned: '管理員即將把您停權',
  letter: (server, what, files, outcome) =>
    `來自 ${server} 的通知：${what.join('，')}。原因是 ${list(files)}：${becauses[outcome]}`,
  hijacked: (server, what) =>
    `來自 ${server} 的通知：${what.join('，')}。您的帳號同時在多個頻道張貼檔案，這是帳號遭盜用的跡象。如果不是您本人所為，請更改 Discord 密碼，並在「已授權的應用程式」移除您不認識的應用程式。`,
  reference: (id) => `參考編號 \`${id}\``,
  appeal: (words) => `管理員的說明：\n${words.replaceAll(/^/gm, '> ')}`,
  noAppeal: '如果檔案是您自己做的，請告訴該伺服器的管理員，他們可以將它設為信任。',
};
