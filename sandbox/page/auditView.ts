import type { AuditEntry } from '../discord/model.ts';
import type { World } from '../discord/world.ts';
import type { AuditView } from './wire.ts';

const shown = 12;

/** What was done to people and messages, newest first, as a server's audit log tells it. */
export function auditViews({ auditLog, users }: World): AuditView[] {
  const name = (id: string) => users.get(id)?.global_name ?? users.get(id)?.username ?? 'somebody';
  return auditLog
    .slice(-shown)
    .reverse()
    .map((entry) => ({
      id: entry.id,
      text: `${name(entry.user_id)} ${deed(entry, name(entry.target_id))}`,
      reason: entry.reason,
    }));
}

function deed({ action_type, changes, options }: AuditEntry, whom: string): string {
  switch (action_type) {
    case 20:
      return `removed ${whom}`;
    case 22:
      return `banned ${whom}`;
    case 23:
      return `lifted the ban of ${whom}`;
    case 24: {
      const change = changes?.find(({ key }) => key === 'communication_disabled_until');
      return change?.new_value ? `timed out ${whom}` : `changed ${whom}`;
    }
    case 25:
      return `changed the roles of ${whom}`;
    case 28:
      return `added ${whom} to the server`;
    case 73:
      return `deleted ${options?.count ?? 'several'} messages at once`;
    case 72:
      return `deleted a message by ${whom}`;
    default:
      return action_type satisfies never;
  }
}
