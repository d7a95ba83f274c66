import { longestAddress } from '../../address/address.ts';
import type { Disguise } from '../../content/disguise.ts';
import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { list, number } = format;

export const verdicts: Locale['verdicts'] = {
  trusted: {
    word: '이 서버에서 신뢰하는 파일',
    advice: '서버 관리자가 신뢰 파일로 등록해서 엔진에 묻지 않았어요.',
    found: (count) => `신뢰 ${count}개`,
  },
  clean: {
    word: '탐지한 엔진 없음',
    advice: '좋은 신호지만 보장은 아니에요. 새 악성코드는 늦게 발견되니, 받기로 한 파일일 때만 여세요.',
    found: (count) => `탐지 없음 ${count}개`,
  },
  empty: {
    word: '빈 파일',
    advice: '내용이 없어 검사할 것이 없어요.',
    found: (count) => `빈 파일 ${count}개`,
  },
  warned: {
    word: '탐지한 엔진은 없지만 주의하세요',
    advice: '다른 위험 신호가 있어요. 누가 만들었는지 알고, 그 사람에게서 받기로 한 파일일 때만 여세요.',
    found: (count) => `주의 ${count}개`,
  },
  unknown: {
    word: '알 수 없음: 일단 위험하다고 보세요',
    advice: '판단을 내린 엔진이 너무 적어요.',
    found: (count) => `알 수 없음 ${count}개`,
  },
  unseen: {
    word: '알 수 없음: 일단 위험하다고 보세요',
    advice: 'VirusTotal이 한 번도 본 적 없는 파일이에요. 그래서 위험한지 아닌지 알 수 없어요.',
    found: (count) => `VirusTotal에 없음 ${count}개`,
  },
  locked: {
    word: '잠긴 파일: 내용을 검사하지 못했어요',
    advice: '일단 위험하다고 보세요. 파일 하나만 든 ZIP이라면 `/vtscan`에 비밀번호를 함께 넣어 검사해 보세요.',
    found: (count) => `잠김 ${count}개`,
  },
  failed: {
    word: '검사하지 못함',
    advice: '일단 위험하다고 보세요.',
    found: (count) => `검사 못 함 ${count}개`,
  },
  misleading: {
    word: '이름 위장: 열지 마세요',
    advice: '탐지한 엔진은 없지만, 정상 파일은 다른 파일인 척하지 않아요. 새 악성코드는 늦게 발견돼요.',
    found: (count) => `이름 위장 ${count}개`,
  },
  unwanted: {
    word: '불필요한 프로그램(PUP)',
    advice: '탐지한 엔진 대부분이 애드웨어, 채굴기, 해킹 도구로 봐요. 일부러 설치한 것이 아니라면 삭제하세요.',
    found: (count) => `불필요한 프로그램 ${count}개`,
  },
  suspicious: {
    word: '의심: 열지 않는 게 좋아요',
    advice: '누가 만들었는지 알고, 그 사람에게서 받기로 한 파일일 때만 여세요. 오탐일 수도, 새 악성코드일 수도 있어요.',
    found: (count) => `의심 ${count}개`,
  },
  malicious: {
    word: '악성: 열지 마세요',
    advice: '삭제하세요. 이미 열었다면 그 기기의 네트워크를 끊고 최신 백신으로 검사하세요.',
    found: (count) => `악성 ${count}개`,
  },
  blocked: {
    word: '이 서버에서 차단한 파일',
    advice: '서버 관리자가 차단 파일로 등록해서 엔진에 묻지 않았어요.',
    found: (count) => `차단 ${count}개`,
  },
};

export const because: Locale['because'] = {
  testFile: {
    advice: '모든 백신이 일부러 탐지하도록 만든 테스트 파일이에요. 해를 끼치지 않으며, 검사가 잘 작동한다는 뜻이에요.',
  },
  maybeLocked: {
    word: '잠겨 있을 수 있음: 일단 위험하다고 보세요',
    advice:
      '일부를 읽지 못해 엔진이 놓친 내용이 있을 수 있어요. 비밀번호가 걸린, 파일 하나만 든 ZIP이라면 `/vtscan`에 그 비밀번호를 함께 넣어 검사해 보세요.',
  },
  contradiction: { advice: 'VirusTotal 집계에는 탐지한 엔진이 있지만, 어느 엔진인지 나와 있지 않아요.' },
  belowThreshold: { advice: '탐지한 엔진이 있지만, 이 서버에서 의심으로 보는 기준보다 적어요.' },
};

