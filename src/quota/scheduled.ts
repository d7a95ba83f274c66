import type { Analysing } from '../inquiry/inquiry.ts';
import type { Subject } from '../inquiry/subject.ts';
import type { Ask, Engine } from '../scan/ports.ts';
import type { Scheduler } from './scheduler.ts';

/** Puts an engine behind the scheduler: each call waits for its turn, and a poll also until it is due. */
export function scheduled(engine: Engine, scheduler: Scheduler): Engine {
  scheduler.readUsageBy((signal) => engine.usage(signal));

  return {
    async lookUp(subject, ask) {
      const order = { kind: 'lookUp', about: nameOf(subject), cost: 1, ask } as const;
      const knowledge = await scheduler.run(order, () => engine.lookUp(subject, ask));
      // A spare look-up only completes the facts of a file that has its verdict already.
      if (!isSpare(ask)) scheduler.ledger.lookedUp(knowledge?.report !== undefined);
      return knowledge;
    },

    upload(upload, ask) {
      const order = { kind: 'upload', about: upload.sha256, cost: engine.uploadCost(upload.size), ask } as const;
      return scheduler.run(order, () => engine.upload(upload, ask));
    },

    submit(subject, ask) {
      const order = { kind: 'upload', about: nameOf(subject), cost: 1, ask } as const;
      return scheduler.run(order, () => engine.submit(subject, ask));
    },

    async poll(analysis, ask) {
      let age: number | undefined;
      const order = { kind: 'poll', about: nameOf(analysis.subject), cost: 1, ask, analysis } as const;
      const answer = await scheduler.run(order, (startedAt) => {
        age = ageOf(analysis, startedAt);
        return engine.poll(analysis, ask);
      });
      scheduler.ledger.polled(age, answer.finished);
      return answer;
    },

    usage(signal) {
      return scheduler.takeUsage(() => engine.usage(signal));
    },

    uploadCost(size) {
      return engine.uploadCost(size);
    },
  };
}

const nameOf = (subject: Subject) => (subject.kind === 'file' ? subject.hash : subject.url);

/**
 * The age of an analysis at its first poll, from which the analysis time is learned; undefined at later polls. Also undefined
 * without an id: then somebody else started the analysis, and we do not know when.
 */
function ageOf({ analysisId, polls, since }: Analysing, now: number): number | undefined {
  return analysisId !== undefined && polls === 0 ? now - since : undefined;
}

const isSpare = (ask: Ask) => ask.asker().urgency === 'spare';
