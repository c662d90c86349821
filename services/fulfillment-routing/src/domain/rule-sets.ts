import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import type { RoutingPolicy } from './policy';

/** The one stream that all versions and their use are in. */
export const ROUTING_RULES = 'routing-rules';

interface Decision {
  /** Why: for those who come after. */
  readonly note: string;
  readonly by: string;
}

export type RuleSetEvent =
  | Named<'RulesDrafted', Decision & { readonly version: string; readonly rules: RoutingPolicy; readonly draftedAt: string }>
  /** Orders are routed by it from then on. Going back to an earlier one is the same. */
  | Named<'RulesActivated', Decision & { readonly version: string; readonly replaces?: string; readonly activatedAt: string }>;

type Asked = Decision & { readonly now: string };

export type RuleSetCommand =
  | Named<'DraftRules', Asked & { readonly rules: RoutingPolicy }>
  | Named<'ActivateRules', Asked & { readonly version: string }>
  | Named<'RollBackRules', Asked>;

export interface RuleSetVersion extends Decision {
  readonly version: string;
  readonly rules: RoutingPolicy;
  readonly draftedAt: string;
  /** When it came into force, the newest last. */
  readonly activations: readonly (Decision & { readonly activatedAt: string })[];
}

export interface RuleSets {
  /** By version, the oldest first. */
  readonly versions: ReadonlyMap<string, RuleSetVersion>;
  /** Versions in the order in which they were in force; the last one is. None: the settings are. */
  readonly inForce: readonly string[];
}

type Command<Type extends RuleSetCommand['type']> = DataOf<RuleSetCommand, Type>;

export const activeVersion = ({ inForce }: RuleSets): string | undefined => inForce.at(-1);

export const requireVersion = ({ versions }: RuleSets, version: string): RuleSetVersion => {
  const found = versions.get(version);
  if (!found) throw new Refused('RULES_UNKNOWN', `There are no routing rules of version ${version}.`, 'unknown');
  return found;
};

const activated = ({ version, note, by, now }: Command<'ActivateRules'>, replaces: string | undefined): RuleSetEvent => ({
  type: 'RulesActivated',
  data: { version, note, by, ...(replaces === undefined ? {} : { replaces }), activatedAt: now },
});

const draft = ({ rules, note, by, now }: Command<'DraftRules'>, { versions }: RuleSets): readonly RuleSetEvent[] => [
  { type: 'RulesDrafted', data: { version: String(versions.size + 1), rules, note, by, draftedAt: now } },
];

const activate = (command: Command<'ActivateRules'>, sets: RuleSets): readonly RuleSetEvent[] => {
  requireVersion(sets, command.version);
  const before = activeVersion(sets);
  return before === command.version ? [] : [activated(command, before)];
};

/** The version that was in force before the one that is. */
const rollBack = (command: Command<'RollBackRules'>, sets: RuleSets): readonly RuleSetEvent[] => {
  const before = sets.inForce.at(-2);
  if (before === undefined) throw new Refused('RULES_NOT_REPLACED', 'No other routing rules were in force before these.');
  return [activated({ ...command, version: before }, activeVersion(sets))];
};

const noted = (sets: RuleSets, { version, note, by, activatedAt }: DataOf<RuleSetEvent, 'RulesActivated'>): RuleSets['versions'] => {
  const found = sets.versions.get(version);
  if (!found) return sets.versions;
  return new Map(sets.versions).set(version, { ...found, activations: [...found.activations, { note, by, activatedAt }] });
};

/** Routing rules: drafted, tried, put in force, and put back. */
export const ruleSets: Decider<RuleSetCommand, RuleSets, RuleSetEvent> = {
  initial: { versions: new Map(), inForce: [] },
  evolve: evolving<RuleSets, RuleSetEvent>({
    RulesDrafted: (sets, data) => ({ ...sets, versions: new Map(sets.versions).set(data.version, { ...data, activations: [] }) }),
    RulesActivated: (sets, data) => ({ versions: noted(sets, data), inForce: [...sets.inForce, data.version] }),
  }),
  decide: deciding<RuleSetCommand, RuleSets, RuleSetEvent>({ DraftRules: draft, ActivateRules: activate, RollBackRules: rollBack }),
};
