import { type CaseAct, caseActSchema } from '../../controls/ids.ts';
import type { Action } from './action.ts';
import { ban, unban } from './ban.ts';
import { deleteMessage } from './delete.ts';
import { claim, dismiss, resolve } from './handling.ts';
import { kick } from './kick.ts';
import { endQuarantine, quarantine } from './quarantine.ts';
import { endTimeOut, timeOut } from './timeOut.ts';
import { block, trust, unblock, untrust } from './trust.ts';

/** One line per action. The compiler reports an act without an action, or without words. */
export const actions: Record<CaseAct, Action> = {
  delete: deleteMessage,
  timeOut,
  quarantine,
  kick,
  ban,
  trust,
  block,
  claim,
  resolve,
  dismiss,
  endTimeOut,
  endQuarantine,
  unban,
  untrust,
  unblock,
};

/** Returns the act that this one reverses; undefined: none. */
export const reversedBy = (undo: CaseAct): CaseAct | undefined =>
  caseActSchema.options.find((act) => actions[act].undo === undo);
