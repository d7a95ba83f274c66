import { failed } from '../actRecord.ts';
import { type Action, plain } from './action.ts';

/** Gives members the server's quarantine role. */
export const quarantine: Action = {
  permission: 'ManageRoles',
  byRole: true,
  icon: '🚧',
  target: 'people',
  choices: plain,
  undo: 'endQuarantine',
  async run({ target }, { guild }, { enforcer, settings }, how) {
    const { quarantineRole } = await settings.read(guild);
    return quarantineRole ? enforcer.addRole(guild, target, quarantineRole, how) : failed('noRole');
  },
};

export const endQuarantine: Action = {
  permission: 'ManageRoles',
  byRole: true,
  icon: '🚪',
  target: 'people',
  choices: plain,
  async run({ target }, { guild }, { enforcer, settings }, how) {
    const { quarantineRole } = await settings.read(guild);
    return quarantineRole ? enforcer.removeRole(guild, target, quarantineRole, how) : failed('noRole');
  },
};
