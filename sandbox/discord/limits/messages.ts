import { z } from 'zod';
import { embeds } from './embeds.ts';
import { maybe } from './form.ts';
import { parts } from './layout.ts';

const id = z.union([z.string(), z.int()]).transform(String);

const allowedMentions = z
  .object({
    parse: maybe(z.array(z.enum(['roles', 'users', 'everyone']))),
    users: maybe(z.array(z.string()).max(100)),
    roles: maybe(z.array(z.string()).max(100)),
    replied_user: maybe(z.boolean()),
  })
  .superRefine((one, context) => {
    for (const kind of ['users', 'roles'] as const) {
      if (!one.parse?.includes(kind) || !one[kind]?.length) continue;
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      context.addIssue({ code: 'custom', path: [], message });
    }
  });

/** What may be sent as a message or an edit of one; on edits a missing field stays as it is and null empties it. */
export const messageBody = z.object({
  content: z.string().trim().max(2000).nullish(),
  embeds: embeds.nullish(),
  components: parts.nullish(),
  attachments: z
    .array(
      z.object({ id, filename: maybe(z.string()), title: maybe(z.string()), description: maybe(z.string().max(1024)) }),
    )
    .max(10)
    .nullish(),
  flags: maybe(z.int()),
  allowed_mentions: maybe(allowedMentions),
  nonce: maybe(z.union([z.string().max(25), z.int()])),
  enforce_nonce: maybe(z.boolean()),
  message_reference: maybe(
    z.object({
      type: maybe(z.literal(0, 'The sandbox knows no forwards by bots')),
      message_id: z.string(),
      fail_if_not_exists: maybe(z.boolean()),
    }),
  ),
  tts: maybe(z.boolean()),
});

export type MessageBody = z.output<typeof messageBody>;
export type AllowedMentions = z.output<typeof allowedMentions>;
