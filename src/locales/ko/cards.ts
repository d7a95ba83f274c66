import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number, percent } = format;

export const answers: Locale['answers'] = {
  malicious: '악성',
  suspicious: '의심',
  harmless: '탐지 안 함',
  undetected: '탐지 안 함',
  unrated: '평가 없음',
  'type-unsupported': '지원하지 않는 형식',
  timeout: '시간 초과',
  'confirmed-timeout': '시간 초과',
  failure: '검사 실패',
  other: '명확한 답 없음',
};

export const card: Locale['card'] = {
  engines: (flagged, opinions, independent) =>
    `엔진 ${opinions}개 중 ${flagged}개가 탐지${independent === undefined ? '' : `, 독립된 엔진은 ${independent}개`}`,
  who: (names, more, threat) => {
    const all = names.join(', ') + (more > 0 ? ` 외 ${number(more)}개` : '');
    return threat ? `${all}: ${threat}` : all;
  },
  more: (count) => `외 ${number(count)}개`,
  analysed: (when) => `${when} 분석`,
  enginesOnly: '아직 엔진의 답만 나왔어요. VirusTotal의 다른 분석 결과는 아직 알 수 없어요.',
  firstSeen: (when) => `${when} 처음 발견`,
  token: (token) => `토큰 \`${token}\``,
  sha256: (hash) => `SHA-256 \`${hash}\``,
  ring: (flagged, opinions) => `엔진 ${opinions}개 중 ${flagged}개가 탐지`,
  details: '자세히',
  allDetections: '전체 탐지 결과',
  virusTotal: 'VirusTotal',
  choose: '자세히 볼 파일(나에게만 보여요)',
};

const named = (signer: string | undefined) => (signer ? ` (${signer})` : '');

export const report: Locale['report'] = {
  noSession:
    '열린 세션이 없어요\n이 채널에서 `/vtscan`이나 *앱 → 첨부 파일 검사*로 파일을 검사하면 하루 동안 세션이 열려요. 또는 `query`에 파일을 적어 주세요.',
  closed: '세션을 닫았어요. 이 채널에서 다음에 검사할 때 새 세션이 열려요.',
  junk: 'SHA-256, SHA-1, MD5, 토큰, 파일의 VirusTotal 링크 중 아무것도 들어 있지 않아요.',
  pageOfAddress: '파일이 아니라 웹 주소의 링크예요. `/vturl`에 그 주소를 직접 넣어 주세요.',
  unseen: {
    why: 'VirusTotal이 한 번도 본 적 없는 파일이고, 조회는 아무것도 업로드하지 않아요.',
    todo: '위험한지 아닌지 알 수 없으니 일단 위험하다고 보세요. 파일을 가진 사람이 `/vtscan`으로 검사하면 업로드돼요.',
  },
  flagged: (count) => `탐지 (${count})`,
  all: (count) => `모든 엔진 (${count})`,
  list: (shown, left) => shown.join(', ') + (left > 0 ? ` 외 ${number(left)}개` : ''),
  fact: (what, value) => `**${what}** ${value}`,
  yes: '예',
  type: '형식',
  analysed: '분석 시각',
  names: '알려진 이름',
  bundle: '내용물',
  bundled: (files, worst) => `파일 ${number(files)}개${worst ? `, 그중 ${worst}` : ''}`,
  finalUrl: '연결되는 곳',
  pageTitle: '제목',
  firstSeen: '처음 발견',
  signature: '디지털 서명',
  signatures: {
    valid: (signer) => (signer ? `유효(서명자: ${signer})` : '유효'),
    revoked: (signer) => `무효: 인증서 폐기됨${named(signer)}`,
    expired: (signer) => `무효: 인증서 만료됨${named(signer)}`,
    untrusted: (signer) => `무효: Windows가 신뢰하지 않는 인증서${named(signer)}`,
    invalid: (signer) => `무효${named(signer)}`,
  },
  distributors: '배포처',
  trustedBy: '신뢰하는 곳',
  nsrl: '알려진 소프트웨어 목록(NSRL)에 있음',
  severity: '심각도',
  severities: { none: '없음', low: '낮음', medium: '보통', high: '높음' },
  families: '악성코드 계열',
  tags: '태그',
  sandboxes: '샌드박스',
  sandboxVerdicts: {
    malicious: '⛔ 악성',
    suspicious: '⚠️ 의심',
    harmless: '무해',
    undetected: '탐지 없음',
  },
  yara: 'YARA 규칙',
  sigma: 'Sigma 규칙',
  intrusions: '네트워크 경보',
  levels: (hits) =>
    Object.entries({ critical: '심각', high: '높음', medium: '보통', low: '낮음', info: '정보' })
      .map(([level, word]) => ({ word, hit: hits[level] }))
      .flatMap(({ word, hit }) => (typeof hit === 'number' && hit > 0 ? [`${word} ${hit}건`] : []))
      .join(', '),
  gti: 'Google Threat Intelligence',
  assessment: (verdict, score) => (score === undefined ? verdict : `${verdict}, 100점 중 ${score}점`),
  community: '커뮤니티',
  score: (score) => `점수 ${score}`,
  votes: ({ harmless, malicious }) => `악성 ${malicious}표, 무해 ${harmless}표`,
};

