import type { Locale } from '../en-US.ts';

export const notices: Pick<Locale['alerts'], 'fallback' | 'troubles' | 'troubleOver' | 'quotaUsedUp'> = {
  fallback: {
    noChannel: () =>
      '⚠️ vtscan이 여기서 위험한 파일을 찾았지만 알림을 보낼 채널이 없어요. `/vtconfig` → 알림과 관리자에서 채널을 골라 주세요. 그때까지 알림은 대기해요.',
    noAccess: (channel) =>
      `⚠️ vtscan이 알림을 보낼 수 없는 채널이에요: ${channel}. 그곳에서 채널 보기, 메시지 보내기, 링크 첨부를 허용하거나 \`/vtconfig\` → 알림과 관리자에서 다른 채널을 골라 주세요. 그때까지 알림은 대기해요.`,
    channelGone: () =>
      '⚠️ vtscan의 알림 채널이 없어졌어요. `/vtconfig` → 알림과 관리자에서 다른 채널을 골라 주세요. 그때까지 알림은 대기해요.',
    refused: (channel) =>
      `⚠️ Discord가 vtscan의 알림을 받아 주지 않아요: ${channel}. \`/vtconfig\` → 알림과 관리자에서 다른 채널을 골라 주세요. 그때까지 알림은 대기해요.`,
    toOwner: (server, text) => `${server} 서버에 대한 안내예요:\n${text}`,
  },
  troubles: {
    key: '⚠️ VirusTotal이 이 봇의 API 키를 거부하고 있어요. 봇 운영자가 올바른 키를 넣을 때까지 감시 채널의 파일은 최대 하루 동안 대기해요.',
    down: '⚠️ 지금 VirusTotal이 응답하지 않아서 감시 채널의 파일을 판정하지 못해요. 조심해서 다뤄 주세요.',
    ownKey:
      '⚠️ 이 서버의 VirusTotal 키가 작동하지 않아요. VirusTotal이 거부했거나 더는 복호화할 수 없는 키예요. `/vtconfig` → **VirusTotal 키**에서 다시 입력해 주세요. 봇의 키를 쓰도록 허용하지 않았다면 그때까지 감시 채널의 파일은 최대 하루 동안 대기해요.',
    noKey:
      '⚠️ 감시 채널의 파일을 검사하지 못하고 있어요. 이 서버의 VirusTotal 키가 필요해요. `/vtconfig` → **VirusTotal 키**에서 입력해 주세요.',
  },
  troubleOver: {
    key: '✅ VirusTotal이 이 봇의 API 키를 다시 받아들였어요. 대기하던 파일을 검사하고 있어요.',
    down: '✅ VirusTotal이 다시 응답해서 감시 채널의 파일을 판정하고 있어요. ❌ 표시가 붙은 파일은 판정하지 못했으니 **첨부 파일 검사**로 검사해 주세요.',
    ownKey: '✅ 감시 채널의 파일을 다시 검사해요.',
    noKey: '✅ 감시 채널의 파일을 다시 검사해요.',
  },
  quotaUsedUp: (quota, when) =>
    `⏳ ${quota === 'month' ? '이번 달' : '오늘'} VirusTotal 할당량을 다 썼어요. 감시 채널의 파일은 대기하다가 ${when ? `${when} ` : ''}자동으로 이어서 검사해요.`,
};
