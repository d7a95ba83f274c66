import type { CaseAct } from '../../controls/ids.ts';
import type { Action } from './action.ts';
import { ban } from './ban.ts';
import { deleteMessages } from './delete.ts';
import { dismiss } from './dismiss.ts';
import { timeOut } from './timeOut.ts';
import { trust } from './trust.ts';

/** One line an action. The compiler reports an act without an action, or without words. */
export const actions: Record<CaseAct, Action> = { delete: deleteMessages, ban, trust, dismiss, timeOut };
