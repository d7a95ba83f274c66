import { longestAddress } from '../../address/address.ts';
import type { Disguise } from '../../content/disguise.ts';
import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { list, number } = format;

export const verdicts: Locale['verdicts'] = {
  trusted: {
    word: '本服务器已信任',
    advice: '管理员信任它，因此没有交给引擎检测。',
    found: (count) => `${count} 个已信任`,
  },
  clean: {
    word: '没有引擎报毒',
    advice: '这是好迹象，但不等于安全：新出现的恶意软件往往过一阵才会被发现。除非你本来就在等它，否则不要打开。',
    found: (count) => `${count} 个未检出`,
  },
  empty: {
    word: '空文件',
    advice: '里面没有可供扫描的内容。',
    found: (count) => `${count} 个空文件`,
  },
  warned: {
    word: '没有引擎报毒，但请小心',
    advice: '另有可疑之处：除非你知道是谁制作的，而且本来就在等它，否则不要打开。',
    found: (count) => `${count} 个需留意`,
  },
  unknown: {
    word: '未知：请视为不安全',
    advice: '给出结论的引擎太少。',
    found: (count) => `${count} 个未知`,
  },
  unseen: {
    word: '未知：请视为不安全',
    advice: 'VirusTotal 从未见过它，所以是好是坏都说不准。',
    found: (count) => `${count} 个 VirusTotal 从未见过`,
  },
  locked: {
    word: '无法检查：内容已加密',
    advice: '请视为不安全。如果是只含一个文件的 ZIP，请用 `/vtscan` 并填上密码再扫描一次。',
    found: (count) => `${count} 个已加密、无法检查`,
  },
  failed: {
    word: '未能扫描',
    advice: '请视为不安全。',
    found: (count) => `${count} 个未能扫描`,
  },
  misleading: {
    word: '文件名有伪装：不要打开',
    advice: '虽然没有引擎报毒，但正常文件不会冒充别的类型。新出现的恶意软件往往过一阵才会被发现。',
    found: (count) => `${count} 个文件名有伪装`,
  },
  unwanted: {
    word: '风险软件',
    advice: '多数引擎认为它是广告软件、挖矿程序或黑客工具。如果不是你特意安装的，请删除。',
    found: (count) => `${count} 个风险软件`,
  },
  suspicious: {
    word: '可疑文件：最好不要打开',
    advice: '可能是误报，也可能是新出现的恶意软件。除非你知道作者是谁，并且正在等对方发来，否则不要打开。',
    found: (count) => `${count} 个可疑`,
  },
  malicious: {
    word: '恶意文件：不要打开',
    advice: '请删除。如果已经打开过，请让那台设备断网，并用更新到最新的杀毒软件全面扫描。',
    found: (count) => `${count} 个恶意`,
  },
  blocked: {
    word: '本服务器已拉黑',
    advice: '管理员已把它加入黑名单，因此没有交给引擎检测。',
    found: (count) => `${count} 个已拉黑`,
  },
};

export const because: Locale['because'] = {
  testFile: {
    advice: '这是供测试用的文件，所有杀毒软件都会故意对它报毒。它没有危害，只说明扫描工作正常。',
  },
  maybeLocked: {
    word: '可能已加密：请视为不安全',
    advice:
      '有一部分无法读取，引擎可能没检查到全部内容。如果是只含一个文件、设有密码的 ZIP，请用 `/vtscan` 并填上密码再扫描一次。',
  },
  contradiction: { advice: 'VirusTotal 的统计中有引擎报毒，但没有列出是哪些引擎。' },
  belowThreshold: { advice: '有引擎报毒，但数量未达到本服务器认定可疑的标准。' },
};

export const warning: Locale['warning'] = (found) => {
  switch (found.kind) {
    case 'disguise':
      return `❗ ${disguise(found.disguise)}`;
    case 'locked':
      return found.certain ? '❗ 内容已加密，引擎无法检查里面。' : '❗ 可能已加密：有一部分无法读取。';
    case 'falseAlarm':
      return `很可能是误报：${found.by === 'NIST' ? '它在美国官方的已知软件库中' : `它由 ${found.by} 发布`}。`;
    case 'signature':
      return `❗ ${found.signer ? `署名为 ${found.signer} 的` : '它的'}数字签名无效：${signatures[found.state]}。`;
    case 'malwareFamily':
      return `❗ 其中含有已知恶意软件的配置：${list(found.names)}。`;
    case 'sandbox':
      return `❗ 在沙箱 ${list(found.names)} 中运行时，它表现得像恶意软件。`;
    case 'intrusions':
      return `❗ 它的网络流量触发了 ${number(found.count)} 条攻击警报${examples(found.titles)}。`;
    case 'behaviour':
      return `❗ 它的行为符合 ${number(found.count)} 条攻击规则${examples(found.titles)}。`;
    case 'assessment':
      return '❗ VirusTotal 自己也评定它有危险。';
    case 'community':
      return `❗ VirusTotal 社区对它评价很差：评分 ${found.score}${found.malicious > 0 ? `，${found.malicious} 人投票认为恶意` : ''}。`;
    default:
      return found satisfies never;
  }
};

const signatures = {
  revoked: '证书已被吊销',
  expired: '证书已过期',
  untrusted: '证书不受信任',
  invalid: '文件与签名时的内容不一致',
};

const examples = ([first]: readonly string[]) => (first === undefined ? '' : `，例如 ${first}`);

function disguise(found: Disguise): string {
  switch (found.kind) {
    case 'doubleExtension':
      return `文件名看上去是 \`.${found.shown}\`，其实是程序（\`.${found.real}\`）。`;
    case 'otherContent':
      return `文件名是 \`.${found.claimed}\`，内容却是 \`.${found.real}\`。`;
    case 'direction':
      return '文件名被动了手脚，看上去像另一种文件。';
    default:
      return found satisfies never;
  }
}

export const address: Locale['address'] = {
  verdicts: {
    clean: {
      word: '没有引擎报毒',
      advice: '这是好迹象，但不等于安全：恶意网页往往过一阵才会被发现，还可能躲过引擎的检测。',
    },
    warned: {
      word: '没有引擎报毒，但请小心',
      advice: '另有可疑之处：除非你知道是谁发来的，而且本来就在等它，否则不要访问。',
    },
    unwanted: {
      word: '不良网址：最好不要访问',
      advice: '报告它的引擎大多认为它惹人厌，但不算危险。',
    },
    suspicious: {
      word: '可疑网址：最好不要访问',
      advice: '可能是误报，也可能是新出现的威胁。除非你知道是谁发的，并且正在等对方发来，否则不要访问。',
    },
    malicious: {
      word: '恶意网址：不要访问',
      advice: '如果已经访问过，不要打开从那里下载的任何东西，并更换在那里输入过的所有密码。',
    },
  },
  refused: {
    unreadable: '这不是网址。请按 `https://example.com/page` 的格式填写。',
    scheme: '只能扫描 `http` 和 `https` 网址。',
    credentials: '这个网址里有用户名或密码，而扫描的内容会公开。请删掉 `@` 之前的部分。',
    private: '这个网址在内网，VirusTotal 访问不到。',
    tooLong: `这个网址超过了 ${longestAddress} 个字符。`,
  },
};
