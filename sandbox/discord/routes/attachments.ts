import { z } from 'zod';
import { freshLink } from '../files.ts';
import { readForm } from '../limits/form.ts';
import { botRoute, type Route } from '../router.ts';
import type { World } from '../world.ts';

const refreshBody = z.object({ attachment_urls: z.array(z.string().max(2048)).min(1).max(50) });

/** Not in Discord's documentation, but known to work with bot tokens. */
export function attachmentRoutes(world: World): Route[] {
  return [
    botRoute('POST', '/attachments/refresh-urls', (call) => ({
      refreshed_urls: readForm(refreshBody, call.body).attachment_urls.map((original) => ({
        original,
        refreshed: freshLink(world, original) ?? null,
      })),
    })),
  ];
}
