import type { Locale } from '../en-US.ts';
import { format } from './format.ts';
import { uploads } from './help.ts';

const { number } = format;

export const setUp: Locale['setUp'] = {
  title: (step, what) => `快速设置 · 第 ${step}/3 步 · ${what}`,
  next: '下一步',
  back: '上一步',
  anyway: '仍要继续',
  finish: '启用',
  done: '✅ 设置完成',
  capacity: (unknown, mostlyKnown) =>
    `本机器人的密钥每天约可判断 ${number(unknown)} 个新文件；如果五个里有四个 VirusTotal 已见过，则约 ${number(mostlyKnown)} 个。超出的等到第二天；\`/vtscan\` 优先。`,

  alerts: {
    title: '警报发到哪里',
    about:
      '有人发送有问题的文件时，管理员会在那里收到警报：谁、在哪里、发了什么，还有处理按钮。建议选一个只有管理员能看到的频道。',
    none: '目前没有只有管理员能看到的频道。请新建一个再打开这里，或在下面选择。',
    choose: '警报频道',
    without: '不要警报，继续',
    isPublic: (channel) => `⚠️ 所有人都能看到 ${channel}：成员会看到谁被标记，以及管理员做了什么。`,
  },
  watch: {
    title: '监控哪些频道',
    about: '发到监控频道的文件会自动扫描。图片、音频、视频和文本会略过。',
    pick: '要监控的频道',
    missing: '请至少选择一个频道。',
    values: {
      all: { label: '所有频道（推荐）', about: '机器人能看到的所有频道，包括子区' },
      some: { label: '仅部分频道', about: '由你选择；发到其他地方的文件不检查' },
      none: { label: '不监控', about: '成员仍可用 /vtscan 自行扫描文件' },
    },
  },
  upload: {
    title: 'VirusTotal 不认识的文件',
    about: '一开始只查询文件的指纹。如果 VirusTotal 从未见过这个文件，只有上传才知道好坏，而上传后无法撤回。',
    values: {
      ask: { label: '每次上传前先询问（推荐）', about: '由发送者或管理员按按钮决定' },
      auto: { label: '一律上传', about: '每个文件都有结论；私人文档可能因此流出服务器' },
      'hash-only': { label: '从不上传', about: '文件不会离开服务器；新出现的恶意软件会一直未知' },
    },
  },

  test: {
    button: '发送测试警报',
    title: '🧪 测试警报：什么也没有发生',
    text: (who) =>
      `${who} 在测试警报会发到哪里。真正的警报会说明谁在哪里发了什么，以及有多少引擎报毒。下方有这些按钮：\n• **删除**：删除消息\n• **禁言** 和 **封禁**：处理发送者\n• **忽略**：关闭警报\n• **信任**：以后不再对这个文件发出警报\n只有自身权限足够的人才能按。`,
    posted: (channel) => `✅ 测试警报已发到 ${channel}。`,
    lacks: (channel, permissions) =>
      `❌ 测试警报未发出：机器人在 ${channel} 需要 **${permissions}** 权限。请在那里为机器人的身份组开启，然后重试。`,
    gone: '❌ 测试警报未发出：警报频道已不存在，或机器人看不到。请重新选择。',
    refused: (channel) => `❌ 测试警报未发出：Discord 不允许发到 ${channel}。请重试，或换一个频道。`,
    noChannel: '❌ 测试警报未发出：没有警报频道。',
  },

  notice: {
    button: '给成员发公告',
    text: (upload) =>
      `🔎 **发到这里的文件会经过恶意软件检查。** 每个文件的指纹（SHA-256）会拿到 VirusTotal 查询；图片、音频、视频和文本会略过。${uploads[upload]}详情请看 \`/help\`。`,
    textEverywhere: (upload) =>
      `🔎 **发到本服务器的文件会经过恶意软件检查。** 每个文件的指纹（SHA-256）会拿到 VirusTotal 查询；图片、音频、视频和文本会略过。${uploads[upload]}详情请看 \`/help\`。`,
    posted: (channels) => `✅ 公告已发到 ${channels}。建议标注这条消息。`,
    failed: (channels) => `❌ 公告未能发到 ${channels}：机器人不能在那里发消息，或者那是论坛。`,
  },

  welcome: {
    text: (server) =>
      `👋 谢谢你把我加入 **${server}**。我通过 VirusTotal 检查文件是不是恶意软件。成员现在就可以用 \`/vtscan\`。目前还没有监控任何频道，也不会发警报：设置只要一分钟。`,
    button: '快速设置',
  },
};
