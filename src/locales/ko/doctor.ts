import type { Locale } from '../en-US.ts';
import { format } from './format.ts';

const { number } = format;

export const doctor: Locale['cli']['doctor'] = {
  node: (version) => `Node ${version}`,
  oldNode: (version) => `Node ${version}: 너무 오래된 버전입니다. 20.19 이상이 필요합니다`,
  variables: '변수가 모두 설정되어 있습니다',
  variablesOfScans: '명령줄에 필요한 변수가 모두 설정되어 있습니다',
  dataDir: (dir) => `데이터 디렉터리에 쓸 수 있습니다: ${dir}`,
  dataDirUnusable: (dir, code) =>
    `데이터 디렉터리에 쓸 수 없습니다(${code}): ${dir}. 소유자와 남은 공간을 확인하거나 DATA_DIR을 설정하십시오`,
  database: (kind, scans) => `데이터베이스(${kind})를 읽을 수 있습니다. 끝나지 않은 검사: ${number(scans)}건`,
  damagedRows: (count) => `데이터베이스에서 읽을 수 없는 행이 ${number(count)}개 있습니다. 백업으로 바꾸어 넣으십시오`,
  reachable: (host) => `연결할 수 있습니다: ${host}`,
  unreachable: (host, code) => `연결할 수 없습니다(${code}): ${host}. 네트워크, 프록시, 주소를 확인하십시오`,
  clock: (seconds) => `시계의 오차는 ${seconds}초 이내입니다`,
  wrongClock: (seconds) => `시계가 ${seconds}초 어긋나 있습니다. NTP로 동기화하십시오`,
  key: 'VirusTotal이 키를 받아들입니다',
  badKey:
    'VirusTotal이 VIRUSTOTAL_API_KEY를 거부합니다. https://www.virustotal.com/gui/my-apikey 에서 다시 복사하십시오',
  keyUnknown: 'VirusTotal이 키를 받아들이는지 답하지 않았습니다. 검사를 해 보면 알 수 있습니다',
  quota: (day, perDay, month, perMonth) =>
    `할당량: 오늘 ${number(perDay)} 중 ${number(day)}, 이번 달 ${number(perMonth)} 중 ${number(month)} 사용`,
  usedUp: '할당량을 다 썼습니다. 파일은 00:00 UTC(한국 시각 오전 9시)에 갱신될 때까지 대기합니다',
  noBot: 'Discord가 설정되어 있지 않습니다(DISCORD_TOKEN). 봇에만 필요합니다',
  discord: (name) => `Discord가 토큰을 받아들입니다: ${name}`,
  badToken:
    'Discord가 DISCORD_TOKEN을 거부합니다. https://discord.com/developers/applications (Bot → Reset Token)에서 다시 발급하십시오',
  notAnswered: (service) => `${service}에서 쓸 수 있는 답을 받지 못했습니다. 몇 분 뒤에 다시 해 보십시오`,
  intents: 'Message Content Intent가 켜져 있어 채널을 감시할 수 있습니다',
  noIntents:
    'Message Content Intent가 꺼져 있어 채널을 감시할 수 없습니다. https://discord.com/developers/applications (Bot)에서 켜십시오',
  notChecked: (what) => `확인하지 않았습니다: ${what}. 먼저 변수를 설정하십시오`,
};
