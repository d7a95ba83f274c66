import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const uploads: Locale['help']['uploads'] = {
  auto: 'VirusTotal 不认识的文件会连同文件名上传，并由它与合作伙伴共享。',
  ask: 'VirusTotal 不认识的文件，只有发送者或管理员同意才会上传，因为 VirusTotal 会与合作伙伴共享。',
  'hash-only': '文件本身从不上传。',
};

export const help: Locale['help'] = {
  title: '本机器人能做什么',
  about: '检查文件是不是恶意软件：由 [VirusTotal](https://www.virustotal.com) 上的 70 多个杀毒引擎给出看法。',
  commandsTitle: '命令',
  commands: {
    vtscan: '扫描文件',
    vturl: '检查网址',
    vtresult: '凭令牌再次查看之前的扫描',
    vtreport: '查看 VirusTotal 上已有的文件信息，不上传',
    vtquota: '今天还能扫描多少',
    vtconfig: '本服务器的设置',
    about: '谁在运行本机器人',
  },
  menu: '也可以长按或右键点击一条消息：**APP** → **扫描附件**。',
  wordsTitle: '各种结论的含义',
  words: {
    malicious: '**恶意文件**：报毒的引擎足够多。不要打开。',
    suspicious: '**可疑文件**：少数引擎报毒。可能是误报，也可能是新出现的恶意软件。',
    unwanted: '**风险软件**：广告软件之类。惹人厌，但不是攻击。',
    misleading: '**文件名有伪装**：没有引擎报毒，但它冒充另一种文件。',
    clean: '**没有引擎报毒**：好迹象，但不等于安全。',
    warned: '**……但请小心**：另有可疑之处。',
    locked: '**无法检查**：内容已加密，没有人能看到里面。请视为不安全。',
    unknown: '**未知**：给出结论的引擎太少。请视为不安全。',
    failed: '**未能扫描**：没有人知道它是什么。请视为不安全。',
  },
  sentTitle: '哪些内容会发到哪里',
  sent: '文件的指纹（SHA-256）会发给 VirusTotal。',
  uploads,
  private: '`private` 只隐藏回复，不隐藏文件。使用 `password` 时，密码会发给 VirusTotal，仅一次。',
  watched: {
    none: '在本服务器，只有成员主动要求时才扫描文件。',
    all: '在本服务器，所有频道中的文件都会扫描。',
    some: (channels) => `在本服务器，会扫描 ${channels} 中的文件。`,
  },
};

export const about: Locale['about'] = {
  title: (name, version) => `${name} · vtscan ${version}`,
  operators: (who) => `**维护者** ${who}。关于你的数据，请向其咨询。`,
  unknownOperator: '**维护者** 不详：Discord 没有提供。',
  key: (unknown, mostlyKnown) =>
    `**容量** 每天约 ${number(unknown)} 个新文件；如果五个里有四个 VirusTotal 已见过，则约 ${number(mostlyKnown)} 个。`,
  kept: '**保存** 结果保存 30 天，之后删除。`/vtresult` 中有按钮，可以马上删除你自己的结果。',
  links:
    '[VirusTotal 的工作原理](https://docs.virustotal.com/docs/how-it-works) · [服务条款](https://docs.virustotal.com/docs/terms-of-service) · [隐私声明](https://docs.virustotal.com/docs/privacy-policy)',
  noGuarantee: '结论只是杀毒引擎的看法，不作任何保证，也不能代替杀毒软件。',
};
