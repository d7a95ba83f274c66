import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

type Digest = Locale['digest'];

/** "메시지 3개 삭제". */
const counting = (what: string, counter: string, done: string) => (count: number) =>
  `${what} ${number(count)}${counter} ${done}`;

export const digest: Digest = {
  title: '📅 주간 요약',
  span: (from, until) => `${from} ~ ${until}`,
  checked: (files, links, verdicts) => {
    const what = `파일 ${number(files)}개${links > 0 ? `, 링크 ${number(links)}개` : ''}`;
    return `**검사:** ${what}${verdicts.length > 0 ? `: ${verdicts.join(', ')}` : ''}`;
  },
  automatic: (acts) => `**자동 조치:** ${acts.length > 0 ? acts.join(', ') : '없음'}`,
  moderator: (who, acts) => `${who} ${acts.join(', ')}`,
  moderators: (people) => `**관리자:** ${people.join('; ')}`,
  acts: {
    delete: counting('메시지', '개', '삭제'),
    timeOut: counting('멤버', '명', '타임아웃'),
    quarantine: counting('멤버', '명', '격리'),
    kick: counting('멤버', '명', '추방'),
    ban: counting('멤버', '명', '차단'),
    trust: counting('파일', '개', '신뢰 등록'),
    block: counting('파일', '개', '차단 등록'),
    claim: counting('알림', '건', '담당'),
    resolve: counting('알림', '건', '해결 처리'),
    dismiss: counting('알림', '건', '무시'),
    endTimeOut: counting('타임아웃', '건', '해제'),
    endQuarantine: counting('격리', '건', '해제'),
    unban: counting('멤버', '명', '차단 해제'),
    untrust: counting('파일', '개', '신뢰 해제'),
    unblock: counting('파일', '개', '차단 해제'),
  },
  quota: (calls, unchecked, waiting) => {
    const skipped = unchecked > 0 ? ` 할당량이 떨어져 검사하지 못한 파일이 ${number(unchecked)}개 있어요.` : '';
    const late = waiting > 0 ? ` 아직 기다리는 파일이 ${number(waiting)}개 있어요.` : '';
    return `**할당량:** 봇이 모든 서버를 합쳐 VirusTotal에 요청을 ${number(calls)}회 보냈어요.${skipped}${late}`;
  },
  falseAlarms: (cases, trusted) =>
    `**오탐:** ${cases === 0 ? '없음' : `알림 ${number(cases)}건`}${trusted > 0 ? `, 그 뒤 신뢰 등록한 파일 ${number(trusted)}개` : ''}`,
};
