import { z } from 'zod';
import { maybe } from './form.ts';

/** Of a change to a member the sandbox knows timeouts (null ends one) and roles (all that the member is to have). */
export const memberBody = z.object({
  communication_disabled_until: z.iso.datetime({ offset: true }).nullish(),
  roles: maybe(z.array(z.string())),
});

const week = 7 * 24 * 60 * 60;

export const banBody = z.object({ delete_message_seconds: maybe(z.int().min(0).max(week)) });

export const bulkDeleteBody = z.object({ messages: z.array(z.string()).min(2).max(100) });
