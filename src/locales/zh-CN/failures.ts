import { openPerMember } from '../../scan/limits.ts';
import type { Locale } from '../en-US.ts';

export const failuresWithoutFile: Locale['failuresWithoutFile'] = {
  'engine.quota': { why: 'VirusTotal 配额已用完。', todo: '请稍后再查。' },
  'engine.unavailable': { why: '无法连接 VirusTotal。', todo: '请几分钟后再查。' },
  'engine.notReady': { why: 'VirusTotal 还没有结果。', todo: '请几分钟后再查。' },
  'engine.refused': { why: 'VirusTotal 拒绝了请求。', todo: '如果再次出现，请告知机器人维护者。' },
  'engine.unreadable': { why: '本机器人无法解读 VirusTotal 的响应。', todo: '请稍后再查。' },
  'engine.noResults': {
    why: 'VirusTotal 见过它，但没有引擎给出结论。',
    todo: '请视为不安全，稍后再查。',
  },
  'scan.deadline': { why: 'VirusTotal 这次用时过长。', todo: '请稍后再查，届时可能已有结果。' },
  'scan.internal': { why: '本机器人出错了。', todo: '请再试一次；维护者可在日志中查看详情。' },
};

export const failures: Locale['failures'] = {
  'file.tooLarge': {
    title: '文件过大，无法扫描',
    why: '它超过了 VirusTotal 的上限 650 MB。',
    todo: '在这里无法扫描。',
  },
  'file.unreadable': { title: '文件无法读取', why: '文件无法读取。', todo: '请检查路径和权限。' },
  'file.noRoom': {
    title: '空间不足',
    why: '本机器人没有空间存放这个文件。',
    todo: '没有扫描。请告知机器人维护者。',
  },
  'download.notAllowed': {
    title: '未下载：链接指向其他网站',
    why: '它的链接指向本机器人不会下载的网站。',
    todo: '请把文件直接上传到 Discord。',
  },
  'download.gone': {
    title: 'Discord 上已没有此文件',
    why: 'Discord 上已没有这个文件。',
    todo: '请重新发送，再用 `/vtscan` 扫描。',
  },
  'download.failed': {
    title: '下载失败',
    why: '无法从 Discord 下载这个文件。',
    todo: '请再用 `/vtscan` 扫描一次。',
  },
  'download.changed': {
    title: '文件已改变',
    why: '它的链接指向的已不是当初发送的文件。',
    todo: '请再用 `/vtscan` 扫描一次。',
  },
  'download.oversized': {
    title: '实际大小不符',
    why: '文件比 Discord 所说的要大。',
    todo: '请重新发送。如果再次出现，不要打开它。',
  },
  'engine.badKey': {
    title: 'VirusTotal 拒绝了 API 密钥',
    why: 'VirusTotal 拒绝了 API 密钥。',
    todo: '没有扫描。请告知机器人维护者；如果是本服务器自己的密钥，请告知管理员。',
  },
  'engine.noKey': {
    title: '本服务器需要自己的 VirusTotal 密钥',
    why: '本服务器还没有自己的密钥，而机器人维护者的密钥不供此用途。',
    todo: '没有扫描。请管理员在 `/vtconfig` 填入密钥。',
  },
  'engine.forbidden': {
    title: 'API 密钥权限不足',
    why: '本机器人的 API 密钥没有此操作的权限。',
    todo: '没有扫描。请告知机器人维护者。',
  },
  'engine.unsupported': {
    title: 'VirusTotal 旧版 API 做不到',
    why: '本机器人使用的 VirusTotal 旧版 API 做不到。',
    todo: '它不支持密码、重新分析，也不支持超过 32 MB 的文件。机器人维护者可以换用新版。',
  },
  'engine.quota': {
    title: 'VirusTotal 配额已用完',
    why: 'VirusTotal 配额已用完。',
    todo: '请稍后再用 `/vtscan` 扫描。',
  },
  'engine.unavailable': {
    title: '无法连接 VirusTotal',
    why: '无法连接 VirusTotal。',
    todo: '请几分钟后再用 `/vtscan` 扫描。',
  },
  'engine.notReady': {
    title: '还没有结果',
    why: 'VirusTotal 还没有结果。',
    todo: '请几分钟后再用 `/vtscan` 扫描。',
  },
  'engine.refused': {
    title: '被 VirusTotal 拒绝',
    why: 'VirusTotal 拒绝接收这个文件。',
    todo: '如果再次出现，请告知机器人维护者。',
  },
  'engine.password': {
    title: '密码错误',
    why: '密码打不开它，或者它不是只含一个文件的压缩包。',
    todo: '请填写正确的密码，或不填密码，再用 `/vtscan` 扫描。',
  },
  'engine.unreadable': {
    title: '无法解读 VirusTotal 的响应',
    why: '本机器人无法解读 VirusTotal 的响应。',
    todo: '请稍后再用 `/vtscan` 扫描。',
  },
  'engine.noResults': {
    title: '没有引擎给出结论',
    why: 'VirusTotal 见过它，但没有引擎给出结论。',
    todo: '请视为不安全，稍后再用 `/vtscan` 扫描。',
  },
  'engine.unseen': {
    title: 'VirusTotal 从未见过',
    why: 'VirusTotal 从未见过它，也没有上传。',
    todo: '是好是坏都说不准，请视为不安全。',
  },
  'scan.deadline': {
    title: 'VirusTotal 用时过长',
    why: 'VirusTotal 这次用时过长。',
    todo: '请稍后再用 `/vtscan` 扫描，届时可能已有结果。',
  },
  'scan.internal': {
    title: '本机器人出错了',
    why: '本机器人出错了。',
    todo: '请再用 `/vtscan` 扫描一次；维护者可在日志中查看详情。',
  },
};

export const refusals: Locale['refusals'] = {
  unknownToken: '没有这个令牌。结果只保存 30 天。',
  notAToken: '不是令牌：应为 64 个十六进制字符',
  tooManyOpen: (open, wanted) =>
    `没有扫描：你已有 ${open} 个文件正在扫描，再加上这 ${wanted} 个就超过了上限 ${openPerMember} 个。请等其中一些完成后再试。`,
  noAttachments: '那条消息里没有附件，也没有需要扫描的链接。',
  notFinished: '这次扫描还没有完成。',
  outdated: '这个按钮来自旧版本。请改用 `/vtresult` 并填写令牌。',
  busy: '本机器人现在很忙，这次操作可能没有完成。请稍后再试一次。',
  internal: '本机器人出错了，请再试一次；维护者可在日志中查看详情。',
};
