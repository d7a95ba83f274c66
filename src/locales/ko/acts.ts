import type { Locale } from '../en-US.ts';

type Acts = Locale['alerts']['acts'];

interface Words {
  /** Empty: it has none. */
  button: string;
  /** A noun to which "할까요" may be added, after what is acted on: "추방". */
  plain: string;
  past: string;
  note?: string;
  after?: string;
}

/** No particle follows a name: which one it is depends on how the name is spoken. */
function act({ button, plain, past, note = '', after = '' }: Words): Acts['delete'] {
  return {
    button,
    plain,
    note,
    did: (who, what, until, choice) =>
      `${who ? `${who} 님이` : '자동으로'} ${past}${what && `: ${what}`}${until && ` (${until}까지)`}${choice && ` (${choice})`}${after && `. ${after}`}`,
  };
}

export const acts: Acts = {
  delete: act({
    button: '삭제…',
    plain: '삭제',
    past: '삭제했어요',
    note: '삭제한 메시지는 복구할 수 없어요.',
    after: '되돌릴 수 없어요',
  }),
  timeOut: act({
    button: '타임아웃…',
    plain: '타임아웃',
    past: '타임아웃했어요',
    note: '읽을 수는 있지만 쓸 수는 없게 돼요. 얼마 동안 할까요?',
    after: '되돌리기: 더 보기… → 타임아웃 해제',
  }),
  quarantine: act({
    button: '격리…',
    plain: '격리',
    past: '격리했어요',
    note: '이 서버의 격리 역할을 받게 돼요.',
    after: '되돌리기: 더 보기… → 격리 해제',
  }),
  kick: act({
    button: '추방…',
    plain: '추방',
    past: '추방했어요',
    note: '서버에서 나가게 되지만, 초대를 받으면 다시 들어올 수 있어요.',
    after: '되돌리려면 다시 초대하세요',
  }),
  ban: act({
    button: '멤버 차단…',
    plain: '차단',
    past: '차단했어요',
    note: '서버에서 나가게 되고, 차단을 해제할 때까지 다시 들어올 수 없어요.',
    after: '되돌리기: 더 보기… → 멤버 차단 해제',
  }),
  trust: act({
    button: '파일 신뢰…',
    plain: '신뢰 파일로 등록',
    past: '신뢰 파일로 등록했어요',
    note: '신뢰 파일은 누가 올리든 이 서버에서 알림이 뜨지 않아요.',
    after: '되돌리기: 더 보기… → 파일 신뢰 해제',
  }),
  block: act({
    button: '파일 차단…',
    plain: '차단 파일로 등록',
    past: '차단 파일로 등록했어요',
    note: '차단 파일은 엔진이 뭐라고 하든 이 서버에서 악성으로 다뤄요.',
    after: '되돌리기: 더 보기… → 파일 차단 해제',
  }),
  claim: act({ button: '내가 맡을게요', plain: '이 알림 담당', past: '이 알림을 맡았어요' }),
  resolve: act({
    button: '해결 처리…',
    plain: '이 알림 해결 처리',
    past: '이 알림을 해결 처리했어요',
    note: '어떻게 끝났나요? 같은 파일이 또 올라오면 새 알림이 떠요.',
  }),
  dismiss: act({ button: '무시', plain: '이 알림 무시', past: '이 알림을 무시했어요' }),
  endTimeOut: act({
    button: '타임아웃 해제…',
    plain: '타임아웃 해제',
    past: '타임아웃을 해제했어요',
    note: '바로 다시 쓸 수 있게 돼요.',
  }),
  endQuarantine: act({
    button: '격리 해제…',
    plain: '격리 해제',
    past: '격리를 해제했어요',
    note: '격리 역할이 없어져요.',
  }),
  unban: act({
    button: '멤버 차단 해제…',
    plain: '차단 해제',
    past: '차단을 해제했어요',
    note: '초대를 받으면 다시 들어올 수 있어요. 예전 역할과 메시지는 Discord가 되살려 주지 않아요.',
  }),
  untrust: act({
    button: '파일 신뢰 해제…',
    plain: '신뢰 해제',
    past: '파일 신뢰를 해제했어요',
    note: '다음부터는 다른 파일과 똑같이 판정해요.',
  }),
  unblock: act({
    button: '파일 차단 해제…',
    plain: '파일 차단 해제',
    past: '파일 차단을 해제했어요',
    note: '다음부터는 다른 파일과 똑같이 판정해요.',
  }),
  tellAuthor: act({ button: '', plain: 'DM 전송', past: 'DM을 보냈어요' }),
};
