import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const doctor: Locale['cli']['doctor'] = {
  node: (version) => `Node ${version}`,
  oldNode: (version) => `Node ${version} 过旧：需要 20.19 或更高版本`,
  variables: '环境变量齐全',
  variablesOfScans: '命令行所需的环境变量齐全',
  dataDir: (dir) => `数据目录 ${dir} 可写`,
  dataDirUnusable: (dir, code) => `数据目录 ${dir} 不可写（${code}）：请检查其所有者和剩余空间，或设置 DATA_DIR`,
  database: (kind, scans) => `数据库（${kind}）可读，有 ${number(scans)} 个扫描未完成`,
  damagedRows: (count) => `数据库中有 ${number(count)} 行无法读取：请用备份替换`,
  reachable: (host) => `${host} 可以连接`,
  unreachable: (host, code) => `${host} 无法连接（${code}）：请检查网络、代理和地址`,
  clock: (seconds) => `系统时间准确，误差在 ${seconds} 秒以内`,
  wrongClock: (seconds) => `系统时间偏差 ${seconds} 秒：请同步时间（NTP）`,
  key: 'VirusTotal 接受此密钥',
  badKey: 'VirusTotal 拒绝了 VIRUSTOTAL_API_KEY：请从 https://www.virustotal.com/gui/my-apikey 重新复制',
  keyUnknown: 'VirusTotal 没有说明是否接受此密钥：扫描一次便知',
  quota: (day, perDay, month, perMonth) =>
    `配额：今天已用 ${number(day)}/${number(perDay)}，本月已用 ${number(month)}/${number(perMonth)}`,
  usedUp: '配额已用完：文件将排队，等到 00:00 UTC 配额重置',
  noBot: '未配置 Discord（DISCORD_TOKEN）：只有机器人需要它',
  discord: (name) => `Discord 接受 ${name} 的令牌`,
  badToken: 'Discord 拒绝了 DISCORD_TOKEN：请在 https://discord.com/developers/applications 重置（Bot，Reset Token）',
  notAnswered: (service) => `${service} 没有给出可用的响应：请几分钟后重试`,
  intents: 'Message Content Intent 已开启：可以监控频道',
  noIntents:
    'Message Content Intent 未开启：无法监控频道。请在 https://discord.com/developers/applications （Bot）开启',
  notChecked: (what) => `未检查 ${what}：请先设置环境变量`,
};
