import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmlessness } from '../../src/content/risk.ts';

const judged = (name: string, mime?: string, extension?: string) => harmlessness(name, { mime, extension });

test('verified images, audio, video and plain text need no scan', () => {
  assert.equal(judged('cat.png', 'image/png', 'png'), 'image');
  assert.equal(judged('cat.JPEG', 'image/jpeg', 'jpg'), 'image');
  assert.equal(judged('song.mp3', 'audio/mpeg', 'mp3'), 'audio');
  assert.equal(judged('clip.mp4', 'video/mp4', 'mp4'), 'video');
  assert.equal(judged('notes.txt', 'text/plain'), 'text');
});

test('programs, scripts, archives, documents and disk images are scanned whatever they are called', () => {
  for (const [name, mime, extension] of [
    ['setup.exe', 'application/x-msdownload', 'exe'],
    ['setup.png', 'application/x-msdownload', 'exe'],
    ['run.ps1', 'text/plain', undefined],
    ['page.html', 'text/plain', undefined],
    ['drawing.svg', 'image/svg+xml', 'xml'],
    ['bundle.zip', 'application/zip', 'zip'],
    ['report.docm', 'application/zip', 'docx'],
    ['disk.iso', 'application/x-iso9660-image', 'iso'],
    ['paper.pdf', 'application/pdf', 'pdf'],
    ['link.url', 'text/plain', undefined],
  ] as const) {
    assert.equal(judged(name, mime, extension), undefined, name);
  }
});

test('unknown content, and content that disagrees with its name, is scanned', () => {
  assert.equal(judged('cat.png'), undefined);
  assert.equal(judged('blob'), undefined);
  assert.equal(judged('cat.mp3', 'image/png', 'png'), undefined);
  assert.equal(judged('cat', 'image/png', 'png'), undefined);
  assert.equal(judged('notes', 'text/plain'), undefined);
  assert.equal(judged('photo\u202Egpj.png', 'image/png', 'png'), undefined);
});
