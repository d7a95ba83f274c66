import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

const counting = (verb: string, unit: string) => (count: number) => `${verb} ${number(count)} ${unit}`;

export const digest: Locale['digest'] = {
  title: '📅 每周摘要',
  span: (from, until) => `${from} 至 ${until}`,
  checked: (files, links, verdicts) => {
    const what = `${number(files)} 个文件${links > 0 ? `、${number(links)} 个链接` : ''}`;
    return `**已检查：** ${what}${verdicts.length > 0 ? `：${verdicts.join('，')}` : ''}`;
  },
  automatic: (acts) => `**机器人自动处理：** ${acts.length > 0 ? acts.join('，') : '无'}`,
  moderator: (who, acts) => `${who} ${acts.join('，')}`,
  moderators: (people) => `**管理员：** ${people.join('；')}`,
  acts: {
    delete: counting('删除', '条消息'),
    timeOut: counting('禁言', '名成员'),
    quarantine: counting('隔离', '名成员'),
    kick: counting('踢出', '名成员'),
    ban: counting('封禁', '名成员'),
    trust: counting('信任', '个文件'),
    block: counting('拉黑', '个文件'),
    claim: counting('接手', '个警报'),
    resolve: counting('结案', '个警报'),
    dismiss: counting('忽略', '个警报'),
    endTimeOut: counting('解除', '次禁言'),
    endQuarantine: counting('解除', '次隔离'),
    unban: counting('解除封禁', '名成员'),
    untrust: counting('取消信任', '个文件'),
    unblock: counting('取消拉黑', '个文件'),
  },
  quota: (calls, unchecked, waiting) =>
    [
      `**配额：** 本机器人为其所有服务器向 VirusTotal 发送了 ${number(calls)} 次请求。`,
      unchecked > 0 ? `因配额用完，有 ${number(unchecked)} 个文件没有检查。` : '',
      waiting > 0 ? `还有 ${number(waiting)} 个文件在排队。` : '',
    ].join(''),
  falseAlarms: (cases, trusted) =>
    `**误报：** ${cases === 0 ? '无' : `${number(cases)} 个警报`}${trusted > 0 ? `，之后信任了 ${number(trusted)} 个文件` : ''}`,
};
