import type { Grants } from './grants.ts';
import type { SettingsLog } from './log.ts';
import type { Undo } from './undo.ts';

/** What the panel works with beside the settings. */
export interface PanelParts {
  grants: Grants;
  undo: Undo;
  log: Pick<SettingsLog, 'of'>;
  /** The cases of the last 30 days, as they are stored. */
  casesOf(guild: string): Promise<object[]>;
}
