import { canonicalJson, deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import type { RuleSet } from './verification';
import { requireSound } from './soundness';

/** The one stream that all rule sets and their use are in. */
export const RULE_SETS = 'verification-rules';

/** Who wrote the first rule set, and those that followed it when the settings changed. */
export const BY_SETTINGS = 'settings';

interface Decision {
  /** Why: for those who come after. */
  readonly note: string;
  readonly by: string;
}

export type RuleSetEvent =
  | Named<'RulesDrafted', Decision & { readonly version: string; readonly rules: RuleSet; readonly draftedAt: string }>
  /** It is in force from then on, in place of the one before. Going back to an earlier one is the same. */
  | Named<'RulesActivated', Decision & { readonly version: string; readonly replaces?: string; readonly activatedAt: string }>;

type Asked = Decision & { readonly now: string };

export type RuleSetCommand =
  | Named<'DraftRules', Asked & { readonly rules: RuleSet }>
  | Named<'ActivateRules', Asked & { readonly version: string }>
  | Named<'RollBackRules', Asked>
  | Named<'AdoptSettings', { readonly rules: RuleSet; readonly now: string }>;

export interface Activation extends Decision {
  readonly activatedAt: string;
}

export interface RuleSetVersion extends Decision {
  readonly version: string;
  readonly rules: RuleSet;
  readonly draftedAt: string;
  /** When it came into force, the newest last. */
  readonly activations: readonly Activation[];
}

export interface RuleSets {
  /** By version, the oldest first. */
  readonly versions: ReadonlyMap<string, RuleSetVersion>;
  /** Versions in the order in which they were in force; the last one is. */
  readonly inForce: readonly string[];
}

type Command<Type extends RuleSetCommand['type']> = DataOf<RuleSetCommand, Type>;

export const activeVersion = ({ inForce }: RuleSets): string | undefined => inForce.at(-1);

export const requireVersion = ({ versions }: RuleSets, version: string): RuleSetVersion => {
  const found = versions.get(version);
  if (!found) throw new Refused('RULES_UNKNOWN', `There are no verification rules of version ${version}.`, 'unknown');
  return found;
};

const nextVersion = ({ versions }: RuleSets): string => String(versions.size + 1);

const drafted = ({ rules, note, by, now }: Command<'DraftRules'>, version: string): RuleSetEvent => ({
  type: 'RulesDrafted',
  data: { version, rules, note, by, draftedAt: now },
});

const activated = ({ version, note, by, now }: Command<'ActivateRules'>, replaces: string | undefined): RuleSetEvent => ({
  type: 'RulesActivated',
  data: { version, note, by, ...(replaces === undefined ? {} : { replaces }), activatedAt: now },
});

const draft = (command: Command<'DraftRules'>, sets: RuleSets): readonly RuleSetEvent[] => {
  requireSound(command.rules);
  return [drafted(command, nextVersion(sets))];
};

const activate = (command: Command<'ActivateRules'>, sets: RuleSets): readonly RuleSetEvent[] => {
  requireVersion(sets, command.version);
  const before = activeVersion(sets);
  return before === command.version ? [] : [activated(command, before)];
};

/** The version that was in force before the one that is. */
const rollBack = (command: Command<'RollBackRules'>, sets: RuleSets): readonly RuleSetEvent[] => {
  const before = sets.inForce.at(-2);
  if (before === undefined) throw new Refused('RULES_NOT_REPLACED', 'No other verification rules were in force before these.');
  return [activated({ ...command, version: before }, activeVersion(sets))];
};

/** The settings are in force until a person has activated rules; after that they are only where it began. */
const adopt = ({ rules, now }: Command<'AdoptSettings'>, sets: RuleSets): readonly RuleSetEvent[] => {
  const active = sets.versions.get(activeVersion(sets) ?? '');
  if (active && (active.by !== BY_SETTINGS || canonicalJson(active.rules) === canonicalJson(rules))) return [];
  const adopted = { rules, note: 'As the settings say.', by: BY_SETTINGS, now, version: nextVersion(sets) };
  return [drafted(adopted, adopted.version), activated(adopted, active?.version)];
};

const noted = (sets: RuleSets, { version, note, by, activatedAt }: DataOf<RuleSetEvent, 'RulesActivated'>): RuleSets['versions'] => {
  const found = sets.versions.get(version);
  if (!found) return sets.versions;
  return new Map(sets.versions).set(version, { ...found, activations: [...found.activations, { note, by, activatedAt }] });
};

/** Verification rules: drafted, put in force, and put back. */
export const ruleSets: Decider<RuleSetCommand, RuleSets, RuleSetEvent> = {
  initial: { versions: new Map(), inForce: [] },
  evolve: evolving<RuleSets, RuleSetEvent>({
    RulesDrafted: (sets, version) => ({
      ...sets,
      versions: new Map(sets.versions).set(version.version, { ...version, activations: [] }),
    }),
    RulesActivated: (sets, activation) => ({ versions: noted(sets, activation), inForce: [...sets.inForce, activation.version] }),
  }),
  decide: deciding<RuleSetCommand, RuleSets, RuleSetEvent>({
    DraftRules: draft,
    ActivateRules: activate,
    RollBackRules: rollBack,
    AdoptSettings: adopt,
  }),
};
