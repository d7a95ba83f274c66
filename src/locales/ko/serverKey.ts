import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const serverKey: Locale['config']['serverKey'] = {
  about:
    '서버에 자체 VirusTotal 키가 있으면 할당량과 대기열도 따로 써요. 키는 암호화해 저장하고 이 서버에만 쓰며 다시 보여 주지 않아요.',
  none: {
    all: '이 서버는 다른 서버들과 함께 봇 운영자의 키를 쓰고 있어요.',
    'watching-needs-own': '명령어는 봇 운영자의 키를 써요. 채널을 감시하려면 이 서버의 키가 필요해요.',
    off: '이 서버의 키가 필요해요. 봇 운영자의 키는 서버에서 쓸 수 없어요.',
  },
  set: (lastFour, who, when) => `**${lastFour}**(으)로 끝나는 키, ${who} 님이 ${when} 등록`,
  limits: (minute, day, month) =>
    `VirusTotal 허용량: 1분 ${number(minute)}회, 하루 ${number(day)}회, 한 달 ${number(month)}회`,
  unchecked: (minute, day, month) =>
    `VirusTotal이 이 봇에 키의 작동 여부를 알려 주지 않아요. 무료 키로 보고 1분 ${number(minute)}회, 하루 ${number(day)}회, 한 달 ${number(month)}회까지 써요. VirusTotal이 키를 거부하면 이 서버의 파일은 대기하고, 그 사실을 알려 드려요.`,
  unreadable: '⚠️ 이 키를 더는 복호화할 수 없어요. 다시 입력해 주세요. 그때까지 이 서버의 파일은 대기해요.',
  get: '키는 무료예요. <https://www.virustotal.com/gui/join-us>에서 가입한 뒤 <https://www.virustotal.com/gui/my-apikey>에서 복사하세요.',
  enter: '키 입력 …',
  replace: '키 교체 …',
  remove: '키 삭제',
  fallBack: '거부되거나 다 쓰면 봇의 키 사용',
  form: {
    title: 'VirusTotal 키',
    label: 'API 키',
    about: '64자. 이 양식은 나만 볼 수 있고, 키는 다시 아무에게도 보이지 않아요.',
  },
  refusals: {
    notAKey:
      'VirusTotal 키가 아니에요. 키는 공백 없는 영문자와 숫자 64자예요. 입력한 내용은 어디에도 보내지 않았어요. 아무것도 바뀌지 않았어요.',
    refused:
      'VirusTotal이 그 키를 거부했어요. <https://www.virustotal.com/gui/my-apikey>에서 다시 복사해 주세요. 아무것도 바뀌지 않았어요.',
    unreachable:
      'VirusTotal에 연결할 수 없어 키를 확인하지 못했어요. 몇 분 뒤에 다시 시도해 주세요. 아무것도 바뀌지 않았어요.',
  },
  changed: {
    entered: (who) => `🔑 ${who} 님이 이 서버의 VirusTotal 키를 등록했어요`,
    removed: (who) => `🔑 ${who} 님이 이 서버의 VirusTotal 키를 삭제했어요`,
    fallBackOn: (who) => `🔑 ${who} 님이 서버 키가 거부되거나 소진되면 봇의 VirusTotal 키를 쓰도록 허용했어요`,
    fallBackOff: (who) => `🔑 ${who} 님이 서버 키가 거부되거나 소진되어도 봇의 VirusTotal 키를 쓰지 않도록 바꿨어요`,
  },
};
