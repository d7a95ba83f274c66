import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const serverKey: Locale['config']['serverKey'] = {
  about: '服务器有了自己的 VirusTotal 密钥，就有自己的配额和队伍。密钥加密保存，只用于本服务器，也不会再显示。',
  none: {
    all: '本服务器与其他服务器一起使用机器人维护者的密钥。',
    'watching-needs-own': '命令使用机器人维护者的密钥。要监控频道，本服务器需要自己的密钥。',
    off: '本服务器需要自己的密钥：机器人维护者的密钥不供服务器使用。',
  },
  set: (lastFour, who, when) => `以 **${lastFour}** 结尾的密钥，由 ${who} 于 ${when} 填入`,
  limits: (minute, day, month) =>
    `VirusTotal 允许每分钟 ${number(minute)} 次、每天 ${number(day)} 次、每月 ${number(month)} 次请求。`,
  unchecked: (minute, day, month) =>
    `VirusTotal 不会告诉本机器人密钥是否有效，因此按免费密钥计算：每分钟 ${number(minute)} 次、每天 ${number(day)} 次、每月 ${number(month)} 次请求。如果 VirusTotal 拒绝它，本服务器的文件会排队等候并说明原因。`,
  unreadable: '⚠️ 这个密钥已无法解密。请重新填入：在此之前，本服务器的文件会排队等候。',
  get: '密钥免费：先在 <https://www.virustotal.com/gui/join-us> 注册，再从 <https://www.virustotal.com/gui/my-apikey> 复制。',
  enter: '填入密钥 …',
  replace: '更换密钥 …',
  remove: '删除密钥',
  fallBack: '被拒绝或用完时，改用机器人的密钥',
  form: { title: 'VirusTotal 密钥', label: 'API 密钥', about: '64 个字符。只有你能看到这个表单，之后谁也看不到密钥。' },
  refusals: {
    notAKey: '这不是 VirusTotal 密钥：密钥是 64 个字母和数字，没有空格。填入的内容没有发送到任何地方。没有任何改动。',
    refused: 'VirusTotal 拒绝了这个密钥。请从 <https://www.virustotal.com/gui/my-apikey> 重新复制。没有任何改动。',
    unreachable: '目前连不上 VirusTotal，无法检查这个密钥。请过几分钟再试。没有任何改动。',
  },
  changed: {
    entered: (who) => `🔑 ${who} 为本服务器填入了 VirusTotal 密钥`,
    removed: (who) => `🔑 ${who} 删除了本服务器的 VirusTotal 密钥`,
    fallBackOn: (who) => `🔑 ${who} 允许在服务器密钥被拒绝或用完时改用机器人的 VirusTotal 密钥`,
    fallBackOff: (who) => `🔑 ${who} 不再允许在服务器密钥被拒绝或用完时改用机器人的 VirusTotal 密钥`,
  },
};
