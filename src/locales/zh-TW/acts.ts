import type { Locale } from '../en-US.ts';

/** Where the target of an act stands in its words: "將…停權". */
const gap = '…';

/** An act with its target, which may be empty: "將 @A 停權", "停權". */
export function act(words: string, what: string): string {
  if (what === '') return words.replace(/將…|…的|…/, '');
  return words.includes(gap) ? words.replace(gap, () => ` ${what} `).trim() : `${words} ${what}`;
}

type Act = Locale['alerts']['acts']['delete'];

interface Words {
  /** On the button that asks first. Empty: it has none. */
  button: string;
  plain: string;
  /** What one has to know before. */
  note?: string;
  /** How to undo it. */
  after?: string;
}

/** What an act is called. Without a moderator who pressed, the bot did it by itself. */
const named = ({ button, plain, note = '', after }: Words): Act => ({
  button,
  plain,
  note,
  did: (who, what, until, choice) =>
    [
      `${who ? `${who} 已` : '已自動'}${act(plain, what)}`,
      until && `，直到 ${until}`,
      choice && `（${choice}）`,
      after && `。${after}`,
    ].join(''),
});

export const acts: Locale['alerts']['acts'] = {
  delete: named({
    button: '刪除…',
    plain: '刪除…',
    note: '刪除的訊息無法復原。',
    after: '此動作無法復原',
  }),
  timeOut: named({
    button: '禁言…',
    plain: '將…禁言',
    note: '禁言期間可以看訊息，但不能發言。要禁言多久？',
    after: '若要復原：更多… → 解除禁言',
  }),
  quarantine: named({
    button: '隔離…',
    plain: '將…隔離',
    note: '對方會被加上本伺服器的隔離身分組。',
    after: '若要復原：更多… → 解除隔離',
  }),
  kick: named({
    button: '踢出…',
    plain: '將…踢出',
    note: '對方會離開伺服器，之後可以透過邀請再加入。',
    after: '若要復原，請重新邀請對方',
  }),
  ban: named({
    button: '停權…',
    plain: '將…停權',
    note: '對方會離開伺服器，在解除停權之前都無法再加入。',
    after: '若要復原：更多… → 解除停權',
  }),
  trust: named({
    button: '信任…',
    plain: '信任…',
    note: '受信任的檔案不論由誰張貼，在本伺服器都不會再觸發警示。',
    after: '若要復原：更多… → 取消信任',
  }),
  block: named({
    button: '封鎖…',
    plain: '封鎖…',
    note: '不論引擎的判定為何，封鎖的檔案在本伺服器一律視為惡意。',
    after: '若要復原：更多… → 解除封鎖',
  }),
  claim: named({ button: '我來處理', plain: '接手處理這則警示' }),
  resolve: named({
    button: '結案…',
    plain: '將這則警示結案',
    note: '處理結果是什麼？之後再出現同一個檔案時，會發出新的警示。',
  }),
  dismiss: named({ button: '忽略', plain: '忽略這則警示' }),
  endTimeOut: named({
    button: '解除禁言…',
    plain: '解除…的禁言',
    note: '對方馬上就能再發言。',
  }),
  endQuarantine: named({
    button: '解除隔離…',
    plain: '解除…的隔離',
    note: '對方的隔離身分組會被移除。',
  }),
  unban: named({
    button: '解除停權…',
    plain: '解除…的停權',
    note: '對方可以透過邀請再加入。Discord 不會還原對方的身分組和訊息。',
  }),
  untrust: named({
    button: '取消信任…',
    plain: '取消信任…',
    note: '這個檔案再出現時，會和其他檔案一樣接受判定。',
  }),
  unblock: named({
    button: '解除封鎖…',
    plain: '解除封鎖…',
    note: '這個檔案再出現時，會和其他檔案一樣接受判定。',
  }),
  tellAuthor: named({ button: '', plain: '傳送私人訊息給…' }),
};
