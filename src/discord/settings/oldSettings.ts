import { z } from 'zod';
import { mend } from './mend.ts';
import { defaultPolicies, type Policies, type PolicyCase, type PolicyStep, policyCaseSchema } from './policies.ts';

/** Each includes the ones before it. */
const action = z.enum(['none', 'alert', 'delete', 'deleteAndTimeOut']);
const ladder: Record<z.infer<typeof action>, PolicyStep[]> = {
  none: [],
  alert: ['alert'],
  delete: ['alert', 'delete'],
  deleteAndTimeOut: ['alert', 'delete', 'timeOut'],
};

/** The fields that servers stored before there were policies, which are made from them. */
const oldSchema = z.object({
  noise: z.enum(['quiet', 'verbose', 'silent']),
  reactions: z.object({ scanning: z.boolean(), outcome: z.boolean() }),
  actions: z.object({ suspicious: action, malicious: action }),
  upload: z.enum(['auto', 'ask', 'hash-only']).optional(),
  watch: z.enum(['none', 'all', 'some']),
});
type OldSettings = z.infer<typeof oldSchema>;

const oldDefaults: OldSettings = {
  noise: 'quiet',
  reactions: { scanning: true, outcome: true },
  actions: { suspicious: 'alert', malicious: 'alert' },
  upload: undefined,
  watch: 'none',
};

const fieldsSchema = z.record(z.string(), z.unknown());

interface Migrated {
  stored: unknown;
  /** Old fields that could not be read. */
  damaged: string[];
}

/** Converts what an older version stored into the fields of this version. The old fields are removed. */
export function withoutOldFields(stored: unknown): Migrated {
  const found = fieldsSchema.safeParse(stored).data;
  if (!found) return { stored, damaged: [] };
  const { actions, reactions, ...current } = found;
  if (found.policies !== undefined) return { stored: current, damaged: [] };

  const { noise, upload, watch } = found;
  const { value, damaged } = mend(oldSchema, { actions, reactions, noise, upload, watch }, oldDefaults);
  const old = oldSchema.parse(value);
  // Fields that both versions have are read with the new ones, which report their damage.
  const isOld = (path: string) => path.startsWith('actions') || path.startsWith('reactions');
  return { stored: { ...current, ...migrate(old, current) }, damaged: damaged.filter(isOld) };
}

function migrate(old: OldSettings, current: Record<string, unknown>) {
  const { noise, reactions, upload, watch } = old;
  return {
    policies: policiesOf(old),
    markScanning: reactions.scanning && noise !== 'silent',
    ...(old.noise === (current.noise ?? old.noise) && { noise: newNoise(old) }),
    // While nothing was watched, 'auto' was stored although nobody had chosen it.
    ...(watch === 'none' && upload === 'auto' && { upload: undefined }),
  };
}

function newNoise({ noise, reactions }: OldSettings) {
  if (reactions.outcome) return noise;
  return noise === 'verbose' ? 'unmarked' : 'silent';
}

function policiesOf({ noise, reactions, actions }: OldSettings): Policies {
  const shows = noise !== 'silent';
  const alerts = actions.suspicious !== 'none' || actions.malicious !== 'none';
  const allowed: Record<string, boolean> = { mark: shows && reactions.outcome, reply: shows, alert: alerts };
  const shown = (outcome: PolicyCase) => defaultPolicies[outcome].filter((step) => allowed[step]);
  const acting = (outcome: 'suspicious' | 'malicious'): PolicyStep[] => [
    ...shown(outcome).filter((step) => step !== 'alert'),
    ...ladder[actions[outcome]],
  ];
  const policies = Object.fromEntries(policyCaseSchema.options.map((outcome) => [outcome, shown(outcome)]));
  return { ...defaultPolicies, ...policies, suspicious: acting('suspicious'), malicious: acting('malicious') };
}
