import { activeVersion, RuleBook, type RuleBookNeeds } from '@cartage/eventsourcing';
import { rulesOfRecord, tried, untried, type RoutingTrial } from '../domain/back-test';
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
  /** First decisions of orders, the newest first. */
  readonly pastDecisions: RoutingRuleBookNeeds['pastDecisions'];

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

  /** What holds for all, and how decisions name it. */
  async inForce(): Promise<{ readonly rules: RoutingPolicy; readonly version: string }> {
    const sets = await this.current();
    const version = activeVersion(sets);
    if (version === undefined) return { rules: this.settings(), version: this.inForceBefore.version };
    return { rules: requireVersion(sets, version).rules, version: named(version) };
  }

  /** The rules that an order like that of the record would be routed by now. */
  async rulesOf(record: DecisionRecord): Promise<RoutingRules> {
    const { rules, version } = await this.inForce();
    return rulesOfRecord(rules, version, record);
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
