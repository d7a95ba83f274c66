import type { Locale } from '../en-US.ts';

export const notices: Pick<Locale['alerts'], 'fallback' | 'troubles' | 'troubleOver' | 'quotaUsedUp'> = {
  fallback: {
    noChannel: () =>
      '⚠️ vtscan 在这里发现了有问题的文件，但还没有发送警报的频道。请用 `/vtconfig` → 警报与管理员 选择一个，警报会保留到那时。',
    noAccess: (channel) =>
      `⚠️ vtscan 无法在 ${channel} 发送警报。请允许它在那里查看频道、发送消息和嵌入链接，或用 \`/vtconfig\` → 警报与管理员 换一个频道，警报会保留到那时。`,
    channelGone: () => '⚠️ vtscan 的警报频道不见了。请用 `/vtconfig` → 警报与管理员 另选一个，警报会保留到那时。',
    refused: (channel) =>
      `⚠️ Discord 不接受 vtscan 在 ${channel} 发送警报。请用 \`/vtconfig\` → 警报与管理员 换一个频道，警报会保留到那时。`,
    toOwner: (server, text) => `关于你的服务器 ${server}：\n${text}`,
  },
  troubles: {
    key: '⚠️ VirusTotal 拒绝了本机器人的 API 密钥：监控频道中的文件暂时排队（最多一天），等机器人维护者换上可用的密钥。',
    down: '⚠️ VirusTotal 目前没有响应：监控频道中的文件暂时无法判断，请小心对待。',
    ownKey:
      '⚠️ 本服务器的 VirusTotal 密钥无法使用：VirusTotal 拒绝了它，或者它已无法解密。请在 `/vtconfig` → **VirusTotal 密钥** 重新填入。在此之前，除非允许改用机器人的密钥，监控频道中的文件暂时排队，最多一天。',
    noKey:
      '⚠️ 监控频道中的文件没有扫描：本服务器需要自己的 VirusTotal 密钥。请在 `/vtconfig` → **VirusTotal 密钥** 填入。',
  },
  troubleOver: {
    key: '✅ VirusTotal 重新接受了本机器人的 API 密钥：排队的文件正在扫描。',
    down: '✅ VirusTotal 恢复响应，监控频道中的文件重新开始检测。标有 ❌ 的文件没有检测过，请用 **扫描附件** 扫描。',
    ownKey: '✅ 监控频道中的文件恢复扫描。',
    noKey: '✅ 监控频道中的文件恢复扫描。',
  },
  quotaUsedUp: (quota, when) =>
    `⏳ ${quota === 'month' ? '本月' : '今天'}的 VirusTotal 配额已用完：监控频道中的文件暂时排队，${when ? `${when} ` : '之后'}自动继续。`,
};
