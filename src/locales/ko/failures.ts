import { openPerMember } from '../../scan/limits.ts';
import type { Locale } from '../en-US.ts';

export const failuresWithoutFile: Locale['failuresWithoutFile'] = {
  'engine.quota': { why: 'VirusTotal 할당량을 다 썼어요.', todo: '나중에 다시 해 주세요.' },
  'engine.unavailable': { why: 'VirusTotal에 연결할 수 없어요.', todo: '몇 분 뒤에 다시 해 주세요.' },
  'engine.notReady': { why: 'VirusTotal에 아직 결과가 없어요.', todo: '몇 분 뒤에 다시 해 주세요.' },
  'engine.refused': {
    why: 'VirusTotal이 요청을 거부했어요.',
    todo: '또 거부되면 봇 운영자에게 알려 주세요.',
  },
  'engine.unreadable': { why: 'VirusTotal이 보낸 답을 봇이 읽을 수 없어요.', todo: '나중에 다시 해 주세요.' },
  'engine.noResults': {
    why: 'VirusTotal이 알고는 있지만 판단을 내린 엔진이 없어요.',
    todo: '일단 위험하다고 보고, 나중에 다시 해 주세요.',
  },
  'scan.deadline': {
    why: 'VirusTotal이 평소보다 훨씬 오래 걸리고 있어요.',
    todo: '나중에 다시 해 주세요. 그때는 결과가 나와 있을 수 있어요.',
  },
  'scan.internal': {
    why: '봇에 문제가 생겼어요.',
    todo: '다시 해 주세요. 자세한 내용은 봇 운영자가 로그에서 볼 수 있어요.',
  },
};

