import type { Locale } from '../en-US.ts';
import { fields } from './fields.ts';
import { format } from './format.ts';
import { troubles } from './permissions.ts';
import { serverKey } from './serverKey.ts';

const { number } = format;

export const config: Locale['config'] = {
  title: (section) => `설정 · ${section}`,
  choose: '항목',
  sections: {
    overview: '한눈에 보기',
    watching: '감시',
    files: '검사와 업로드',
    flagged: '판정별 조치',
    unjudged: '판정별 조치: 그 밖의 파일',
    accounts: '판정별 조치: 계정',
    actions: '조치 방식',
    verdicts: '판정 기준',
    alerts: '알림과 관리자',
    language: '언어',
    trust: '신뢰 파일',
    block: '차단 파일',
    key: 'VirusTotal 키',
    skipped: '건너뛴 파일',
    record: '기록, 내보내기, 초기화',
  },
  fields,
  serverKey,
  on: '켜짐',
  off: '꺼짐',
  none: '없음',
  engines: (count) => `엔진 ${count}개`,
  steps: {
    mark: '표시',
    reply: '답장',
    alert: '알림',
    delete: '메시지 삭제',
    timeOut: '작성자 타임아웃',
    quarantine: '작성자 격리',
    kick: '작성자 추방',
    ban: '작성자 차단',
  },
  nothing: '없음',
  timeOuts: { tenMinutes: '10분', hour: '1시간', day: '1일', fourWeeks: '28일' },

  lists: {
    about: {
      trust: '이 파일들은 엔진이 뭐라고 하든 이 서버에서 알림이 뜨지 않아요.',
      block: '이 파일들은 VirusTotal에 묻지 않고 이 서버에서 바로 악성으로 다뤄요.',
    },
    count: (count) => `파일 ${number(count)}개`,
    entry: (name, sha256, by, when) => `${name} · ${sha256} · ${by} ${when}`,
    add: '파일 추가',
    addTitle: { trust: '신뢰 파일 등록', block: '차단 파일 등록' },
    sha256: 'SHA-256',
    aboutSha256: '16진수 64자. 검사 결과의 토큰 아래에 나와요.',
    name: '이름',
    aboutName: '이 목록에서 부를 이름',
    remove: '이 목록에서 빼기',
    previous: '이전',
    next: '다음',
    page: (page, pages) => `${pages}쪽 중 ${page}쪽`,
    notASha256: 'SHA-256이 아니에요. 16진수 64자여야 해요',
    full: (most) => `목록이 가득 찼어요(파일 ${most}개). 먼저 몇 개를 빼 주세요.`,
  },

  skipped: {
    about: '감시 채널에서 최근에 검사하지 않은 파일과 그 이유예요.',
    entry: (name, channel, when, why) => `${name} · ${channel} ${when}\n-# ${why}`,
    reasons: {
      image: '진짜 이미지예요.',
      audio: '진짜 오디오예요.',
      video: '진짜 동영상이에요.',
      text: '일반 텍스트예요.',
      exemptRole: '올린 사람이 감시 제외 역할을 가지고 있어요.',
      exemptChannel: '감시 제외 채널에 올라왔어요.',
      exemptBot: '봇이 올렸는데 봇은 감시하지 않아요.',
      exemptWebhook: '웹후크가 올렸는데 웹후크는 감시하지 않아요.',
      manyLinks: 'VirusTotal을 기다리는 링크가 너무 많았어요. 파일이 먼저예요.',
    },
  },

  overview: {
    line: (label, value) => `**${label}:** ${value}`,
    watching: '감시',
    nowhere: '아직 없음: **감시**에서 채널을 고르거나 **시작 설정**을 누르세요',
    everywhere: '모든 채널',
    except: (channels) => ` (제외: ${channels})`,
    alerts: '알림',
    noAlerts: '보내지 않음',
    files: (outcome) => `${outcome} 파일`,
    lists: (trusted, blocked) => `신뢰 ${trusted}개, 차단 ${blocked}개`,
    listed: '등록한 파일',
    more: '나머지는 아래 메뉴에 있어요. **시작 설정** 옆의 버튼은 미리 정해 둔 설정이고, 누르면 무엇이 바뀌는지 먼저 보여 드려요.',
  },
  setUp: '시작 설정',

  presets: {
    look: { label: '보기만', about: '표시와 답장만 하고 알림은 보내지 않아요.' },
    alert: { label: '알림', about: '위험한 파일을 관리자에게 알리고, 관리자가 결정해요.' },
    protect: { label: '보호', about: '악성 파일은 삭제하고 작성자를 타임아웃해요.' },
    title: (label) => `${label}: 바뀌는 것`,
    nothing: '없어요. 이미 그렇게 설정되어 있어요.',
    apply: '적용',
    back: '뒤로',
    applied: (label) => `${label}: 적용했어요`,
    undo: '되돌리기',
    nothingToUndo: '이제 되돌릴 수 없어요. 한 시간 안에 한 번만 되돌릴 수 있어요.',
  },

  words: { edit: (label) => `${label} …`, title: (label) => label },

  record: {
    about: (changes) => `설정 변경과 알림 기록은 30일 동안 보관해요. 최근 30일: 변경 ${number(changes)}건.`,
    entry: (when, who, what) => `${when} ${who}: ${what}`,
    export: '내보내기',
    exported: '최근 30일의 설정, 목록, 변경, 알림 기록이에요. 이 메시지는 나에게만 보여요.',
  },

  troubles,
  changed: (who) => `⚙️ ${who} 님이 이 봇의 설정을 바꿨어요`,
  change: (label, from, to) => `**${label}**: ${from} → ${to}`,
  listed: (list, file) => `**${list}**: 추가 ${file}`,
  unlisted: (list, file) => `**${list}**: 제거 ${file}`,
  listedMany: (list, added, removed) => `**${list}**: 추가 ${added}개, 제거 ${removed}개`,

  reset: '기본값으로 초기화',
  resetTitle: '설정을 초기화할까요?',
  resetAbout:
    '이 서버의 모든 설정이 기본값으로 돌아가요. 아무것도 감시하지 않고, 알림 채널도 없어져요. 신뢰 파일과 차단 파일 목록은 그대로 남아요.',
  resetYes: '초기화',
  resetNo: '그대로 두기',

  notAllowed:
    '**서버 관리하기** 권한이 있는 멤버와, 서버 설정 → 연동에서 `/vtconfig`를 허용받은 멤버만 설정을 보고 바꿀 수 있어요. 허용받은 멤버는 한 시간마다 명령어를 다시 실행해야 해요.',
  notHere: '설정은 서버에만 있어요.',
  outdated: '이전 버전의 화면이에요. `/vtconfig`를 다시 열어 주세요.',
};
