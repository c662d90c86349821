import type { PolicyEvent } from '@cartage/contracts';
import {
  activeVersion,
  canonicalJson,
  deciding,
  nextVersion,
  ruleVersions,
  type DataOf,
  type Decider,
  type Named,
  type RulesCommand,
  type RulesEvent,
  type RuleVersions,
  type Translation,
} from '@cartage/eventsourcing';
import type { RuleSet } from './verification';
import { requireSound } from './soundness';

/** Which rules these are, for whoever hears of them. */
export const RULES_ID = 'verification';
/** The one stream that all rule sets and their use are in. */
export const RULE_SETS = `rules-${RULES_ID}`;

/** Who wrote the first rule set, and those that followed it when the settings changed. */
export const BY_SETTINGS = 'settings';

export type RuleSetEvent = RulesEvent<RuleSet>;
export type AdoptSettings = Named<'AdoptSettings', { readonly rules: RuleSet; readonly now: string }>;
export type RuleSetCommand = RulesCommand<RuleSet> | AdoptSettings;
export type RuleSets = RuleVersions<RuleSet>;

const { initial, evolve, decisions, drafted, activated, require } = ruleVersions<RuleSet>('verification rules');

export const requireVersion = require;

const draft = (command: DataOf<RuleSetCommand, 'DraftRules'>, sets: RuleSets): readonly RuleSetEvent[] => {
  requireSound(command.rules);
  return decisions.DraftRules(command, sets);
};

/** The settings are in force until a person has activated rules; after that they are only where it began. */
const adopt = ({ rules, now }: AdoptSettings['data'], sets: RuleSets): readonly RuleSetEvent[] => {
  const active = sets.versions.get(activeVersion(sets) ?? '');
  if (active && (active.by !== BY_SETTINGS || canonicalJson(active.rules) === canonicalJson(rules))) return [];
  const adopted = { rules, note: 'As the settings say.', by: BY_SETTINGS, now, version: nextVersion(sets) };
  return [drafted(adopted, adopted.version), activated(adopted, active?.version)];
};

/** Verification rules: drafted, put in force, and put back. */
export const ruleSets: Decider<RuleSetCommand, RuleSets, RuleSetEvent> = {
  initial,
  evolve,
  decide: deciding<RuleSetCommand, RuleSets, RuleSetEvent>({ ...decisions, DraftRules: draft, AdoptSettings: adopt }),
};

/** What the world hears of them: which are in force, and in place of which. Who did it, and why, stays here. */
export const publishedRules: Translation<RuleSetEvent, PolicyEvent> = {
  RulesActivated: ({ data: { by: _, note: __, ...data } }) => ({
    type: 'VerificationRulesActivated',
    data: { rulesId: RULES_ID, ...data },
  }),
};
