import { renderBare } from '../../src/discord/cards/bare.ts';
import { renderLater } from '../../src/discord/cards/later.ts';
import { detectionsPage } from '../../src/discord/cards/pages.ts';
import { renderReply } from '../../src/discord/cards/reply.ts';
import { textFile } from '../../src/discord/cards/textFile.ts';
import type { FinishedView } from '../../src/discord/cards/view.ts';
import type { Locale } from '../../src/locales/en-US.ts';
import { failureCodes } from '../../src/scan/failure.ts';
import { type Group, item, nameOf, server } from './exhibit.ts';
import { activities, failure, finished, now, open } from './scans.ts';

const reply =
  (...views: Parameters<typeof renderReply>[0]) =>
  (locale: Locale) => ({
    message: renderReply(views, locale, { now }),
  });

const views = Object.entries<FinishedView>(finished);
export const verdicts: Group = { title: 'Verdicts', items: views.map(([name, view]) => item(name, reply(view))) };
export const failures: Group = {
  title: 'What goes wrong',
  items: failureCodes.flatMap((code) => [
    item(code, reply(failure(code))),
    item(`${code}, of a hash`, reply(failure(code, { kind: 'hash', hash: 'f0'.repeat(32), name: 'f0'.repeat(32) }))),
  ]),
};
export const waits: Group = {
  title: 'Before the verdict',
  items: activities.map((activity) => item(nameOf(activity), reply(open(activity)))),
};
export const replies: Group = {
  title: 'Replies',
  items: [
    item('several files', reply(finished.clean, finished.malicious, finished.unseen, open({ kind: 'queued' }))),
    item('details', (locale) => ({ message: renderReply([finished.malicious], locale, { detailed: true, now }) })),
    item('details of an address', (locale) => ({
      message: renderReply([finished.address], locale, { detailed: true }),
    })),
    item('asks before an upload', (locale) => ({
      message: renderReply([finished.unseen], locale, { asksIn: server, aside: locale.upload.about }),
    })),
    item('first upload', (locale) => ({
      message: renderReply([open(undefined)], locale, { aside: locale.upload.shared }),
    })),
    item('own result', (locale) => ({ message: renderReply([finished.clean], locale, { forgets: true, now }) })),
    item('to an author', (locale) => ({
      message: renderReply([finished.malicious], locale, { note: locale.watching.toAuthor }),
    })),
    item('all detections', (locale) => ({
      message: detectionsPage(finished.malicious.scan, { selection: 'all', page: 1 }, locale),
    })),
    item('flagged only', (locale) => ({
      message: detectionsPage(finished.malicious.scan, { selection: 'flagged', page: 0 }, locale),
    })),
    item('as a text file', (locale) => ({
      text: textFile(finished.malicious.scan, finished.malicious.judgement, locale)?.content ?? '',
    })),
    item('after 15 minutes', (locale) => ({ message: renderLater(server, [finished.clean.scan.token], locale) })),
    item('where cards are refused', (locale) => ({ message: renderBare([finished.malicious], locale) })),
  ],
};
