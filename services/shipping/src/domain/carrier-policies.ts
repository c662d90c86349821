import type { PolicyEvent } from '@cartage/contracts';
import {
  deciding,
  ruleVersions,
  type DataOf,
  type Decider,
  type RulesCommand,
  type RulesEvent,
  type RuleVersions,
  type Translation,
} from '@cartage/eventsourcing';
import { requireSound, type CarrierPolicy } from './carrier-policy';

/** Labels name the version that their carrier was chosen by as `carriers@<version>`. */
export const POLICIES_ID = 'carriers';
/** The one stream that all versions and their use are in. */
export const CARRIER_POLICIES = `rules-${POLICIES_ID}`;

export type CarrierPolicyEvent = RulesEvent<CarrierPolicy>;
export type CarrierPolicyCommand = RulesCommand<CarrierPolicy>;
/** None in force: the settings are. */
export type CarrierPolicyVersions = RuleVersions<CarrierPolicy>;

const { initial, evolve, decisions, require } = ruleVersions<CarrierPolicy>('carrier policies');

export const requireVersion = require;

const draft = (command: DataOf<CarrierPolicyCommand, 'DraftRules'>, versions: CarrierPolicyVersions): readonly CarrierPolicyEvent[] => {
  requireSound(command.rules);
  return decisions.DraftRules(command, versions);
};

/** Policies by which carriers are chosen: drafted, tried, put in force, and put back. */
export const carrierPolicies: Decider<CarrierPolicyCommand, CarrierPolicyVersions, CarrierPolicyEvent> = {
  initial,
  evolve,
  decide: deciding<CarrierPolicyCommand, CarrierPolicyVersions, CarrierPolicyEvent>({ ...decisions, DraftRules: draft }),
};

/** What the world hears of them: which is in force, and in place of which. Who did it, and why, stays here. */
export const publishedPolicies: Translation<CarrierPolicyEvent, PolicyEvent> = {
  RulesActivated: ({ data: { by: _, note: __, ...data } }) => ({ type: 'CarrierPolicyActivated', data: { rulesId: POLICIES_ID, ...data } }),
};
