import type { Locale } from '../en-US.ts';

export const fields: Locale['config']['fields'] = {
  watch: {
    label: '감시',
    about: '여기에 올라온 파일은 스레드와 포럼 게시물까지, 누가 요청하지 않아도 검사해요.',
    values: { none: '채널 없음', all: '모든 채널', some: '고른 채널만' },
  },
  watchedChannels: { label: '고른 채널', about: '하나라도 고르면 고른 채널만 감시해요.' },
  exemptChannels: { label: '감시 제외 채널', about: '여기에 올라온 파일은 건드리지 않아요.' },
  exemptRoles: {
    label: '감시 제외 역할',
    about: '이 역할을 가진 멤버의 파일은 건드리지 않아요. 봇 하나만 빼려면 그 봇의 역할을 고르세요.',
  },
  scope: {
    label: '검사 대상',
    about:
      '진짜 이미지, 오디오, 동영상, 일반 텍스트가 아니면 모두 위험할 수 있는 파일이에요. 이름이 아니라 내용으로 구분해요.',
    values: { risky: '위험할 수 있는 파일', all: '모든 파일' },
  },
  upload: {
    label: '모르는 파일',
    about:
      '업로드한 파일은 VirusTotal이 파트너와 공유해요. `/vtscan`과 첨부 파일 검사에도 적용돼요. 업로드하지 않으면 모르는 파일은 계속 알 수 없어요.',
    values: {
      auto: 'VirusTotal에 업로드',
      ask: '업로드할 때마다 묻기',
      'hash-only': '업로드하지 않고 조회만',
    },
  },
  links: {
    label: '링크도 검사',
    about:
      '감시 채널의 웹 주소도, 파일을 검사하고 남은 할당량으로 검사해요. 메시지당 앞의 5개까지이고 잘 알려진 사이트는 빼요.',
  },
  privateByDefault: {
    label: '비공개 /vtscan',
    about: '`private` 옵션으로 다르게 정하지 않으면 `/vtscan`과 첨부 파일 검사의 답장이 요청한 사람에게만 보여요.',
  },
  watchBots: { label: '봇 감시', about: '봇이 올린 파일도 검사해요.' },
  watchWebhooks: { label: '웹후크 감시', about: '웹후크가 올린 파일도 검사해요.' },
  malicious: { label: '악성', about: '충분히 많은 엔진이 탐지했거나 이 서버에서 차단한 파일이에요.' },
  suspicious: { label: '의심', about: '몇몇 엔진이 탐지한 파일이에요. 오탐이거나 새 악성코드예요.' },
  unwanted: {
    label: '불필요한 프로그램(PUP)',
    about: '애드웨어, 끼워 넣은 프로그램 같은 것이에요. 공격은 아니지만 성가셔요.',
  },
  misleading: { label: '이름 위장', about: '탐지한 엔진은 없지만 이름이 다른 종류의 파일인 척해요.' },
  locked: {
    label: '잠김',
    about: '아무도 안을 볼 수 없었어요. 비밀번호를 함께 적은 암호화 압축 파일은 흔한 수법이에요.',
  },
  failed: { label: '검사 실패', about: '너무 크거나, 없어졌거나, 거부됐어요. 어떤 파일인지 아무도 몰라요.' },
  hijacked: {
    label: '계정 탈취 의심',
    about: '멤버가 1분 안에 3개 이상의 채널에 같은 파일이나 이미지만 올린 경우예요. 판정을 기다리지 않아요.',
  },
  noise: {
    label: '탐지되지 않은 파일',
    about: '답장은 파일마다 검사를 시작하자마자 달아요.',
    values: {
      quiet: '표시',
      verbose: '표시와 답장',
      unmarked: '답장',
      silent: '없음',
    },
  },
  markScanning: { label: '검사 중 표시', about: '판정이 나올 때까지 메시지에 ⏳를 달아요.' },
  warn: { label: '의심 기준', about: '서로 독립된 엔진이 적어도 이만큼 탐지해야 해요.' },
  act: {
    label: '악성 기준',
    about:
      '서로 독립된 엔진이 적어도 이만큼 악성코드로 판단해야 해요. 기준이 3개 이하면, 오탐이 거의 없는 엔진이 포함된 두 개로도 충분해요.',
  },
  timeOut: { label: '타임아웃 시간', about: '작성자를 얼마 동안 타임아웃할지 정해요.' },
  newAccountDays: {
    label: '새 계정에 엄격하게',
    about: '이보다 새로운 계정이 올린 의심 파일은 악성 파일처럼 다뤄요.',
    values: { 0: '꺼짐', 1: '만든 지 1일 미만', 7: '만든 지 7일 미만', 30: '만든 지 30일 미만' },
  },
  quarantineRole: {
    label: '격리 역할',
    about: '격리된 멤버가 받는 역할이에요. 어떤 채널도 볼 수 없는 역할이어야 해요.',
  },
  tellAuthor: {
    label: '작성자에게 알리기',
    about: '메시지가 삭제되었거나 타임아웃, 격리, 추방, 차단된 멤버에게 이유를 DM으로 알려요.',
  },
  appeal: { label: '이의 제기 방법', about: '그 DM에 들어갈 문구: 누구에게 어디로 연락할지' },
  alertChannel: {
    label: '알림 채널',
    about: '알림과 설정 변경 내용을 올리는 채널이에요. 관리자만 볼 수 있는 채널을 고르세요.',
  },
  language: {
    label: '언어',
    about:
      '모두에게 보이는 답장과 알림의 언어예요. 나만 보는 것은 내 Discord의 언어로 나와요. Discord는 커뮤니티 서버의 언어만 알려 줘요.',
    values: { server: 'Discord에 설정된 언어' },
  },
  pingRole: { label: '멘션할 역할', about: '알림마다 멘션해요.' },
  moderatorRole: {
    label: '관리자 역할',
    about:
      '이 역할을 가진 멤버는 권한이 없어도 알림의 버튼을 쓸 수 있어요. 추방, 멤버 차단, 파일 신뢰, 파일 차단은 제외돼요.',
  },
  digest: {
    label: '주간 요약',
    about:
      '알림 채널에 08:00 UTC(한국 시각 오후 5시)에 올려요: 파일과 판정, 누가 어떤 조치를 했는지, 할당량, 오탐. 조용한 주에는 올리지 않아요.',
    values: {
      off: '꺼짐',
      monday: '월요일마다',
      tuesday: '화요일마다',
      wednesday: '수요일마다',
      thursday: '목요일마다',
      friday: '금요일마다',
      saturday: '토요일마다',
      sunday: '일요일마다',
    },
  },
};
