import { type Action, secondary } from './action.ts';

/** Marks the alert as dealt with. */
export const dismiss: Action = {
  permission: 'ManageMessages',
  button: secondary,
  isIdle: () => false,
  run: async () => [],
};