export const warning: Locale['warning'] = (found) => {
  switch (found.kind) {
    case 'disguise':
      return `❗ ${disguise(found.disguise)}`;
    case 'locked':
      return found.certain
        ? '❗ 잠겨 있어서 엔진이 안을 볼 수 없었어요.'
        : '❗ 잠겨 있을 수 있어요. 읽지 못한 부분이 있어요.';
    case 'falseAlarm':
      return `오탐일 가능성이 높아요: ${found.by === 'NIST' ? '미국의 알려진 소프트웨어 목록(NIST)에 있는 파일이에요' : `배포처가 ${found.by}`}.`;
    case 'signature':
      return `❗ 디지털 서명${found.signer ? `(서명자: ${found.signer})` : ''}을 믿을 수 없어요: ${signatures[found.state]}.`;
    case 'malwareFamily':
      return `❗ 알려진 악성코드의 설정이 들어 있어요: ${list(found.names)}.`;
    case 'sandbox':
      return `❗ 샌드박스에서 실행했더니 악성코드처럼 동작했어요: ${list(found.names)}.`;
    case 'intrusions':
      return `❗ 네트워크 통신에서 공격 경보가 ${number(found.count)}건 발생했어요${examples(found.titles)}.`;
    case 'behaviour':
      return `❗ 동작이 공격 탐지 규칙 ${number(found.count)}개와 일치해요${examples(found.titles)}.`;
    case 'assessment':
      return '❗ VirusTotal도 자체 평가에서 위험하다고 봤어요.';
    case 'community':
      return `❗ VirusTotal 커뮤니티의 평가가 나빠요: 점수 ${found.score}${found.malicious > 0 ? `, 악성 ${found.malicious}표` : ''}.`;
    default:
      return found satisfies never;
  }
};

const signatures = {
  revoked: '인증서가 폐기됐어요',
  expired: '만료된 인증서로 서명했어요',
  untrusted: '신뢰할 수 있는 기관이 발급한 인증서가 아니에요',
  invalid: '서명한 뒤에 파일이 바뀌었어요',
};

const examples = ([first]: readonly string[]) => (first === undefined ? '' : `(예: ${first})`);

function disguise(found: Disguise): string {
  switch (found.kind) {
    case 'doubleExtension':
      return `이름은 \`.${found.shown}\` 파일처럼 보이지만 실제로는 프로그램(\`.${found.real}\`)이에요.`;
    case 'otherContent':
      return `이름은 \`.${found.claimed}\` 파일인데 내용은 \`.${found.real}\` 파일이에요.`;
    case 'direction':
      return '다른 종류의 파일로 보이도록 이름을 꾸몄어요.';
    default:
      return found satisfies never;
  }
}

export const address: Locale['address'] = {
  verdicts: {
    clean: {
      word: '탐지한 엔진 없음',
      advice: '좋은 신호지만 보장은 아니에요. 위험한 페이지는 늦게 발견되고, 엔진의 눈을 피하기도 해요.',
    },
    warned: {
      word: '탐지한 엔진은 없지만 주의하세요',
      advice: '다른 위험 신호가 있어요. 누가 보냈는지 알고, 그 사람에게서 받기로 한 주소일 때만 방문하세요.',
    },
    unwanted: {
      word: '원치 않는 사이트: 방문하지 않는 게 좋아요',
      advice: '탐지한 엔진 대부분이 위험하다기보다 원치 않는 사이트라고 봐요.',
    },
    suspicious: {
      word: '의심: 방문하지 않는 게 좋아요',
      advice: '누가 보냈는지 알고, 받기로 한 링크일 때만 방문하세요. 오탐일 수도, 새로운 위협일 수도 있어요.',
    },
    malicious: {
      word: '악성: 방문하지 마세요',
      advice: '이미 방문했다면 그곳에서 내려받은 파일은 열지 말고, 입력한 비밀번호를 모두 바꾸세요.',
    },
  },
  refused: {
    unreadable: '웹 주소가 아니에요. `https://example.com/page`처럼 입력해 주세요.',
    scheme: '`http`와 `https` 주소만 검사할 수 있어요.',
    credentials: '주소에 사용자 이름이나 비밀번호가 들어 있어요. 검사한 주소는 공개되니 `@` 앞부분을 모두 지워 주세요.',
    private: '사설 네트워크의 주소라서 VirusTotal이 접근할 수 없어요.',
    tooLong: `주소가 ${longestAddress}자보다 길어요.`,
  },
};
