import type { Analysing } from '../inquiry/inquiry.ts';
import type { Ask, Engine } from '../scan/ports.ts';
import type { Scheduler } from './scheduler.ts';

/** Puts an engine behind the scheduler: each call waits for its turn, and a poll also until it is due. */
export function scheduled(engine: Engine, scheduler: Scheduler): Engine {
  scheduler.readUsageBy((signal) => engine.usage(signal));

  return {
    async lookUp(subject, ask) {
      const knowledge = await scheduler.run({ kind: 'lookUp', cost: 1, ask }, () => engine.lookUp(subject, ask));
      // A spare look-up only completes the facts of a file that has its verdict already.
      if (!isSpare(ask)) scheduler.lookedUp(knowledge?.report !== undefined);
      return knowledge;
    },

    upload(upload, ask) {
      const cost = engine.uploadCost(upload.size);
      return scheduler.run({ kind: 'upload', cost, ask }, () => engine.upload(upload, ask));
    },

    submit: (subject, ask) => scheduler.run({ kind: 'upload', cost: 1, ask }, () => engine.submit(subject, ask)),

    async poll(analysis, ask) {
      let age: number | undefined;
      const answer = await scheduler.run({ kind: 'poll', cost: 1, ask, analysis }, (startedAt) => {
        age = ageOf(analysis, startedAt);
        return engine.poll(analysis, ask);
      });
      scheduler.polled(age, answer.finished);
      return answer;
    },

    usage: (signal) => scheduler.takeUsage(() => engine.usage(signal)),
    uploadCost: (size) => engine.uploadCost(size),
  };
}

/**
 * The age of an analysis at its first poll, from which the analysis time is learned; undefined at later polls. Also undefined
 * without an id: then somebody else started the analysis, and we do not know when.
 */
function ageOf({ analysisId, polls, since }: Analysing, now: number): number | undefined {
  return analysisId !== undefined && polls === 0 ? now - since : undefined;
}

const isSpare = (ask: Ask) => ask.asker().urgency === 'spare';
