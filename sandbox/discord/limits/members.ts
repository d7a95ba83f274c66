import { z } from 'zod';
import { maybe } from './form.ts';

/** Of a change to a member the sandbox knows timeouts; null ends one. */
export const memberBody = z.object({ communication_disabled_until: z.iso.datetime({ offset: true }).nullable() });

const week = 7 * 24 * 60 * 60;

export const banBody = z.object({ delete_message_seconds: maybe(z.int().min(0).max(week)) });
