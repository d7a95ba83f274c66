import type { Exported } from './export.ts';
import type { Grants } from './grants.ts';
import type { SettingsLog } from './log.ts';
import type { ServerKeys } from './serverKeys.ts';
import type { Undo } from './undo.ts';

/** What the panel needs besides the settings. */
export interface PanelParts {
  grants: Grants;
  undo: Undo;
  log: Pick<SettingsLog, 'of'>;
  keys: Pick<ServerKeys, 'lending' | 'of' | 'enter' | 'setFallBack' | 'remove'>;
  /** The cases of the last 30 days in their stored form, and all of their acts. */
  casesOf(guild: string): Promise<Pick<Exported, 'cases' | 'acts'>>;
}
