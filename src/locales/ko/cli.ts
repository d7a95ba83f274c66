import type { Locale } from '../en-US.ts';
import { doctor } from './doctor.ts';
import { format } from './format.ts';

const { number } = format;

/** In the formal style of terminals and logs. */
export const cli: Locale['cli'] = {
  about: '파일과 웹 주소가 악성인지 VirusTotal에 묻습니다.',
  examples: '예시:',
  moreHelp: '(자세한 도움말: --help)',
  titles: { usage: '사용법:', arguments: '인자:', options: '옵션:', commands: '명령:' },
  misused: {
    option: (name) => `없는 옵션입니다: ${name}.`,
    command: (name) => `없는 명령입니다: ${name}.`,
    missing: (name) => `<${name}> 인자가 빠졌습니다.`,
    missingValue: (option) => `옵션에 값이 필요합니다: ${option}`,
    tooMany: '이 명령이 받는 것보다 인자가 많습니다.',
    perhaps: (name) => `혹시 이것을 찾으셨습니까? ${name}`,
  },
  commands: {
    help: '명령의 도움말을 보여 줍니다',
    scan: '파일을 검사합니다',
    scanFiles: '파일, 또는 표준 입력을 뜻하는 "-". -- 뒤에서는 이름이 -로 시작해도 됩니다',
    result: '검사 결과를 보여 줍니다. 다른 프로세스가 하고 있지 않으면 검사를 이어서 합니다',
    open: 'report에서 볼 파일의 세션을 엽니다',
    close: '세션을 닫습니다',
    report:
      '업로드하지 않고, VirusTotal이 파일에 대해 아는 것을 보여 줍니다. 질의가 없으면 열린 세션의 파일을 보여 줍니다',
    reportQuery: '토큰, SHA-256, SHA-1, MD5(글 속에 있어도 됩니다) 또는 VirusTotal 링크',
    url: '웹 주소를 검사합니다',
    quota: '키의 할당량이 얼마나 남았는지 보여 줍니다',
    doctor: 'vtscan에 필요한 모든 것을, 봇이 설정되어 있으면 봇까지 점검합니다',
    backup: '봇이 실행 중이어도 데이터베이스를 새 파일로 복사합니다',
    backupFile: '아직 없는 파일',
    migrate: '모든 것을 다른 종류의 데이터베이스로 옮깁니다',
    sqliteToPostgres: 'DATA_DIR의 SQLite 데이터베이스를 DATABASE_URL의 PostgreSQL로 복사합니다',
    token: 'scan이 출력한 16진수 64자',
  },
  options: {
    json: '결과마다 JSON 한 줄을 출력합니다',
    server: '이 ID의 서버가 쓰는 키',
    hashOnly: '해시로만 조회하고 아무것도 업로드하지 않습니다',
    password:
      '파일 하나만 든 암호화된 압축 파일을 엽니다. VirusTotal에 함께 전송되며, 이 컴퓨터의 다른 사용자에게 보일 수 있습니다',
    filesFrom: '목록에서 이름을 더 읽습니다. 표준 입력은 "-". find -print0처럼 이름이 NUL로 끝나야 합니다',
    recursive: '디렉터리 안의 파일도 검사합니다. 다섯 개가 넘으면 업로드하기 전에 묻습니다',
    hidden: '-r과 함께: 점으로 시작하는 이름과 node_modules 안의 파일도 포함합니다',
    infected: '위협이 발견된 것만 출력합니다',
    yes: '-r과 함께: 묻지 않고 업로드합니다',
    name: '표준 입력의 이름',
    version: '버전을 출력합니다',
    help: '이 도움말을 출력합니다',
    lang: '언어: en, ko, zh-TW, zh-CN. 없으면 환경 변수(LC_ALL, LC_MESSAGES, LANG)를 따릅니다',
    wait: '검사가 끝날 때까지 기다립니다',
    dryRun: '모두 점검하기만 하고 복사하지 않습니다',
  },
  exitCodes: `종료 코드: 0 발견된 위협 없음, 1 위협 발견, 2 문제 발생(판정하지 못한 것이 있음).
VirusTotal이 본 적 없는 파일은 업로드되어 VirusTotal의 파트너에게 공유됩니다.
기밀 파일은 검사하지 마십시오.`,

  verdicts: {
    trusted: '서버가 신뢰하는 파일',
    clean: '탐지한 엔진 없음',
    empty: '빈 파일',
    unknown: '알 수 없음',
    unseen: '알 수 없음',
    locked: '잠김: 엔진이 안을 볼 수 없음',
    failed: '검사하지 못함',
    misleading: '이름 위장',
    unwanted: '불필요한 프로그램(PUP)',
    suspicious: '의심',
    malicious: '악성',
    blocked: '서버가 차단한 파일',
  },
  engines: (flagged, opinions) => `엔진 ${flagged}/${opinions}`,
  token: (token) => `토큰 ${token}`,
  unjudged: '판단을 내린 엔진이 너무 적음: 일단 위험하다고 보십시오',
  failures: {
    'engine.badKey': 'VirusTotal이 VIRUSTOTAL_API_KEY를 거부합니다',
    'engine.forbidden': 'VIRUSTOTAL_API_KEY로는 할 수 없는 일입니다',
    'engine.unsupported': 'VirusTotal의 v2 API로는 할 수 없는 일입니다. VIRUSTOTAL_API_VERSION을 3으로 설정하십시오',
    'engine.unseen': 'VirusTotal이 본 적 없는 파일이며 업로드하지 않았습니다. 위험한지 아닌지 알 수 없습니다',
    'engine.unreadable': 'VirusTotal이 보낸 답을 vtscan이 읽을 수 없습니다',
    'file.noRoom': 'DATA_DIR에 파일을 둘 공간이 없습니다',
    'scan.internal': 'vtscan에 문제가 생겼습니다',
  },

  noFiles: '검사할 것이 없습니다. 파일 이름을 적거나 --files-from으로 목록을 지정하십시오.',
  inputTwice: '표준 입력은 한 번만 읽을 수 있습니다. 파일과 목록 중 하나로만 쓰십시오.',
  nameWithoutInput: '--name은 표준 입력의 이름입니다. 파일 자리에 "-"를 적으십시오.',
  leftOut: (count) => `숨김 파일 ${number(count)}개 제외: 포함하려면 --hidden`,
  askUpload: (count) =>
    `이 중 ${number(count)}개는 VirusTotal이 본 적 없는 파일입니다. 업로드하면 VirusTotal이 파트너와\n공유하며 되돌릴 수 없습니다. 업로드하시겠습니까? [y/N] `,
  needsYes: (count) =>
    `이 중 ${number(count)}개는 VirusTotal이 본 적 없는 파일입니다. 업로드하면 VirusTotal이 파트너와\n공유하므로 업로드하지 않았습니다. 업로드하려면 --yes를 붙여 다시 실행하십시오.`,
  isDirectory: '디렉터리입니다. 안의 파일을 검사하려면 --recursive를 쓰십시오',
  notReadable: (code) => `읽을 수 없습니다(${code})`,
  finished: (done, count) => `파일 ${number(count)}개 중 ${number(done)}개 완료`,
  summary: (files, counts, took) => `${files}: ${counts.join(', ')} (${took})`,
  files: (count) => `파일 ${number(count)}개`,
  counted: {
    trusted: (count) => `신뢰 ${number(count)}개`,
    clean: (count) => `탐지 없음 ${number(count)}개`,
    empty: (count) => `빈 파일 ${number(count)}개`,
    unknown: (count) => `알 수 없음 ${number(count)}개`,
    unseen: (count) => `VirusTotal에 없음 ${number(count)}개`,
    locked: (count) => `잠김 ${number(count)}개`,
    failed: (count) => `검사 못 함 ${number(count)}개`,
    misleading: (count) => `이름 위장 ${number(count)}개`,
    unwanted: (count) => `불필요한 프로그램 ${number(count)}개`,
    suspicious: (count) => `의심 ${number(count)}개`,
    malicious: (count) => `악성 ${number(count)}개`,
    blocked: (count) => `차단 ${number(count)}개`,
  },
  resumable: (count) =>
    `끝나지 않은 검사가 ${number(count)}건 있습니다. "result 토큰"으로 이어서 할 수 있으며, 봇이 실행되면 봇이 이어서 합니다:`,
  stillOpen: (status) => `${status}: 다른 프로세스가 처리하고 있습니다`,
  ofTheBot: (status) => `${status}: 봇이 실행되면 이어서 합니다`,

  quotaUnknown: '알 수 없음',
  serverKey: {
    own: (server, lastFour) => `서버 ${server}의 자체 키입니다: ${lastFour}(으)로 끝납니다`,
    operator: (server) => `서버 ${server}에는 자체 키가 없습니다: 운영자 키의 할당량입니다`,
    none: (server) =>
      `서버 ${server}에는 자체 키가 없고 SHARED_KEY 설정 때문에 운영자 키도 쓰지 못합니다: 그곳에서는 아무것도 검사하지 않습니다`,
    unreadable: (server, lastFour) =>
      `서버 ${server}의 자체 키(${lastFour}(으)로 끝남)를 지금의 SECRET_KEY나 secret.key로 복호화할 수 없습니다: 봇이 쓰는 것을 설정하거나 키를 다시 입력하게 하십시오`,
    refused: 'VirusTotal이 이 서버의 키를 거부합니다',
  },
  notAServer: (text) => `${text || '""'}: 서버 ID가 아닙니다(숫자 17~20자리)`,
  quotaNotTold: 'VirusTotal이 할당량 사용량을 알려 주지 않습니다. v2 API는 원래 알려 주지 않습니다.',

  opened: (name, sha256) => `세션을 열었습니다: ${name}\nSHA-256 ${sha256}`,
  closed: (name) => `세션을 닫았습니다: ${name}`,
  noSession: '열린 세션이 없습니다',
  howToOpen: '"open 파일"로 세션을 열거나 해시, 토큰, VirusTotal 링크를 적으십시오.',
  notAQuery: '토큰, SHA-256, SHA-1, MD5, VirusTotal 링크 중 아무것도 들어 있지 않습니다.',
  linkToAddress: '웹 주소에 대한 링크입니다. "url"에 그 주소를 직접 적으십시오.',

  backedUp: (file, size) => `데이터베이스를 ${file} 파일로 복사했습니다(${size})`,
  backUpPostgres: `DATABASE_URL이 PostgreSQL을 가리킵니다. PostgreSQL의 도구로 백업하십시오:
  pg_dump --format=custom --schema=vtscan --file=vtscan.dump "$DATABASE_URL"`,
  needsDatabaseUrl: '모든 것을 복사할 PostgreSQL을 DATABASE_URL로 지정하십시오.',
  wouldMigrate: (scans, rows) =>
    `문제가 없습니다. 검사 ${number(scans)}건과 그 밖의 행 ${number(rows)}개를 복사할 수 있습니다. 아무것도 복사하지 않았습니다.`,
  migrated: (scans, rows) =>
    `검사 ${number(scans)}건과 그 밖의 행 ${number(rows)}개를 복사했습니다. 이 DATABASE_URL로 봇을 시작하십시오. SQLite 파일은 더 이상 쓰이지 않으니 봇이 실행되면 지우십시오.`,
  engine: '엔진',
  signature: '진단명',
  facts: {
    threat: '위협',
    type: '형식',
    size: '크기',
    sha256: 'SHA-256',
    sha1: 'SHA-1',
    md5: 'MD5',
    names: '이름',
    tags: '태그',
    firstSeen: '처음 발견',
    analysed: '분석',
    signedBy: '서명자',
    community: '커뮤니티',
    sandboxes: '샌드박스',
    yara: 'YARA',
    sigma: 'Sigma',
    link: 'VirusTotal',
  },
  votes: (harmless, malicious) => `무해 ${harmless}표, 악성 ${malicious}표`,
  score: (score) => `점수 ${score}`,
  sandboxVerdicts: {
    malicious: '악성',
    suspicious: '의심',
    harmless: '무해',
    undetected: '탐지 없음',
  },

  addresses: {
    unreadable: '웹 주소가 아닙니다.',
    scheme: 'http와 https 주소만 검사합니다.',
    credentials: '사용자 이름이나 비밀번호가 들어 있습니다. 검사하면 공개됩니다.',
    private: '공개된 호스트가 아니어서 VirusTotal이 접근할 수 없습니다.',
    tooLong: '너무 깁니다.',
  },

  doctor,
};
