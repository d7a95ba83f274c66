import type { Locale } from '../en-US.ts';

export const permissions: Locale['permissions'] = {
  ViewChannel: '채널 보기',
  ReadMessageHistory: '메시지 기록 보기',
  SendMessages: '메시지 보내기',
  SendMessagesInThreads: '스레드에서 메시지 보내기',
  EmbedLinks: '링크 첨부',
  AttachFiles: '파일 첨부',
  AddReactions: '반응 추가하기',
  ManageMessages: '메시지 관리',
  ModerateMembers: '타임아웃 멤버',
  KickMembers: '멤버 추방하기',
  BanMembers: '멤버 차단하기',
  ManageRoles: '역할 관리하기',
  ManageGuild: '서버 관리하기',
  ViewAuditLog: '감사 로그 보기',
  MentionEveryone: '@everyone, @here, 모든 역할 멘션하기',
};

/** Before what is needed for it. */
export const features: Locale['features'] = {
  seeing: '올라온 글을 보려면',
  answers: '답장하고 알림을 보내려면',
  threads: '스레드에서 답장하려면',
  cards: '판정을 보여 주려면',
  tables: '엔진 결과표를 파일로 보내려면',
  history: '멈춰 있던 동안의 글을 따라잡으려면',
  marks: '메시지에 표시를 달려면',
  pings: '그 역할을 멘션하려면',
  delete: '메시지를 삭제하려면',
  timeOut: '멤버를 타임아웃하려면',
  kick: '멤버를 추방하려면',
  ban: '멤버를 차단하려면',
  quarantine: '격리 역할을 주려면',
  whoAdded: '봇을 추가한 사람에게 인사하려면',
};

export const troubles: Locale['config']['troubles'] = {
  title: '⚠️ 고쳐야 할 것',
  messageContent:
    '봇이 메시지를 읽을 수 없어서 아무것도 감시하지 못해요. 봇 운영자가 <https://discord.com/developers/applications> (Bot → Privileged Gateway Intents)에서 **Message Content Intent**를 켜고 봇을 다시 시작해야 해요.',
  needsKey: '감시 파일을 검사하지 못해요. 이 서버의 VirusTotal 키가 필요해요. **VirusTotal 키**에서 입력해 주세요.',
  keyUnreadable: '이 서버의 VirusTotal 키를 더는 복호화할 수 없어요. **VirusTotal 키**에서 다시 입력해 주세요.',
  nothingPicked: '고른 채널만 감시하는데 고른 채널이 없어요. **감시**에서 골라 주세요.',
  noAlertChannel: '아무에게도 알림이 가지 않아요. **알림과 관리자**에서 알림 채널을 골라 주세요.',
  publicAlerts: (channel) =>
    `누구나 알림을 읽을 수 있는 채널이에요: ${channel}. 그곳에서 @everyone의 **채널 보기**를 끄거나 **알림과 관리자**에서 다른 채널을 골라 주세요.`,
  channelGone: (channels) =>
    `없어졌거나 봇이 볼 수 없는 채널이에요: ${channels}. 다시 고르거나 봇이 볼 수 있게 해 주세요.`,
  roleGone: '골랐던 역할이 없어졌어요. **알림과 관리자**나 **조치 방식**에서 다시 골라 주세요.',
  noQuarantineRole: '아무도 격리할 수 없어요. **조치 방식**에서 격리 역할을 골라 주세요.',
  quarantineRoleAbove:
    '봇이 격리 역할을 줄 수 없어요. 서버 설정 → 역할에서 봇의 역할을 격리 역할보다 위로 옮겨 주세요.',
  permission: (permission, where, feature) =>
    `${feature} 봇에 **${permission}** 권한이 필요해요: ${where}. 그곳에서 봇의 역할에 허용해 주세요.`,
  inServer: '서버 전체',
  andMore: (count) => `외 ${count}곳`,
  more: (count) => `외 ${count}건`,
};
