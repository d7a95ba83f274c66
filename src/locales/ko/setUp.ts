import type { Locale } from '../en-US.ts';
import { format } from './format.ts';
import { uploads } from './help.ts';

const { number } = format;

const checked = '각 파일의 해시값(SHA-256)을 VirusTotal에서 조회해요. 이미지, 오디오, 동영상, 텍스트는 건너뛰어요.';

export const setUp: Locale['setUp'] = {
  title: (step, what) => `시작 설정 · 3단계 중 ${step} · ${what}`,
  next: '다음',
  back: '뒤로',
  anyway: '그래도 계속',
  finish: '켜기',
  done: '✅ 설정이 끝났어요',
  capacity: (unknown, mostlyKnown) =>
    `이 봇의 키로 하루에 새 파일 약 ${number(unknown)}개를, VirusTotal이 다섯 개 중 네 개를 알고 있으면 약 ${number(mostlyKnown)}개를 판정할 수 있어요. 넘치는 것은 다음 날까지 대기하고, \`/vtscan\`이 먼저예요.`,

  alerts: {
    title: '알림을 보낼 곳',
    about:
      '누군가 위험한 파일을 올리면 관리자에게 누가, 어디에, 무엇을 올렸는지와 조치 버튼을 보내요. 관리자만 볼 수 있는 채널을 추천해요.',
    none: '관리자만 볼 수 있는 채널이 없어요. 하나 만들고 다시 열거나, 아래에서 골라 주세요.',
    choose: '알림 채널',
    without: '알림 없이 계속',
    isPublic: (channel) =>
      `⚠️ 누구나 읽을 수 있는 채널이에요: ${channel}. 누가 탐지됐고 관리자가 무엇을 했는지 멤버에게 보여요.`,
  },
  watch: {
    title: '감시할 곳',
    about: '감시 채널에 올라온 파일은 누가 요청하지 않아도 검사해요. 이미지, 오디오, 동영상, 텍스트는 건너뛰어요.',
    pick: '감시할 채널',
    missing: '채널을 하나 이상 골라 주세요.',
    values: {
      all: { label: '모든 채널 (추천)', about: '봇이 볼 수 있는 모든 채널과 스레드' },
      some: { label: '일부 채널만', about: '직접 골라요. 다른 곳에 올라온 파일은 보지 않아요' },
      none: { label: '감시하지 않음', about: '멤버가 /vtscan으로 직접 검사할 수는 있어요' },
    },
  },
  upload: {
    title: 'VirusTotal이 모르는 파일',
    about:
      '처음에는 파일의 해시값만 조회해요. VirusTotal이 본 적 없는 파일은 업로드해야만 위험한 파일인지 알 수 있는데, 업로드는 되돌릴 수 없어요.',
    values: {
      ask: { label: '업로드할 때마다 묻기 (추천)', about: '올린 사람이나 관리자가 버튼으로 결정해요' },
      auto: { label: '항상 업로드', about: '모든 파일을 판정하지만, 개인 문서가 서버 밖으로 나갈 수 있어요' },
      'hash-only': { label: '업로드 안 함', about: '아무것도 서버 밖으로 나가지 않지만, 새 악성코드는 알 수 없어요' },
    },
  },

  test: {
    button: '테스트 알림 보내기',
    title: '🧪 테스트 알림: 아무 일도 없었어요',
    text: (who) =>
      `${who} 님이 알림이 어디로 가는지 확인하고 있어요. 실제 알림에는 누가 무엇을 어디에 올렸고 몇 개의 엔진이 탐지했는지 나와요. 그 아래에 버튼이 있어요:\n• **삭제**: 메시지를 지워요\n• **타임아웃**, **멤버 차단**: 작성자를 제재해요\n• **무시**: 알림을 닫아요\n• **파일 신뢰**: 바로 그 파일의 알림을 끝내요\n그럴 권한이 있는 사람만 누를 수 있어요.`,
    posted: (channel) => `✅ 테스트 알림을 올렸어요: ${channel}`,
    lacks: (channel, permissions) =>
      `❌ 테스트 알림을 보내지 못했어요. 봇에 **${permissions}** 권한이 필요해요: ${channel}. 그곳에서 봇의 역할에 허용한 뒤 다시 해 주세요.`,
    gone: '❌ 테스트 알림을 보내지 못했어요. 알림 채널이 없어졌거나 봇이 볼 수 없어요. 다시 골라 주세요.',
    refused: (channel) =>
      `❌ 테스트 알림을 보내지 못했어요. Discord가 거부한 채널이에요: ${channel}. 다시 하거나 다른 채널을 골라 주세요.`,
    noChannel: '❌ 테스트 알림을 보내지 못했어요. 알림 채널이 없어요.',
  },

  notice: {
    button: '멤버에게 안내 올리기',
    text: (upload) =>
      `🔎 **여기에 올라온 파일은 악성코드인지 검사해요.** ${checked} ${uploads[upload]} 자세한 내용은 \`/help\`를 보세요.`,
    textEverywhere: (upload) =>
      `🔎 **이 서버에 올라온 파일은 악성코드인지 검사해요.** ${checked} ${uploads[upload]} 자세한 내용은 \`/help\`를 보세요.`,
    posted: (channels) => `✅ 안내를 올렸어요: ${channels}. 고정해 두면 좋아요.`,
    failed: (channels) => `❌ 안내를 올리지 못했어요: ${channels}. 봇이 쓸 수 없는 곳이거나 포럼이에요.`,
  },

  welcome: {
    text: (server) =>
      `👋 **${server}** 서버에 추가해 주셔서 고마워요. VirusTotal로 파일이 악성코드인지 알려 드려요. 멤버는 지금 바로 \`/vtscan\`을 쓸 수 있어요. 아직 아무것도 감시하지 않고 알림도 없어요. 설정은 1분이면 끝나요.`,
    button: '시작 설정',
  },
};
