import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const status: Locale['status'] = { ready: '等待中', progress: '进行中', error: '出错' };

export const activity: Locale['activity'] = {
  starting: '正在开始',
  continuing: '正在继续',
  queued: '等待下载',
  downloading: '正在下载',
  lookingUp: '正在查询 VirusTotal 是否见过它',
  uploading: '正在上传到 VirusTotal',
  analysing: '引擎正在分析',
  unreachable: '无法连接 VirusTotal，等待中',
  retries: '会继续重试。',
  share: (bar, done, total) => `${bar} ${done} / ${total}`,
  soFar: (done) => `已完成 ${done}`,
  answered: (count) => `${count} 个引擎已给出结果`,
  flaggedAlready: (count) => `已有 ${count} 个引擎报毒：不要打开`,
};

export const waiting: Locale['waiting'] = (reason, ahead, until) => {
  const turn = ahead > 0 ? `前面还有 ${number(ahead)} 个` : '下一个就是你';
  switch (reason) {
    case 'turn':
    case 'minute':
      return { now: '正在排队等待 VirusTotal', more: until ? `${turn}，预计 ${until}` : turn };
    case 'share':
      return {
        now: '你今天的 VirusTotal 配额份额已用完，等待中',
        more: `没有别人排队时继续，最迟在新的一天开始时${until ? `（${until}）` : ''}`,
      };
    case 'day':
      return { now: '今天的 VirusTotal 配额已用完，等待中', more: `${until ?? '明天'}自动继续` };
    case 'month':
      return { now: '本月的 VirusTotal 配额已用完，等待中', more: `${until ?? '下个月'}自动继续` };
    case 'key':
      return { now: 'VirusTotal 拒绝了 API 密钥，等待中', more: '请告知机器人维护者：密钥可用后自动继续' };
    case 'ownKey':
      return {
        now: '本服务器的 VirusTotal 密钥无法使用，等待中',
        more: '请告知管理员：在 `/vtconfig` 填入正确的密钥后自动继续',
      };
    case 'outage':
      return { now: 'VirusTotal 没有响应，等待中', more: 'VirusTotal 恢复后自动继续' };
    default:
      return reason satisfies never;
  }
};

export const reply: Locale['reply'] = {
  several: (count) => `${count} 个文件`,
  finished: (done, count) => `已完成 ${done}/${count} 个文件`,
  found: (files, counts) => (counts.length > 0 ? `${files}：${counts.join('，')}` : files),
  stillWorking: 'Discord 只允许我在 15 分钟内修改这条回复，而扫描还没有完成。请稍后按下按钮。',
  unreadable: (count) => `这条回复中有 ${count} 个结果已无法读取。`,
  showResult: '查看结果',
  orByToken: (tokens) =>
    ['-# 或运行 `/vtresult` 并填写：', ...tokens.map((token) => `-# 令牌 \`${token}\``)].join('\n'),
  letter: '你发起扫描时我遇到了问题，现在已无法修改那里的回复。结果在这里。',
  from: (link) => `来自 ${link}`,
  onlyFirst: (shown, all) => `那条消息有 ${all} 个文件，这里是前 ${shown} 个。`,
};

export const watching: Locale['watching'] = {
  toAuthor:
    '如果是你发的：你可能并不知情，引擎也可能误报。请删除消息，并给文件所在的设备杀毒。如果文件是你自己做的，请告诉管理员，他们可以将它设为信任。',
};

export const upload: Locale['upload'] = {
  button: '上传到 VirusTotal？',
  about: '上传的文件会与其合作伙伴和客户共享，而且无法撤回。只有发送文件的人或管理员可以按下按钮。',
  shared: 'VirusTotal 不认识的文件会被上传，并由它与合作伙伴和客户共享。',
  notAllowed: '只有发送文件的人，或拥有 **管理消息** 权限的成员，才能上传。',
  switchedOff: '本服务器已关闭上传。',
};

export const forget: Locale['forget'] = {
  button: '删除这次扫描',
  done: '这里的扫描记录已删除。VirusTotal 那边的会保留。',
  notYours: '这不是你的扫描。',
  needed: '某个服务器的管理员还在处理这个文件，所以暂时保留扫描记录。请等他们处理完再试。',
};