export const list: Locale['list'] = {
  clean: '✅ 파일은 탐지한 엔진이 없어요. 좋은 신호지만 보장은 아니에요. 새 악성코드는 늦게 발견돼요.',
};

export const rescan: Locale['rescan'] = {
  button: (cost) => `다시 분석 (요청 약 ${cost}회 사용)`,
  note: (cost) => `업로드 없이 VirusTotal이 다시 분석해요. 할당량에서 요청을 약 ${cost}회 써요.`,
};

export const pages: Locale['pages'] = {
  title: {
    all: (name) => `전체 탐지 결과: ${name}`,
    flagged: (name) => `탐지한 엔진: ${name}`,
  },
  page: (page, pages) => `${pages}쪽 중 ${page}쪽`,
  previous: '이전',
  next: '다음',
  row: (category, engine, label) => `${engine} · ${label ?? answers[category]}`,
  none: { all: '답한 엔진이 없어요.', flagged: '탐지한 엔진이 없어요.' },
  switchTo: { all: '모든 엔진', flagged: '탐지한 엔진만' },
  asText: '텍스트 파일로 받기',
};

export const table: Locale['table'] = {
  columns: ['엔진', '판정', '진단명', '버전', '업데이트'],
  about: { name: '이름', flagged: '탐지', analysed: '분석 시각', page: '페이지' },
};

export const quota: Locale['quota'] = {
  title: 'VirusTotal 할당량',
  ownKey: (lastFour) => `-# ${lastFour}(으)로 끝나는 이 서버의 키`,
  ownKeyUnusable: '⚠️ 이 서버의 키를 쓸 수 없어요. 관리자가 `/vtconfig`에서 다시 입력할 수 있어요.',
  keyRefused: '⚠️ VirusTotal이 API 키를 거부하고 있어요. 봇 운영자에게 알려 주세요.',
  minute: '최근 1분',
  day: '오늘',
  month: '이번 달',
  gauge: (used, allowed, left) => `${number(used)}/${number(allowed)} 사용, ${number(left)} 남음`,
  resets: (when) => `${when} 초기화`,
  lastDay: '최근 24시간',
  waiting: '대기 중',
  waitingFiles: (interactive, automatic, everywhere) =>
    `${everywhere ? '전체' : '이 서버'}: 요청 ${number(interactive)}개, 감시 ${number(automatic)}개`,
  today: '오늘의 판정',
  verdicts: (count) => number(count),
  known: (share) => `이미 알려진 파일 ${percent(share)}`,
  perVerdict: (calls) => `판정당 요청 ${number(calls)}회`,
};