export const failures: Locale['failures'] = {
  'file.tooLarge': {
    title: '너무 커서 검사할 수 없음',
    why: 'VirusTotal이 받는 최대 크기인 650MB보다 커요.',
    todo: '여기에서는 검사할 수 없어요.',
  },
  'file.unreadable': {
    title: '파일을 읽을 수 없음',
    why: '파일을 읽을 수 없어요.',
    todo: '경로와 권한을 확인해 주세요.',
  },
  'file.noRoom': {
    title: '파일을 둘 공간이 없음',
    why: '봇에 파일을 둘 공간이 없어요.',
    todo: '검사하지 못했어요. 봇 운영자에게 알려 주세요.',
  },
  'download.notAllowed': {
    title: '다운로드하지 않음: 다른 사이트로 가는 링크',
    why: '봇이 다운로드하지 않는 사이트로 연결되는 링크예요.',
    todo: '파일을 Discord에 직접 올려 주세요.',
  },
  'download.gone': {
    title: 'Discord에서 사라진 파일',
    why: '파일이 이제 Discord에 없어요.',
    todo: '다시 공유한 뒤 `/vtscan`으로 검사해 주세요.',
  },
  'download.failed': {
    title: '다운로드하지 못함',
    why: 'Discord에서 파일을 다운로드하지 못했어요.',
    todo: '`/vtscan`으로 다시 검사해 주세요.',
  },
  'download.oversized': {
    title: '알려진 것보다 큰 파일',
    why: '파일이 Discord가 알려 준 크기보다 커요.',
    todo: '다시 공유해 주세요. 또 그러면 열지 마세요.',
  },
  'download.changed': {
    title: '바뀐 파일',
    why: '링크가 이제 처음 공유된 파일로 연결되지 않아요.',
    todo: '`/vtscan`으로 다시 검사해 주세요.',
  },
  'engine.badKey': {
    title: 'VirusTotal이 API 키를 거부함',
    why: 'VirusTotal이 API 키를 거부했어요.',
    todo: '검사하지 못했어요. 봇 운영자에게, 서버 전용 키라면 관리자에게 알려 주세요.',
  },
  'engine.noKey': {
    title: '이 서버의 VirusTotal 키가 필요함',
    why: '이 서버에는 자체 키가 없고, 여기에는 봇 운영자의 키를 쓸 수 없어요.',
    todo: '검사하지 못했어요. 관리자에게 `/vtconfig`에서 키를 등록해 달라고 해 주세요.',
  },
  'engine.forbidden': {
    title: 'API 키로는 할 수 없음',
    why: '이 봇의 API 키로는 할 수 없는 일이에요.',
    todo: '검사하지 못했어요. 봇 운영자에게 알려 주세요.',
  },
  'engine.unsupported': {
    title: 'VirusTotal의 이전 API로는 할 수 없음',
    why: '이 봇이 쓰는 VirusTotal의 이전 API로는 할 수 없는 일이에요.',
    todo: '비밀번호, 재분석, 32MB가 넘는 파일을 지원하지 않아요. 봇 운영자가 새 API로 바꿀 수 있어요.',
  },
  'engine.quota': {
    title: 'VirusTotal 할당량을 다 씀',
    why: 'VirusTotal 할당량을 다 썼어요.',
    todo: '나중에 `/vtscan`으로 다시 검사해 주세요.',
  },
  'engine.unavailable': {
    title: 'VirusTotal에 연결할 수 없음',
    why: 'VirusTotal에 연결할 수 없어요.',
    todo: '몇 분 뒤에 `/vtscan`으로 다시 검사해 주세요.',
  },
  'engine.notReady': {
    title: '아직 결과 없음',
    why: 'VirusTotal에 아직 결과가 없어요.',
    todo: '몇 분 뒤에 `/vtscan`으로 다시 검사해 주세요.',
  },
  'engine.refused': {
    title: 'VirusTotal이 거부함',
    why: 'VirusTotal이 파일을 거부했어요.',
    todo: '또 거부되면 봇 운영자에게 알려 주세요.',
  },
  'engine.password': {
    title: '잘못된 비밀번호',
    why: '비밀번호가 맞지 않거나, 파일 하나만 든 압축 파일이 아니에요.',
    todo: '올바른 비밀번호를 넣거나 비밀번호 없이 `/vtscan`으로 다시 검사해 주세요.',
  },
  'engine.unreadable': {
    title: 'VirusTotal의 답을 읽을 수 없음',
    why: 'VirusTotal이 보낸 답을 봇이 읽을 수 없어요.',
    todo: '나중에 `/vtscan`으로 다시 검사해 주세요.',
  },
  'engine.noResults': {
    title: '판단을 내린 엔진 없음',
    why: 'VirusTotal이 알고는 있지만 판단을 내린 엔진이 없어요.',
    todo: '일단 위험하다고 보고, 나중에 `/vtscan`으로 다시 검사해 주세요.',
  },
  'engine.unseen': {
    title: 'VirusTotal이 본 적 없음',
    why: 'VirusTotal이 한 번도 본 적 없는 파일이고, 업로드하지 않았어요.',
    todo: '위험한지 아닌지 알 수 없으니 일단 위험하다고 보세요.',
  },
  'scan.deadline': {
    title: 'VirusTotal이 너무 오래 걸림',
    why: 'VirusTotal이 평소보다 훨씬 오래 걸리고 있어요.',
    todo: '나중에 `/vtscan`으로 다시 검사해 주세요. 그때는 결과가 나와 있을 수 있어요.',
  },
  'scan.internal': {
    title: '봇에 문제가 생김',
    why: '봇에 문제가 생겼어요.',
    todo: '`/vtscan`으로 다시 검사해 주세요. 자세한 내용은 봇 운영자가 로그에서 볼 수 있어요.',
  },
};

export const refusals: Locale['refusals'] = {
  unknownToken: '알 수 없는 토큰이에요. 결과는 30일 동안만 보관해요.',
  notAToken: '올바른 토큰이 아님: 16진수 64자',
  tooManyOpen: (open, wanted) =>
    `아무것도 검사하지 않았어요. 아직 검사 중인 파일이 ${open}개라서 ${wanted}개를 더하면 ${openPerMember}개를 넘어요. 몇 개가 끝난 뒤에 다시 해 주세요.`,
  noAttachments: '그 메시지에는 첨부 파일도, 검사할 링크도 없어요.',
  notFinished: '아직 끝나지 않은 검사예요.',
  outdated: '이전 버전의 버튼이에요. `/vtresult`에 토큰을 넣어 주세요.',
  busy: '지금 봇이 바빠서 처리되지 않았을 수 있어요. 잠시 후 다시 해 주세요.',
  internal: '봇에 문제가 생겼어요. 다시 해 주세요. 자세한 내용은 봇 운영자가 로그에서 볼 수 있어요.',
};
