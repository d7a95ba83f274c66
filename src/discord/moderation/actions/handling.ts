import { done } from '../actRecord.ts';
import { type Action, secondary } from './action.ts';

/** Acts upon the alert itself. Only the record changes. */
const handling = {
  permission: 'ManageMessages',
  byRole: true,
  icon: '☑️',
  target: 'case',
  run: async () => done,
} as const;

/** A moderator takes care of it. Another moderator may take over. */
export const claim: Action = { ...handling, icon: '🙋', isRepeatable: true };
export const dismiss: Action = handling;
/** Closes the case and says how it ended. */
export const resolve: Action = { ...handling, choices: ['falseAlarm', 'handled', 'harmless'], button: secondary };
