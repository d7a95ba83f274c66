import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { list: listed, number, percent } = format;

export const answers: Locale['answers'] = {
  malicious: '恶意',
  suspicious: '可疑',
  harmless: '未检出',
  undetected: '未检出',
  unrated: '不认识它',
  'type-unsupported': '不支持此类文件',
  timeout: '超时',
  'confirmed-timeout': '超时',
  failure: '失败',
  other: '没有明确结论',
};

export const card: Locale['card'] = {
  engines: (flagged, opinions, independent) =>
    `${flagged}/${opinions} 个引擎报毒${independent === undefined ? '' : `，其中 ${independent} 个相互独立`}`,
  who: (names, more, threat) => {
    const all = listed(more > 0 ? [...names, `另外 ${number(more)} 个`] : names);
    return threat ? `${all}：${threat}` : all;
  },
  more: (count) => `另有 ${number(count)} 个`,
  analysed: (when) => `分析于 ${when}`,
  enginesOnly: '目前只有引擎的结果，VirusTotal 的其他分析结果尚不清楚。',
  firstSeen: (when) => `首次出现于 ${when}`,
  token: (token) => `令牌 \`${token}\``,
  sha256: (hash) => `SHA-256 \`${hash}\``,
  ring: (flagged, opinions) => `${flagged}/${opinions} 个引擎报毒`,
  details: '详情',
  allDetections: '全部检测结果',
  virusTotal: 'VirusTotal',
  choose: '查看某个文件的详情（仅你可见）',
};

const named = (signer: string | undefined) => (signer ? `（${signer}）` : '');

const levels = [
  ['critical', '严重'],
  ['high', '高危'],
  ['medium', '中危'],
  ['low', '低危'],
  ['info', '提示'],
] as const;

export const report: Locale['report'] = {
  noSession:
    '没有打开的会话\n在此频道用 `/vtscan` 或 *APP → 扫描附件* 扫描一个文件，就会打开一个为期一天的会话。也可以在 `query` 中指定文件。',
  closed: '会话已关闭。在此频道的下一次扫描会打开新的会话。',
  junk: '其中没有文件的 SHA-256、SHA-1、MD5、令牌或 VirusTotal 链接。',
  pageOfAddress: '这个链接说的是网址，不是文件。请用 `/vturl` 并填写网址本身。',
  unseen: {
    why: 'VirusTotal 从未见过这个文件，而查询不会上传任何内容。',
    todo: '所以是好是坏都说不准，请视为不安全。有这个文件的人可以用 `/vtscan` 发送，它会被上传检测。',
  },
  flagged: (count) => `报毒（${count}）`,
  all: (count) => `全部引擎（${count}）`,
  list: (shown, left) => shown.join('、') + (left > 0 ? `，另有 ${number(left)} 个` : ''),
  fact: (what, value) => `**${what}** ${value}`,
  yes: '是',
  type: '类型',
  analysed: '分析时间',
  names: '曾用文件名',
  bundle: '包含',
  bundled: (files, worst) => `${number(files)} 个文件${worst ? `，其中有 ${worst}` : ''}`,
  finalUrl: '跳转到',
  pageTitle: '标题',
  firstSeen: '首次出现',
  signature: '数字签名',
  signatures: {
    valid: (signer) => (signer ? `由 ${signer} 签名` : '有效'),
    revoked: (signer) => `无效：证书已吊销${named(signer)}`,
    expired: (signer) => `无效：证书已过期${named(signer)}`,
    untrusted: (signer) => `无效：签名者不受 Windows 信任${named(signer)}`,
    invalid: (signer) => `无效${named(signer)}`,
  },
  distributors: '发布者',
  trustedBy: '认可方',
  nsrl: '收录于已知软件库（NSRL）',
  severity: '严重程度',
  severities: { none: '无', low: '低', medium: '中', high: '高' },
  families: '恶意软件家族',
  tags: '标签',
  sandboxes: '沙箱',
  sandboxVerdicts: {
    malicious: '⛔ 恶意',
    suspicious: '⚠️ 可疑',
    harmless: '无害',
    undetected: '未检出',
  },
  yara: 'YARA 规则',
  sigma: 'Sigma 规则',
  intrusions: '网络警报',
  levels: (hits) =>
    levels
      .flatMap(([level, name]) => {
        const count = hits[level];
        return typeof count === 'number' && count > 0 ? [`${count} 条${name}`] : [];
      })
      .join('、'),
  gti: 'Google Threat Intelligence',
  assessment: (verdict, score) => (score === undefined ? verdict : `${verdict}，评分 ${score}（满分 100）`),
  community: '社区',
  score: (score) => `评分 ${score}`,
  votes: ({ harmless, malicious }) => `${malicious} 票恶意，${harmless} 票无害`,
};

export const list: Locale['list'] = {
  clean: '没有引擎对标有 ✅ 的文件报毒。这是好迹象，但不等于安全：新出现的恶意软件往往过一阵才会被发现。',
};

export const rescan: Locale['rescan'] = {
  button: (cost) => `重新分析（约用 ${cost} 次请求）`,
  note: (cost) => `让 VirusTotal 重新分析，不会上传文件，约用 ${cost} 次请求的配额。`,
};

export const pages: Locale['pages'] = {
  title: {
    all: (name) => `${name} 的全部检测结果`,
    flagged: (name) => `哪些引擎对 ${name} 报毒`,
  },
  page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  previous: '上一页',
  next: '下一页',
  row: (category, engine, label) => `${engine} · ${label ?? answers[category]}`,
  none: { all: '还没有引擎给出结果。', flagged: '没有引擎报毒。' },
  switchTo: { all: '全部引擎', flagged: '只看报毒' },
  asText: '存为文本文件',
};

export const table: Locale['table'] = {
  columns: ['引擎', '结论', '病毒名', '版本', '更新'],
  about: { name: '名称', flagged: '报毒', analysed: '分析时间', page: '页面' },
};

export const quota: Locale['quota'] = {
  title: 'VirusTotal 配额',
  ownKey: (lastFour) => `-# 本服务器自己的密钥，以 ${lastFour} 结尾`,
  ownKeyUnusable: '⚠️ 本服务器的密钥无法使用。管理员可以在 `/vtconfig` 重新填入。',
  keyRefused: '⚠️ VirusTotal 拒绝了 API 密钥，请告知机器人维护者。',
  minute: '本分钟',
  day: '今天',
  month: '本月',
  gauge: (used, allowed, left) => `已用 ${number(used)}/${number(allowed)}，剩余 ${number(left)}`,
  resets: (when) => `${when} 重置`,
  lastDay: '过去 24 小时',
  waiting: '排队中',
  waitingFiles: (interactive, automatic, everywhere) =>
    `主动扫描 ${number(interactive)} 个，${everywhere ? '所有服务器' : '本服务器'}自动扫描 ${number(automatic)} 个`,
  today: '今天已判定',
  verdicts: (count) => `${number(count)} 个`,
  known: (share) => `${percent(share)} 的文件 VirusTotal 已见过`,
  perVerdict: (calls) => `平均每个 ${number(calls)} 次请求`,
};
