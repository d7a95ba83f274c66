import { enlist } from '../../settings/lists.ts';
import { type Action, secondary } from './action.ts';

/** Puts the files on the server's list of trusted files. */
export const trust: Action = {
  permission: 'ManageGuild',
  button: secondary,
  isIdle: ({ files }) => files.every(({ sha256 }) => !sha256),
  async run({ one, interaction, settings, now: at }) {
    const by = interaction.user.id;
    const files = one.files.flatMap(({ name, sha256 }) => (sha256 ? { name, sha256, by, at } : []));
    await settings.change(one.guild, by, (before) =>
      files.reduce((changed, file) => enlist(changed, 'trust', file), before),
    );
    return [];
  },
};
