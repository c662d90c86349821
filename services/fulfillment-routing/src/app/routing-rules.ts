import { activeVersion, RuleBook, type RuleBookNeeds } from '@cartage/eventsourcing';
import { tried, type RoutingTrial } from '../domain/back-test';
import type { DecisionRecord } from '../domain/events';
import { policyOf, rulesFor, type RoutedOrder, type RoutingPolicy } from '../domain/policy';
import { requireVersion, ROUTING_RULES, ruleSets } from '../domain/rule-sets';
import type { RoutingRules } from '../domain/rules';

export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** At most so many decisions, the newest first. */
  readonly limit: number;
}

export interface RoutingRuleBookNeeds extends Pick<RuleBookNeeds<RoutingPolicy, never>, 'store' | 'newId' | 'now'> {
  /** In force until a person has activated others. */
  readonly settings: RoutingRules;
  readonly pastDecisions: (period: Period) => Promise<readonly DecisionRecord[]>;
}

/** As decision records and events name it. */
const named = (version: string): string => `routing@${version}`;

/** What orders are routed by: versions of rules, of which one is in force. */
export class RoutingRuleBook extends RuleBook<RoutingPolicy> {
  private readonly inForceBefore: RoutingRules;
  private readonly pastDecisions: RoutingRuleBookNeeds['pastDecisions'];

  constructor({ settings, pastDecisions, store, newId, now }: RoutingRuleBookNeeds) {
    super({ store, newId, now, stream: ROUTING_RULES, decider: ruleSets });
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
    return tried(rules, named(version), await this.pastDecisions(period));
  }

  /** What the settings say: in force until others are, and where a draft may begin. */
  settings(): RoutingPolicy {
    return policyOf(this.inForceBefore);
  }
}
