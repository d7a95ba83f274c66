import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const status: Locale['status'] = { ready: '대기 중', progress: '진행 중', error: '오류' };

export const activity: Locale['activity'] = {
  starting: '시작하는 중',
  continuing: '이어서 하는 중',
  queued: '다운로드 대기 중',
  downloading: '다운로드 중',
  lookingUp: 'VirusTotal에서 조회하는 중',
  uploading: 'VirusTotal에 업로드 중',
  analysing: '엔진이 분석하는 중',
  unreachable: '대기 중: VirusTotal에 연결할 수 없음',
  retries: '계속 다시 시도하고 있어요.',
  share: (bar, done, total) => `${bar} ${total} 중 ${done}`,
  soFar: (done) => `지금까지 ${done}`,
  answered: (count) => `엔진 ${count}개가 답함`,
  flaggedAlready: (count) => `벌써 엔진 ${count}개가 탐지: 열지 마세요`,
};

export const waiting: Locale['waiting'] = (reason, ahead, until) => {
  const turn = ahead > 0 ? `앞에 ${number(ahead)}개` : '다음 차례';
  switch (reason) {
    case 'turn':
    case 'minute':
      return { now: 'VirusTotal 순서를 기다리는 중', more: until ? `${turn}, ${until} 예정` : turn };
    case 'share':
      return {
        now: '대기 중: 오늘 내 몫의 VirusTotal 할당량 소진',
        more: `다른 대기자가 없거나 날이 바뀌면${until ? `(${until})` : ''} 자동 재개`,
      };
    case 'day':
      return {
        now: '대기 중: 오늘 VirusTotal 할당량 소진',
        more: `${until ?? '내일'} 자동 재개`,
      };
    case 'month':
      return {
        now: '대기 중: 이번 달 VirusTotal 할당량 소진',
        more: `${until ?? '다음 달'} 자동 재개`,
      };
    case 'key':
      return {
        now: '대기 중: VirusTotal이 API 키를 거부함',
        more: '봇 운영자에게 알려 주세요: 키가 작동하면 자동 재개',
      };
    case 'ownKey':
      return {
        now: '대기 중: 이 서버의 VirusTotal 키가 작동하지 않음',
        more: '관리자에게 알려 주세요: `/vtconfig`에 올바른 키를 넣으면 자동 재개',
      };
    case 'outage':
      return { now: '대기 중: VirusTotal이 응답하지 않음', more: 'VirusTotal이 복구되면 자동 재개' };
    default:
      return reason satisfies never;
  }
};

export const reply: Locale['reply'] = {
  several: (count) => `파일 ${count}개`,
  finished: (done, count) => `파일 ${count}개 중 ${done}개 완료`,
  found: (files, counts) => (counts.length > 0 ? `${files}: ${counts.join(', ')}` : files),
  stillWorking:
    'Discord에서는 이 답장을 15분 동안만 고칠 수 있는데, 아직 검사가 끝나지 않았어요. 나중에 버튼을 눌러 주세요.',
  orByToken: (tokens) =>
    ['-# 또는 `/vtresult`에 다음 토큰을 넣어 주세요:', ...tokens.map((token) => `-# 토큰 \`${token}\``)].join('\n'),
  letter: '제게 문제가 있을 때 요청하셨던 검사예요. 그곳의 답장은 이제 고칠 수 없어서 여기로 결과를 보내 드려요.',
  unreadable: (count) => `이 답장의 결과 ${count}개는 더 이상 읽을 수 없어요.`,
  showResult: '결과 보기',
  from: (link) => `원본 메시지: ${link}`,
  onlyFirst: (shown, all) => `그 메시지에 파일이 ${all}개 있어서 앞의 ${shown}개만 보여 드려요.`,
};

export const watching: Locale['watching'] = {
  toAuthor:
    '이 파일을 올렸다면: 모르고 올렸을 수도 있고, 엔진이 틀렸을 수도 있어요. 메시지를 삭제하고, 이 파일이 있던 기기를 검사해 보세요. 직접 만든 파일이라면 서버 관리자에게 알려 주세요. 신뢰 파일로 등록해 줄 수 있어요.',
};

export const upload: Locale['upload'] = {
  button: 'VirusTotal에 업로드할까요?',
  about:
    '업로드하면 VirusTotal의 파트너와 고객에게 공유되고 되돌릴 수 없어요. 파일을 공유한 사람이나 서버 관리자만 버튼을 누를 수 있어요.',
  shared: 'VirusTotal이 모르는 파일은 업로드되고, VirusTotal의 파트너와 고객에게 공유돼요.',
  notAllowed: '파일을 공유한 사람이나 **메시지 관리** 권한이 있는 멤버만 업로드할 수 있어요.',
  switchedOff: '이 서버에서는 업로드가 꺼져 있어요.',
};

export const forget: Locale['forget'] = {
  button: '이 검사 삭제',
  done: '여기에서 검사를 삭제했어요. VirusTotal에 있는 것은 그대로 남아요.',
  notYours: '내가 요청한 검사가 아니에요.',
  needed: '서버 관리자가 아직 이 파일을 살펴보고 있어서 지금은 검사를 삭제할 수 없어요. 끝난 뒤에 다시 해 주세요.',
};
