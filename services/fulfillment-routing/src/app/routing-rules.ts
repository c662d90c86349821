import { activeVersion, RuleBook, type RuleBookNeeds } from '@cartage/eventsourcing';
import { tried, untried, type RoutingTrial } from '../domain/back-test';
import type { DecisionRecord } from '../domain/events';
import { policyOf, rulesFor, type RoutedOrder, type RoutingPolicy } from '../domain/policy';
import { requireVersion, ROUTING_RULES, RULES_ID, ruleSets } from '../domain/rule-sets';
import type { RoutingRules } from '../domain/rules';

export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** At most so many decisions, the newest first. */
  readonly limit: number;
}

export interface RoutingRuleBookNeeds extends Pick<RuleBookNeeds<RoutingPolicy, never>, 'store' | 'newId' | 'now' | 'isPublic'> {
  /** In force until a person has activated others. */
  readonly settings: RoutingRules;
  readonly pastDecisions: (period: Period) => AsyncIterable<readonly DecisionRecord[]>;
}

/** As decision records and events name it. */
const named = (version: string): string => `${RULES_ID}@${version}`;

/** What orders are routed by: versions of rules, of which one is in force. */
export class RoutingRuleBook extends RuleBook<RoutingPolicy> {
  private readonly inForceBefore: RoutingRules;
  private readonly pastDecisions: RoutingRuleBookNeeds['pastDecisions'];

  constructor({ settings, pastDecisions, ...needs }: RoutingRuleBookNeeds) {
    super({ ...needs, stream: ROUTING_RULES, decider: ruleSets });
    this.inForceBefore = settings;
    this.pastDecisions = pastDecisions;
  }

  /** The rules for an order like this. */
  async rulesFor(order: RoutedOrder): Promise<RoutingRules> {
    const sets = await this.current();
    const version = activeVersion(sets);
    return version === undefined ? this.inForceBefore : rulesFor(requireVersion(sets, version).rules, named(version), order);
  }

  /** What these rules would have decided of what was known then. Nothing is changed by asking. */
  async trial(version: string, period: Period): Promise<RoutingTrial> {
    const { rules } = requireVersion(await this.all(), version);
    let trial = untried(named(version));
    for await (const records of this.pastDecisions(period)) trial = records.reduce((before, record) => tried(before, rules, record), trial);
    return trial;
  }

  /** A version and how decisions name it, in force or not. */
  async version(version: string): Promise<{ readonly rules: RoutingPolicy; readonly version: string }> {
    return { rules: requireVersion(await this.all(), version).rules, version: named(version) };
  }

  /** What the settings say: in force until others are, and where a draft may begin. */
  settings(): RoutingPolicy {
    return policyOf(this.inForceBefore);
  }
}
