import { defaultPolicies } from './policies.ts';
import type { GuildSettings } from './settings.ts';

export type PresetName = 'look' | 'alert' | 'protect';

/** The settings that a preset replaces. */
export type Preset = Pick<GuildSettings, 'policies' | 'newAccountDays'>;

/** From the mildest to the strictest. */
export const presets: Record<PresetName, Preset> = {
  look: {
    policies: {
      malicious: ['mark', 'reply'],
      suspicious: ['mark', 'reply'],
      unwanted: ['mark', 'reply'],
      misleading: ['mark', 'reply'],
      locked: ['mark'],
      failed: ['mark'],
      hijacked: [],
    },
    newAccountDays: 0,
  },
  alert: { policies: defaultPolicies, newAccountDays: 0 },
  protect: {
    policies: {
      malicious: ['mark', 'alert', 'delete', 'timeOut'],
      suspicious: ['mark', 'reply', 'alert'],
      unwanted: ['mark', 'reply', 'alert'],
      misleading: ['mark', 'reply', 'alert'],
      locked: ['mark', 'reply', 'alert'],
      failed: ['mark'],
      hijacked: ['alert', 'delete', 'timeOut'],
    },
    newAccountDays: 7,
  },
};

export const isPresetName = (name: string): name is PresetName => Object.hasOwn(presets, name);

/** Returns the part of the settings that a preset would replace. */
export const presetPart = ({ policies, newAccountDays }: GuildSettings): Preset => ({ policies, newAccountDays });
