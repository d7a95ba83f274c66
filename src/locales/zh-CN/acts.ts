import type { Locale } from '../en-US.ts';

interface Words {
  button: string;
  plain: string;
  note?: string;
  after?: string;
  /** Where "已" and the plain words do not say it well. */
  done?(what: string): string;
}

/** What an act is called. The sentence about what was done is the same with and without a moderator in front of it. */
function act({ button, plain, note = '', after, done = (what) => `已${plain} ${what}` }: Words) {
  return {
    button,
    plain,
    note,
    did: (who: string | undefined, what: string, until: string, choice: string) =>
      [
        who ? `${who} ` : '',
        done(what).trim(),
        until && `，直到 ${until}`,
        choice && `（${choice}）`,
        after && `。${after}`,
      ].join(''),
  };
}

export const acts: Locale['alerts']['acts'] = {
  delete: act({ button: '删除…', plain: '删除', note: '消息删除后无法恢复。', after: '此操作无法撤销' }),
  timeOut: act({
    button: '禁言…',
    plain: '禁言',
    note: '对方能看消息，但不能发言。禁言多久？',
    after: '撤销：更多… → 解除禁言',
  }),
  quarantine: act({
    button: '隔离…',
    plain: '隔离',
    note: '对方会得到本服务器的隔离身份组。',
    after: '撤销：更多… → 解除隔离',
  }),
  kick: act({
    button: '踢出…',
    plain: '踢出',
    note: '对方会离开服务器，之后可凭邀请再次加入。',
    after: '如需撤销，请重新邀请对方',
  }),
  ban: act({
    button: '封禁…',
    plain: '封禁',
    note: '对方会离开服务器，解除封禁之前不能再加入。',
    after: '撤销：更多… → 解除封禁',
  }),
  trust: act({
    button: '信任…',
    plain: '信任',
    note: '受信任的文件无论谁发送，在本服务器都不会触发警报。',
    after: '撤销：更多… → 取消信任',
  }),
  block: act({
    button: '拉黑…',
    plain: '拉黑',
    note: '被拉黑的文件，无论引擎怎么说，在本服务器一律按恶意处理。',
    after: '撤销：更多… → 取消拉黑',
  }),
  claim: act({ button: '我来处理', plain: '接手此警报', done: (what) => `正在处理此警报 ${what}` }),
  resolve: act({
    button: '结案…',
    plain: '将此警报结案',
    note: '结果如何？之后再有人发送这个文件，会触发新的警报。',
  }),
  dismiss: act({ button: '忽略', plain: '忽略此警报' }),
  endTimeOut: act({
    button: '解除禁言…',
    plain: '解除禁言',
    note: '对方马上可以发言。',
    done: (what) => `已解除 ${what} 的禁言`,
  }),
  endQuarantine: act({
    button: '解除隔离…',
    plain: '解除隔离',
    note: '对方会失去隔离身份组。',
    done: (what) => `已解除 ${what} 的隔离`,
  }),
  unban: act({
    button: '解除封禁…',
    plain: '解除封禁',
    note: '对方可凭邀请再次加入。Discord 不会恢复其身份组和消息。',
    done: (what) => `已解除 ${what} 的封禁`,
  }),
  untrust: act({ button: '取消信任…', plain: '取消信任', note: '再有人发送时，会像其他文件一样检测。' }),
  unblock: act({ button: '取消拉黑…', plain: '取消拉黑', note: '再有人发送时，会像其他文件一样检测。' }),
  tellAuthor: act({ button: '', plain: '私信通知' }),
};
