import { deciding, ruleVersions, type Decider, type RulesCommand, type RulesEvent, type RuleVersions } from '@cartage/eventsourcing';
import type { RoutingPolicy } from './policy';

/** Which rules these are, for whoever hears of them: their versions are named `routing@<version>`. */
export const RULES_ID = 'routing';
/** The one stream that all versions and their use are in. */
export const ROUTING_RULES = `rules-${RULES_ID}`;

export type RuleSetEvent = RulesEvent<RoutingPolicy>;
export type RuleSetCommand = RulesCommand<RoutingPolicy>;
/** None in force: the settings are. */
export type RuleSets = RuleVersions<RoutingPolicy>;

const { initial, evolve, decisions, require } = ruleVersions<RoutingPolicy>('routing rules');

export const requireVersion = require;

/** Routing rules: drafted, tried, put in force, and put back. */
export const ruleSets: Decider<RuleSetCommand, RuleSets, RuleSetEvent> = {
  initial,
  evolve,
  decide: deciding<RuleSetCommand, RuleSets, RuleSetEvent>(decisions),
};
