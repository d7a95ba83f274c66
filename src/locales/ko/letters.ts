import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { list, number } = format;

type ToAuthor = Locale['alerts']['toAuthor'];

const engines =
  '백신 엔진들이 이 파일을 탐지했어요. 모르고 올렸을 수도 있고, 엔진이 틀렸을 수도 있어요. 이 파일이 있던 기기를 검사해 보세요.';
const becauses: Record<Parameters<ToAuthor['letter']>[3], string> = {
  malicious: engines,
  suspicious: engines,
  unwanted: engines,
  misleading: '이름 때문에 다른 종류의 파일로 보여요. 일부러 그런 것이 아니라면 이름을 바꿔 주세요.',
  locked: '잠겨 있어서 무엇이 들었는지 아무도 확인할 수 없어요. 비밀번호 없이 공유해 주세요.',
  failed: '악성코드인지 검사하지 못했어요.',
  blocked: '서버 관리자가 차단한 파일이에요.',
};

export const toAuthor: ToAuthor = {
  deleted: (count, channels) => `${list(channels)}에 올린 메시지 ${number(count)}개 삭제`,
  timedOut: (until) => `${until}까지 타임아웃(글쓰기 제한)`,
  quarantined: '관리자가 풀어 줄 때까지 격리',
  kicked: '서버에서 추방',
  banned: '서버에서 차단',
  letter: (server, what, files, outcome) =>
    `${server} 서버에서 다음 조치를 안내드려요: ${what.join(', ')}.\n원인이 된 파일: ${files.join(', ')}. ${becauses[outcome]}`,
  hijacked: (server, what) =>
    `${server} 서버에서 다음 조치를 안내드려요: ${what.join(', ')}.\n탈취된 계정이 흔히 그러듯, 이 계정에서 여러 채널에 한꺼번에 파일이 올라왔어요. 본인이 올린 것이 아니라면 Discord 비밀번호를 바꾸고, 설정의 **승인된 앱**에서 모르는 앱을 제거하세요.`,
  reference: (id) => `문의 번호 \`${id}\``,
  appeal: (words) => `관리자의 안내:\n${words.replaceAll(/^/gm, '> ')}`,
  noAppeal: '직접 만든 파일이라면 그 서버의 관리자에게 알려 주세요. 신뢰 파일로 등록해 줄 수 있어요.',
};
