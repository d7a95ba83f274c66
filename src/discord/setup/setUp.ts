import { type Guild, type MessageComponentInteraction, MessageFlags, PermissionFlagsBits, type REST } from 'discord.js';
import { localeOf } from '../../locales/languages.ts';
import type { Capacity } from '../../scan/ports.ts';
import { sendable } from '../cards/view.ts';
import type { SetUpPress } from '../controls/ids.ts';
import { Refusal } from '../preconditions.ts';
import { isRefusal } from '../replies/posting.ts';
import type { SettingsBook } from '../settings/book.ts';
import type { Grants } from '../settings/grants.ts';
import { settingsSchema } from '../settings/settings.ts';
import { standingOf } from '../settings/standing.ts';
import { troublesOf } from '../settings/troubles.ts';
import { troubleWords } from '../settings/words.ts';
import { type Draft, type Drafts, recommend, withDraft } from './draft.ts';
import { type NoticeParts, postNotices } from './notice.ts';
import { placesOf } from './places.ts';
import { renderDone, renderStep, type Step } from './steps.ts';
import { sendTestAlert } from './testAlert.ts';

/** The three questions of set-up, and the test alert at their end. */
export interface SetUp {
  /** Replaces the message that was pressed with the first question. */
  open(interaction: MessageComponentInteraction, guild: string): Promise<void>;
  press(interaction: MessageComponentInteraction, wanted: SetUpPress): Promise<void>;
}

export interface SetUpParts extends NoticeParts {
  drafts: Drafts;
  settings: Pick<SettingsBook, 'read' | 'change'>;
  grants: Grants;
  capacity: Capacity;
  /** Whether the bot has the message content intent, without which it cannot watch channels. */
  messageContent: boolean;
  rest: REST;
}

const steps: readonly Step[] = ['alerts', 'watch', 'upload'];
/** The most troubles on the last page. */
const mostTroubles = 3;

export function createSetUp(parts: SetUpParts): SetUp {
  const { drafts, settings, capacity } = parts;
  const outdated = ({ locale }: MessageComponentInteraction) => new Refusal(localeOf(locale).config.outdated);

  function guildOf({ client, locale }: MessageComponentInteraction, id: string): Guild {
    const guild = client.guilds.cache.get(id);
    if (!guild) throw new Refusal(localeOf(locale).config.notHere);
    return guild;
  }

  const draftOf = (guild: Guild, user: string): Promise<Draft> =>
    drafts.of(guild.id, user, async () => recommend(guild.id, await settings.read(guild.id), placesOf(guild)));

  async function question(interaction: MessageComponentInteraction, step: Step, draft: Draft) {
    const guild = guildOf(interaction, draft.guild);
    const view = { draft, places: placesOf(guild), capacity, inPrivate: !interaction.inGuild() };
    return sendable(renderStep(step, view, localeOf(interaction.locale)));
  }

  async function ending({ locale: tag }: MessageComponentInteraction, guild: Guild, said: readonly string[]) {
    const locale = localeOf(tag);
    const chosen = await settings.read(guild.id);
    const troubles = troublesOf(chosen, standingOf(guild), parts.messageContent).slice(0, mostTroubles);
    const lines = [...troubles.map((trouble) => `⚠️ ${troubleWords(trouble, locale)}`), ...said];
    return sendable(renderDone(guild.id, chosen, lines, locale));
  }

  /** Stores a choice and shows the question again. */
  async function choose(interaction: MessageComponentInteraction, guild: Guild, step: Step, chosen: Partial<Draft>) {
    const draft = { ...(await draftOf(guild, interaction.user.id)), ...chosen };
    await drafts.keep(interaction.user.id, draft);
    await interaction.update(await question(interaction, step, draft));
  }

  return {
    async open(interaction, guildId) {
      const draft = await draftOf(guildOf(interaction, guildId), interaction.user.id);
      await interaction.update(await question(interaction, 'alerts', draft));
    },
    async press(interaction, { act, guild: guildId, value }) {
      const guild = guildOf(interaction, guildId);
      await mayManage(interaction, guild, parts);
      const user = interaction.user.id;
      const given = interaction.isAnySelectMenu() ? interaction.values : [];
      switch (act) {
        case 'start': {
          const shown = await question(interaction, 'alerts', await draftOf(guild, user));
          await interaction.reply({ ...shown, flags: MessageFlags.Ephemeral });
          return;
        }
        case 'step': {
          const step = steps.find((one) => one === value);
          if (!step) throw outdated(interaction);
          await interaction.update(await question(interaction, step, await draftOf(guild, user)));
          return;
        }
        case 'alerts':
          return choose(interaction, guild, 'alerts', { alertChannel: given[0] });
        case 'watch': {
          const watch = settingsSchema.shape.watch.safeParse(given[0]).data;
          if (!watch) throw outdated(interaction);
          return choose(interaction, guild, 'watch', { watch });
        }
        case 'channels':
          return choose(interaction, guild, 'watch', { watchedChannels: given });
        case 'upload': {
          const upload = settingsSchema.shape.upload.safeParse(given[0]).data;
          if (!upload) throw outdated(interaction);
          return choose(interaction, guild, 'upload', { upload });
        }
        case 'finish': {
          const draft = await draftOf(guild, user);
          await settings.change(guild.id, user, (now) => withDraft(now, draft));
          await drafts.end(guild.id, user);
          await interaction.update(await ending(interaction, guild, []));
          return;
        }
        case 'test': {
          await interaction.deferUpdate();
          const { alertChannel } = await settings.read(guild.id);
          const said = await sendTestAlert(interaction, guild, alertChannel, parts);
          await interaction.editReply(await ending(interaction, guild, [said]));
          return;
        }
        case 'notice':
          await interaction.deferUpdate();
          await interaction.editReply(
            await ending(
              interaction,
              guild,
              await postNotices(interaction, guild, await settings.read(guild.id), parts),
            ),
          );
          return;
        default:
          act satisfies never;
      }
    },
  };
}

/**
 * Whether somebody may change the settings: in the server under the panel's rule, in a private conversation only with Manage
 * Server in the server.
 */
async function mayManage(interaction: MessageComponentInteraction, guild: Guild, parts: SetUpParts): Promise<void> {
  const { config } = localeOf(interaction.locale);
  if (interaction.inGuild()) {
    if ((await parts.grants.check(interaction)) !== guild.id) throw new Refusal(config.outdated);
    return;
  }
  const member = await guild.members.fetch({ user: interaction.user.id, force: true }).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
    return undefined;
  });
  if (!member?.permissions.has(PermissionFlagsBits.ManageGuild)) throw new Refusal(config.notAllowed);
}
