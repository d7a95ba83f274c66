import { done } from '../act.ts';
import { type Action, secondary } from './action.ts';

/** What moderators do with an alert itself: only the record changes. */
const handling = { permission: 'ManageMessages', byRole: true, target: 'case', run: async () => done } as const;

/** Somebody takes care of it; another moderator may take over. */
export const claim: Action = { ...handling, isRepeatable: true };
export const dismiss: Action = handling;
/** Ends it, and says how. */
export const resolve: Action = { ...handling, choices: ['falseAlarm', 'handled', 'harmless'], button: secondary };
