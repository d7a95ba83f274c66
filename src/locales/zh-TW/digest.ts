import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

/** "刪除 3 則訊息". */
const counting = (verb: string, unit: string) => (count: number) => `${verb} ${number(count)} ${unit}`;

export const digest: Locale['digest'] = {
  title: '📅 每週摘要',
  span: (from, until) => `${from} 至 ${until}`,
  checked: (files, links, verdicts) => {
    const what = `${number(files)} 個檔案${links > 0 ? `、${number(links)} 個連結` : ''}`;
    return `**已檢查：** ${what}${verdicts.length > 0 ? `：${verdicts.join('、')}` : ''}`;
  },
  automatic: (acts) => `**機器人自動處置：** ${acts.length > 0 ? acts.join('、') : '無'}`,
  moderator: (who, acts) => `${who} ${acts.join('、')}`,
  moderators: (people) => `**管理員：** ${people.join('；')}`,
  acts: {
    delete: counting('刪除', '則訊息'),
    timeOut: counting('禁言', '位成員'),
    quarantine: counting('隔離', '位成員'),
    kick: counting('踢出', '位成員'),
    ban: counting('停權', '位成員'),
    trust: counting('信任', '個檔案'),
    block: counting('封鎖', '個檔案'),
    claim: counting('接手', '則警示'),
    resolve: counting('結案', '則警示'),
    dismiss: counting('忽略', '則警示'),
    endTimeOut: counting('解除禁言', '次'),
    endQuarantine: counting('解除隔離', '次'),
    unban: counting('解除停權', '位成員'),
    untrust: counting('取消信任', '個檔案'),
    unblock: counting('解除封鎖', '個檔案'),
  },
  quota: (calls, unchecked, waiting) => {
    const skipped = unchecked > 0 ? `因配額用完，有 ${number(unchecked)} 個檔案沒有檢查。` : '';
    const late = waiting > 0 ? `還有 ${number(waiting)} 個檔案在排隊。` : '';
    return `**配額：** 這個機器人為所有伺服器共向 VirusTotal 送出 ${number(calls)} 次請求。${skipped}${late}`;
  },
  falseAlarms: (cases, trusted) =>
    `**誤判：** ${cases === 0 ? '無' : `${number(cases)} 則警示`}${trusted > 0 ? `，事後信任 ${number(trusted)} 個檔案` : ''}`,
};
