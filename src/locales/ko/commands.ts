import type { Locale } from '../en-US.ts';

export const commands: Locale['commands'] = {
  vtscan: {
    description: '파일이 악성코드인지 VirusTotal에 묻기',
    file: '검사할 파일. VirusTotal이 파트너와 공유하니 기밀 파일은 보내지 마세요',
    moreFiles: '같은 답장에서 함께 검사할 파일',
    password: '파일 하나만 든 암호화된 ZIP의 비밀번호. 한 번 쓰고 지워요',
    private: '답장이 나에게만 보여요. 파일은 그래도 VirusTotal로 가고, 거기서 다른 사람이 받을 수 있어요',
  },
  vtresult: {
    description: '예전 검사의 결과 보기',
    token: '내가 검사한 파일의 이름, 또는 검사할 때 받은 토큰',
  },
  vtconfig: {
    description: '이 서버에서 봇이 하는 일: 감시 채널, 알림, 조치',
    reset: '모든 설정 초기화. 먼저 확인을 받아요',
  },
  vtquota: { description: '봇의 VirusTotal 할당량이 얼마나 남았고 누가 기다리는지 보기' },
  vtreport: {
    description: '아무것도 업로드하지 않고, VirusTotal이 파일에 대해 아는 것 보기',
    query: '검사한 파일의 이름, 해시, 토큰, VirusTotal 링크. 비워 두면 여기서 마지막으로 검사한 파일',
    close: '여기서 마지막으로 검사한 파일 잊기',
  },
  vturl: {
    description: '웹 주소가 위험한지 VirusTotal에 묻기',
    url: '검사할 주소. VirusTotal에 공개되니 비밀이 든 주소는 넣지 마세요',
    private: '답장이 나에게만 보여요. 주소는 그래도 VirusTotal로 가고, 거기서 다른 사람이 볼 수 있어요',
  },
  help: { description: '봇이 하는 일, 판정의 뜻, 무엇이 어디로 전송되는지 보기' },
  about: { description: '누가 봇을 운영하고, 얼마나 검사할 수 있고, 무엇을 보관하는지 보기' },
  scanAttachments: '첨부 파일 검사',
};
