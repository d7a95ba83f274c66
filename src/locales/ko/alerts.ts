import type { Locale } from '../en-US.ts';
import { acts } from './acts.ts';
import { format } from './format.ts';
import { toAuthor } from './letters.ts';
import { notices } from './notices.ts';
import { permissions } from './permissions.ts';

const { list, number } = format;

const kinds: Record<Parameters<Locale['alerts']['reason']>[0], string> = {
  malicious: '악성 파일',
  suspicious: '의심 파일',
  unwanted: '불필요한 프로그램',
  misleading: '이름을 위장한 파일',
  locked: '잠겨 있어 볼 수 없는 파일',
  failed: '검사하지 못한 파일',
  blocked: '이 서버에서 차단한 파일',
};

/** People are not counted as things are. */
function and(names: readonly string[], more: number): string {
  const counter = names[0]?.startsWith('<@') ? '명' : '개';
  return more > 0 ? `${names.join(', ')} 외 ${number(more)}${counter}` : list(names);
}

const needs = (permission: keyof typeof permissions) => `봇에 **${permissions[permission]}** 권한이 필요해요.`;

export const alerts: Locale['alerts'] = {
  title: {
    malicious: '악성 파일',
    suspicious: '의심 파일',
    unwanted: '불필요한 프로그램(PUP)',
    misleading: '이름 위장 파일',
    locked: '잠긴 파일',
    failed: '검사하지 못한 파일',
  },
  linkTitle: { malicious: '악성 링크', suspicious: '의심 링크' },
  hijackedTitle: '탈취된 계정일까요?',
  hijacked: (who, what, channels, seconds) =>
    `${who} 님이 ${Math.max(1, seconds)}초 사이에 ${what} 올렸어요: ${list(channels)}`,
  spree: (shared, areImages, areSame) => {
    if (areSame) return '똑같은 파일을';
    if (shared === 0) return '이미지만';
    return `이름과 크기가 같은 ${areImages ? '이미지' : '파일'} ${number(shared)}개를`;
  },
  compared: {
    waiting: (what) => `🔎 비교하는 중: ${what}. 끝날 때까지 자동으로 조치하지 않아요.`,
    other: (what) => `❗ 세 채널에 내용까지 똑같은 파일이 올라온 것이 아니어서 자동으로 조치하지 않았어요: ${what}.`,
    lost: (what) => `❗ 파일이 없어졌거나 너무 커서 비교하지 못했고, 자동으로 조치하지 않았어요: ${what}.`,
  },
  by: (who, kind, isForward) => {
    const name = { member: `${who} 님`, bot: `봇 ${who}`, webhook: `웹후크 ${who}` }[kind];
    return `${isForward ? '전달' : '게시'}: ${name}`;
  },
  place: (channel, link) => `${channel} ([메시지](${link}))`,
  posted: (by, places, more) => `${by} · ${places.join(', ')}${more && ` ${more}`}`,
  created: (when) => `${when} 계정 생성`,
  joined: (when) => `${when} 서버 참가`,
  left: '지금은 멤버가 아님',
  flaggedBefore: (count) => (count === 0 ? '이 서버에서 탐지된 적 없음' : `이 서버에서 전에 ${number(count)}번 탐지됨`),
  copies: (count) => `**${number(count)}번 올라왔어요**`,
  more: (count) => `외 ${number(count)}`,
  and,
  messages: (count, people, channels) => `${channels}의 메시지 ${number(count)}개${people && `(작성: ${people})`}`,
  gone: (what) => `사라진 메시지: ${what}. 작성자나 다른 사람이 삭제했어요.`,
  onlyAlert: '자동으로 한 조치는 없어요.',

  acts,
  choices: {
    plain: '',
    tenMinutes: '',
    hour: '',
    day: '',
    fourWeeks: '',
    purge: '최근 1시간의 메시지도 삭제',
    anyway: '여러 엔진이 악성코드로 탐지했는데도 등록',
    falseAlarm: '오탐',
    handled: '조치 완료',
    harmless: '해가 없거나 우리가 만든 파일',
  },
  already: (plain, what) => `${[what, plain].filter(Boolean).join(' ')}: 다른 사람이 먼저 해서 더 할 일이 없어요.`,
  underWay: (plain, what, who) =>
    `진행 중: ${[what, plain].filter(Boolean).join(' ')}${who ? ` (요청: ${who} 님)` : ''}`,
  couldNot: (who, plain, what) =>
    `하지 못했어요: ${[what, plain].filter(Boolean).join(' ')}${who ? ` (요청: ${who} 님)` : ''}. 이유:`,
  hindrances: {
    lacksManageMessages: `그 채널에서 ${needs('ManageMessages')}`,
    lacksModerateMembers: needs('ModerateMembers'),
    lacksKickMembers: needs('KickMembers'),
    lacksBanMembers: needs('BanMembers'),
    lacksManageRoles: `봇에 **${permissions.ManageRoles}** 권한과, 격리 역할보다 높은 역할이 필요해요.`,
    outranked: '그 멤버의 가장 높은 역할이 봇이나 요청한 관리자의 역할보다 낮지 않아요.',
    staff: '그 멤버는 이 서버의 관리자라서, 직접 결정해 주세요.',
    presserLeft: '요청한 관리자가 서버를 나갔어요.',
    memberLeft: '이미 서버를 나간 멤버예요.',
    notAMember: '웹후크가 올린 메시지예요.',
    noAccess: '봇이 그 채널을 볼 수 없어요.',
    noRole: '이 서버에 격리 역할이 없어요. `/vtconfig`에서 골라 주세요.',
    listFull: '목록이 가득 찼어요. 먼저 `/vtconfig`에서 파일을 빼 주세요.',
    closed: 'DM을 받지 않는 멤버예요.',
    tooLate: '그 시각이 이미 지났어요.',
    needless: '할 일이 없었어요.',
    refused: 'Discord가 거부했어요.',
  },

  moreActs: '더 보기…',
  moreAbout: '또 무엇을 할까요?',
  nothingMore: '이 알림에 대해 할 수 있는 다른 조치가 없어요.',
  nothingLeft: '더 할 일이 없어요. 이미 끝났거나 진행 중이에요.',
  ask: (plain, what) => `**${[what, plain].filter(Boolean).join(' ')}할까요?**`,
  choose: { people: '누구에게 할까요?', messages: '어느 메시지인가요?', files: '어느 파일인가요?' },
  chooseFirst: '아래에서 골라 주세요.',
  onlyForwarded: (who) => `전달만 한 사람은 뺐어요. 주의하라고 알린 것일 수도 있어요: ${who}.`,
  othersLater: (count) => `이번 조치가 끝나면 ${number(count)}개를 더 할 수 있어요.`,
  elsewhere: (count) => `삭제 권한이 없는 채널에 메시지가 ${number(count)}개 더 있어요.`,
  changed: '물어본 사이에 알림이 바뀌었어요. 다시 확인해 주세요:',
  leave: '그대로 두려면 이 메시지를 닫으세요.',
  reallyTrust: (what, count) =>
    `**독립된 엔진 ${count}개가 악성코드로 탐지했어요: ${what}.** 신뢰 파일로 등록하면 이 서버에서는 이 파일을 더는 경고하지 않아요. 그래도 등록할까요?`,
  twoFactor:
    '이 서버는 관리자에게 2단계 인증을 요구해요. 누가 2단계 인증을 쓰는지 Discord가 봇에 알려 주지 않아서 vtscan은 확인할 수 없어요.',
  confirm: {
    plain: (button) => button.replace('…', ''),
    tenMinutes: () => '10분',
    hour: () => '1시간',
    day: () => '1일',
    fourWeeks: () => '28일',
    purge: () => '차단하고 최근 1시간 메시지 삭제',
    anyway: () => '그래도 신뢰',
    falseAlarm: () => '오탐',
    handled: () => '조치 완료',
    harmless: () => '해가 없거나 우리 파일',
  },
  noted: '접수했어요. 결과는 알림에 표시돼요.',
  notAllowed: (permission, role) => `**${permission}** 권한${role ? `이나 ${role} 역할` : ''}이 있어야 할 수 있어요.`,
  noQuarantineRole: '이 서버에 격리 역할이 없어요. 먼저 `/vtconfig`에서 골라 주세요.',
  unknownCase: '너무 오래된 알림이에요. 버튼은 30일 동안만 작동해요.',
  reason: (outcome, name, flagged, opinions) =>
    `vtscan: ${kinds[outcome]} ${name}${flagged > 0 ? ` (엔진 ${flagged}/${opinions})` : ''}`,
  hijackedReason: (what) => `vtscan: 탈취된 계정처럼 여러 채널에 한꺼번에 ${what} 게시`,
  pressReason: (who, name) => `vtscan: ${who} 님이 버튼을 누름, 원인: ${name}`,

  toAuthor,
  ...notices,
};
