import { enlist, type ListName, listed, strike } from '../../settings/lists.ts';
import { done, failed } from '../actRecord.ts';
import { type Action, plain } from './action.ts';

const filesOnList = { permission: 'ManageGuild', target: 'files', choices: plain } as const;

/** Adds files to a list of the server. */
const enlisting = (list: ListName): Action['run'] => {
  return async ({ target: sha256, by = '', at }, { guild, files }, { settings }) => {
    const name = files.find((file) => file.sha256 === sha256)?.name ?? sha256.slice(0, 12);
    const after = await settings.change(guild, by, (before) => enlist(before, list, { sha256, name, by, at }));
    return listed(after, list, sha256) ? done : failed('listFull');
  };
};

const striking = (list: ListName): Action['run'] => {
  return async ({ target, by = '' }, { guild }, { settings }) => {
    await settings.change(guild, by, (before) => strike(before, list, [target]));
    return done;
  };
};

/** Trusted files raise no alert. */
export const trust: Action = { ...filesOnList, icon: '🤝', undo: 'untrust', run: enlisting('trust') };
export const untrust: Action = { ...filesOnList, icon: '↩️', run: striking('trust') };

/** Blocked files count as malicious, whatever the engines say. */
export const block: Action = { ...filesOnList, icon: '⛔', undo: 'unblock', run: enlisting('block') };
export const unblock: Action = { ...filesOnList, icon: '↩️', run: striking('block') };
