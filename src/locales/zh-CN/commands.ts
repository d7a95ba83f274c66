import type { Locale } from '../en-US.ts';

export const commands: Locale['commands'] = {
  vtscan: {
    description: '让 VirusTotal 检查文件是不是恶意软件',
    file: '要扫描的文件。VirusTotal 会与合作伙伴共享，请勿发送机密文件',
    moreFiles: '再加一个文件，结果显示在同一条回复里',
    password: '用于打开只含一个文件的加密 ZIP；只用一次，随后清除',
    private: '回复仅你可见。文件仍会发给 VirusTotal，其他人可能从那里取得',
  },
  vtresult: {
    description: '查看之前的扫描结果',
    token: '你扫描过的文件名，或扫描时得到的令牌',
  },
  vtconfig: {
    description: '本机器人在此服务器做什么：监控的频道、警报、处理措施',
    reset: '恢复所有默认设置，会先询问',
  },
  vtquota: { description: '机器人的 VirusTotal 配额还剩多少，以及有多少文件在排队' },
  vtreport: {
    description: '查看 VirusTotal 上已有的文件信息，不上传任何内容',
    query: '扫描过的文件名、哈希值、令牌或 VirusTotal 链接。留空：在此频道最近扫描的文件',
    close: '忘掉你在此频道最近扫描的文件',
  },
  vturl: {
    description: '让 VirusTotal 检查网址是否危险',
    url: '要检查的网址。VirusTotal 会公开它，请勿填写含有机密的网址',
    private: '回复仅你可见。网址仍会发给 VirusTotal，其他人可能在那里看到',
  },
  help: { description: '本机器人能做什么，各种结论的含义，哪些内容会发到哪里' },
  about: { description: '谁在运行本机器人，能扫描多少，保存哪些数据' },
  scanAttachments: '扫描附件',
};
