import { handling, reading, StreamCache, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import { tried, type RoutingTrial } from '../domain/back-test';
import type { DecisionRecord } from '../domain/events';
import { policyOf, rulesFor, type RoutedOrder, type RoutingPolicy } from '../domain/policy';
import {
  activeVersion,
  requireVersion,
  ROUTING_RULES,
  ruleSets,
  type RuleSetCommand,
  type RuleSetEvent,
  type RuleSets,
  type RuleSetVersion,
} from '../domain/rule-sets';
import type { RoutingRules } from '../domain/rules';

export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** At most so many decisions, the newest first. */
  readonly limit: number;
}

export interface RuleBookNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly now: () => Date;
  /** In force until a person has activated others. */
  readonly settings: RoutingRules;
  readonly pastDecisions: (period: Period) => Promise<readonly DecisionRecord[]>;
}

export interface DraftedRules {
  readonly rules: RoutingPolicy;
  readonly note: string;
}

export type HandledRules = Handled<RuleSets, RuleSetEvent>;

/** Rules that another process put in force are used after this long. */
const FRESH_MS = 1_000;

/** As decision records and events name it. */
const named = (version: string): string => `routing@${version}`;

/** What orders are routed by: versions of rules, of which one is in force. */
export class RuleBook {
  private readonly send: Send<RuleSetCommand, RuleSets, RuleSetEvent>;
  private readonly read: ReturnType<typeof reading<RuleSets, RuleSetEvent>>;
  private kept: { readonly at: number; readonly sets: Promise<RuleSets> } | undefined;

  constructor(private readonly needs: RuleBookNeeds) {
    const cache = new StreamCache<RuleSets, RuleSetEvent>({});
    const { store, newId } = needs;
    this.send = handling<RuleSetCommand, RuleSets, RuleSetEvent>({ store, newId }, ruleSets, { cache });
    this.read = reading<RuleSets, RuleSetEvent>(store, ruleSets, { cache });
  }

  draft(drafted: DraftedRules, meta: Meta): Promise<HandledRules> {
    return this.ask({ type: 'DraftRules', data: { ...drafted, ...this.by(meta) } }, meta);
  }

  activate(activated: { readonly version: string; readonly note: string }, meta: Meta): Promise<HandledRules> {
    return this.ask({ type: 'ActivateRules', data: { ...activated, ...this.by(meta) } }, meta);
  }

  rollBack(note: string, meta: Meta): Promise<HandledRules> {
    return this.ask({ type: 'RollBackRules', data: { note, ...this.by(meta) } }, meta);
  }

  async all(): Promise<RuleSets> {
    return (await this.read.load(ROUTING_RULES)).state;
  }

  async version(version: string): Promise<RuleSetVersion> {
    return requireVersion(await this.all(), version);
  }

  /** The rules for an order like this. They are read once in a while and not for each order. */
  async rulesFor(order: RoutedOrder): Promise<RoutingRules> {
    const sets = await this.current();
    const version = activeVersion(sets);
    return version === undefined ? this.needs.settings : rulesFor(requireVersion(sets, version).rules, named(version), order);
  }

  /** What these rules would have decided of what was known then. Nothing is changed by asking. */
  async trial(version: string, period: Period): Promise<RoutingTrial> {
    const { rules } = await this.version(version);
    return tried(rules, named(version), await this.needs.pastDecisions(period));
  }

  /** What the settings say: in force until others are, and where a draft may begin. */
  settings(): RoutingPolicy {
    return policyOf(this.needs.settings);
  }

  private current(): Promise<RuleSets> {
    const at = this.needs.now().getTime();
    if (this.kept && at - this.kept.at < FRESH_MS) return this.kept.sets;
    const kept = { at, sets: this.all() };
    this.kept = kept;
    kept.sets.catch(() => this.forget(kept));
    return kept.sets;
  }

  private forget(kept: { readonly at: number }): void {
    if (this.kept === kept) this.kept = undefined;
  }

  private async ask(command: RuleSetCommand, meta: Meta): Promise<HandledRules> {
    const handled = await this.send(ROUTING_RULES, command, meta);
    this.kept = undefined;
    return handled;
  }

  private by({ actor }: Meta): { readonly by: string; readonly now: string } {
    return { by: actor, now: this.needs.now().toISOString() };
  }
}
