import { PermissionFlagsBits as Bits } from 'discord.js';
import { may } from '../access.ts';
import { answer, followUp, liveInteraction, responseOf } from '../answers.ts';
import { refuse } from '../errors.ts';
import type { Interaction } from '../interaction.ts';
import { callbackBody } from '../limits/callbacks.ts';
import { readForm } from '../limits/form.ts';
import { messageBody } from '../limits/messages.ts';
import { deleteMessage, editMessage } from '../messages.ts';
import { type Call, openRoute, type Route } from '../router.ts';
import { asBotSees } from '../visibility.ts';
import type { World } from '../world.ts';

const oneMessage = '/webhooks/:application/:token/messages/:message';

/** The first answer, and everything that an interaction token allows afterwards. */
export function interactionRoutes(world: World): Route[] {
  const live = (call: Call) => liveInteraction(world, call.part('application'), call.part('token'));
  const response = (call: Call) => responseOf(world, live(call), call.part('message'));
  /** Files take what `app_permissions` of the interaction says. */
  const sent = (call: Call, { channel }: Interaction) => {
    if (call.uploads.size > 0 && !may(world, channel, Bits.AttachFiles)) throw refuse('missingPermissions');
    return call.uploads;
  };
  return [
    openRoute('POST', '/interactions/:interaction/:token/callback', (call) => {
      const interaction = world.interactions.get(call.part('token'));
      if (interaction?.id !== call.part('interaction')) throw refuse('unknownInteraction');
      const body = readForm(callbackBody, call.body);
      answer(world, interaction, body, sent(call, interaction));
      return call.query.get('with_response') === 'true' ? callbackResponse(world, interaction, body.type) : undefined;
    }),
    openRoute('POST', '/webhooks/:application/:token', (call) =>
      asBotSees(world, followUp(world, live(call), readForm(messageBody, call.body), sent(call, live(call))), true),
    ),
    openRoute('GET', oneMessage, (call) => asBotSees(world, response(call).message, true)),
    openRoute('PATCH', oneMessage, (call) =>
      asBotSees(
        world,
        editMessage(world, response(call), readForm(messageBody, call.body), sent(call, live(call))),
        true,
      ),
    ),
    openRoute('DELETE', oneMessage, (call) => deleteMessage(world, response(call), world.bot)),
  ];
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object */
function callbackResponse(world: World, interaction: Interaction, type: number) {
  const stored = world.messages.get(interaction.responses[0] ?? '');
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(stored && {
        response_message_id: stored.message.id,
        response_message_loading: type === 5,
        response_message_ephemeral: interaction.ephemeral,
      }),
    },
    resource: { type, ...(stored && type !== 6 && { message: asBotSees(world, stored.message, true) }) },
  };
}
