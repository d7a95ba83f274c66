import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const uploads: Locale['help']['uploads'] = {
  auto: 'VirusTotal이 모르는 파일은 이름과 함께 업로드되고, VirusTotal이 파트너와 공유해요.',
  ask: 'VirusTotal이 모르는 파일은 올린 사람이나 서버 관리자가 동의할 때만 업로드돼요. 업로드하면 VirusTotal이 파트너와 공유해요.',
  'hash-only': '파일 자체는 절대 업로드하지 않아요.',
};

export const help: Locale['help'] = {
  title: '이 봇이 하는 일',
  about:
    '파일이 악성코드인지 알려 드려요. [VirusTotal](https://www.virustotal.com)의 백신 엔진 70여 개가 어떻게 판단하는지 물어봐요.',
  commandsTitle: '명령어',
  commands: {
    vtscan: '파일 검사',
    vturl: '웹 주소 검사',
    vtresult: '예전 검사를 토큰으로 다시 보기',
    vtreport: '업로드 없이 VirusTotal이 파일에 대해 아는 것 보기',
    vtquota: '오늘 얼마나 검사할 수 있는지 보기',
    vtconfig: '이 서버의 설정',
    about: '누가 이 봇을 운영하는지 보기',
  },
  menu: '메시지를 길게 누르거나 우클릭해도 돼요: **앱** → **첨부 파일 검사**',
  wordsTitle: '판정의 뜻',
  words: {
    malicious: '**악성**: 충분히 많은 엔진이 탐지했어요. 열지 마세요.',
    suspicious: '**의심**: 몇몇 엔진이 탐지했어요. 오탐이거나 새 악성코드예요.',
    unwanted: '**불필요한 프로그램(PUP)**: 애드웨어 같은 것이에요. 공격은 아니지만 성가셔요.',
    misleading: '**이름 위장**: 탐지한 엔진은 없지만 다른 종류의 파일인 척해요.',
    clean: '**탐지한 엔진 없음**: 좋은 신호지만 보장은 아니에요.',
    warned: '**탐지 없음, 하지만 주의**: 다른 위험 신호가 있어요.',
    locked: '**잠긴 파일**: 아무도 안을 볼 수 없었어요. 일단 위험하다고 보세요.',
    unknown: '**알 수 없음**: 판단을 내린 엔진이 너무 적어요. 일단 위험하다고 보세요.',
    failed: '**검사하지 못함**: 아무도 몰라요. 일단 위험하다고 보세요.',
  },
  sentTitle: '무엇이 어디로 전송되나요',
  sent: '파일의 해시값(SHA-256)을 VirusTotal에 보내요.',
  uploads,
  private:
    '`private`은 답장을 숨길 뿐 파일을 숨기지는 않아요. `password`를 넣으면 비밀번호가 VirusTotal에 한 번 전송돼요.',
  watched: {
    none: '이 서버에서는 누군가 요청할 때만 파일을 검사해요.',
    all: '이 서버에서는 모든 채널의 파일을 검사해요.',
    some: (channels) => `이 서버에서는 다음 채널의 파일을 검사해요: ${channels}`,
  },
};

export const about: Locale['about'] = {
  title: (name, version) => `${name} · vtscan ${version}`,
  operators: (who) => `**운영자** ${who}. 내 데이터에 관해서는 운영자에게 문의하세요.`,
  unknownOperator: '**운영자** Discord가 알려 주지 않아요.',
  key: (unknown, mostlyKnown) =>
    `**처리량** 새 파일 하루 약 ${number(unknown)}개, VirusTotal이 다섯 개 중 네 개를 알고 있으면 약 ${number(mostlyKnown)}개.`,
  kept: '**보관** 결과는 30일 동안 보관한 뒤 삭제해요. 내 검사는 `/vtresult`의 버튼으로 바로 삭제할 수 있어요.',
  links:
    '[VirusTotal 작동 방식](https://docs.virustotal.com/docs/how-it-works) · [이용 약관](https://docs.virustotal.com/docs/terms-of-service) · [개인정보 처리방침](https://docs.virustotal.com/docs/privacy-policy)',
  noGuarantee: '판정은 백신 엔진의 의견이에요. 안전을 보장하지 않으며 백신을 대신하지 않아요.',
};
