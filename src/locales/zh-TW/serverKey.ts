import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const serverKey: Locale['config']['serverKey'] = {
  about: '伺服器有了自己的 VirusTotal 金鑰，就有自己的配額與隊伍。金鑰會加密儲存，只供這個伺服器使用，也不會再顯示。',
  none: {
    all: '這個伺服器和其他伺服器一起使用營運者的金鑰。',
    'watching-needs-own': '指令使用營運者的金鑰。要監看頻道，這個伺服器需要自己的金鑰。',
    off: '這個伺服器需要自己的金鑰：營運者的金鑰不供伺服器使用。',
  },
  set: (lastFour, who, when) => `結尾為 **${lastFour}** 的金鑰，由 ${who} 於 ${when} 輸入`,
  limits: (minute, day, month) =>
    `VirusTotal 允許每分鐘 ${number(minute)} 次、每天 ${number(day)} 次、每月 ${number(month)} 次請求。`,
  unchecked: (minute, day, month) =>
    `VirusTotal 不會告訴這個機器人金鑰是否有效，因此視為免費金鑰：每分鐘 ${number(minute)} 次、每天 ${number(day)} 次、每月 ${number(month)} 次請求。如果 VirusTotal 不接受它，這個伺服器的檔案會排隊等候並說明原因。`,
  unreadable: '⚠️ 這把金鑰已無法解密。請重新輸入：在那之前，這個伺服器的檔案會排隊等候。',
  get: '金鑰免費：先到 <https://www.virustotal.com/gui/join-us> 註冊，再從 <https://www.virustotal.com/gui/my-apikey> 複製。',
  enter: '輸入金鑰 …',
  replace: '更換金鑰 …',
  remove: '移除金鑰',
  fallBack: '被拒絕或用完時，改用機器人的金鑰',
  form: {
    title: 'VirusTotal 金鑰',
    label: 'API 金鑰',
    about: '64 個字元。只有你看得到這份表單，之後沒有人看得到金鑰。',
  },
  refusals: {
    notAKey: '這不是 VirusTotal 金鑰：金鑰是 64 個英文字母與數字，沒有空格。輸入的內容沒有送到任何地方。沒有任何變更。',
    refused: 'VirusTotal 不接受這把金鑰。請從 <https://www.virustotal.com/gui/my-apikey> 重新複製。沒有任何變更。',
    unreachable: '目前無法連上 VirusTotal 來檢查這把金鑰。請過幾分鐘再試。沒有任何變更。',
  },
  changed: {
    entered: (who) => `🔑 ${who} 為這個伺服器輸入了 VirusTotal 金鑰`,
    removed: (who) => `🔑 ${who} 移除了這個伺服器的 VirusTotal 金鑰`,
    fallBackOn: (who) => `🔑 ${who} 允許在伺服器的金鑰被拒絕或用完時，改用機器人的 VirusTotal 金鑰`,
    fallBackOff: (who) => `🔑 ${who} 不再允許在伺服器的金鑰被拒絕或用完時，改用機器人的 VirusTotal 金鑰`,
  },
};
