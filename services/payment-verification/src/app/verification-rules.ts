import { handling, reading, StreamCache, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import { Trial, type BackTest, type PastCase } from '../domain/back-test';
import {
  activeVersion,
  requireVersion,
  RULE_SETS,
  ruleSets,
  type RuleSetCommand,
  type RuleSetEvent,
  type RuleSets,
  type RuleSetVersion,
} from '../domain/rule-sets';
import type { RuleSet, VerificationLimits } from '../domain/verification';

export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** At most so many orders, the newest first. */
  readonly limit: number;
}

/** Orders as they were judged, the newest first, in batches. */
export type PastCases = (period: Period) => AsyncIterable<readonly PastCase[]>;

export interface VerificationRulesNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly now: () => Date;
  /** In force until a person has activated others. */
  readonly settings: RuleSet;
  readonly pastCases: PastCases;
}

export interface Drafting {
  readonly rules: RuleSet;
  readonly note: string;
}

export interface Activating {
  readonly version: string;
  readonly note: string;
}

export type HandledRules = Handled<RuleSets, RuleSetEvent>;

/** Rules that somebody else put in force are used after this long. */
const FRESH_MS = 1_000;

/** What verification judges by: versions of rules, of which one is in force. */
export class VerificationRules {
  private readonly send: Send<RuleSetCommand, RuleSets, RuleSetEvent>;
  private readonly read: ReturnType<typeof reading<RuleSets, RuleSetEvent>>;
  private kept: { readonly at: number; readonly rules: Promise<VerificationLimits> } | undefined;

  constructor(private readonly needs: VerificationRulesNeeds) {
    const cache = new StreamCache<RuleSets, RuleSetEvent>({});
    this.send = handling<RuleSetCommand, RuleSets, RuleSetEvent>(needs, ruleSets, { cache });
    this.read = reading<RuleSets, RuleSetEvent>(needs.store, ruleSets, { cache });
  }

  draft(drafting: Drafting, meta: Meta): Promise<HandledRules> {
    return this.ask({ type: 'DraftRules', data: { ...drafting, ...this.by(meta) } }, meta);
  }

  activate(activating: Activating, meta: Meta): Promise<HandledRules> {
    return this.ask({ type: 'ActivateRules', data: { ...activating, ...this.by(meta) } }, meta);
  }

  rollBack(note: string, meta: Meta): Promise<HandledRules> {
    return this.ask({ type: 'RollBackRules', data: { note, ...this.by(meta) } }, meta);
  }

  /** What the settings say is the first version, and the next one when they changed before a person has decided. */
  adopt(): Promise<HandledRules> {
    const { settings, newId } = this.needs;
    const meta = { commandId: newId(), correlationId: newId(), actor: 'settings' };
    return this.send(RULE_SETS, { type: 'AdoptSettings', data: { rules: settings, now: this.now() } }, meta);
  }

  async all(): Promise<RuleSets> {
    return (await this.read.load(RULE_SETS)).state;
  }

  async version(version: string): Promise<RuleSetVersion> {
    return requireVersion(await this.all(), version);
  }

  /** The rules in force. They are read once in a while and not for each order. */
  current(): Promise<VerificationLimits> {
    const at = this.needs.now().getTime();
    if (this.kept && at - this.kept.at < FRESH_MS) return this.kept.rules;
    const rules = this.inForce();
    const kept = { at, rules };
    this.kept = kept;
    rules.catch(() => this.forget(kept));
    return rules;
  }

  /** What these rules would have said to past orders. Nothing is changed by asking. */
  async trial(version: string, period: Period): Promise<BackTest> {
    const trial = new Trial({ ...(await this.version(version)).rules, version });
    for await (const cases of this.needs.pastCases(period)) trial.add(cases);
    return trial.result();
  }

  private async inForce(): Promise<VerificationLimits> {
    const known = await this.all();
    const sets = activeVersion(known) === undefined ? (await this.adopt()).current : known;
    const { version, rules } = requireVersion(sets, activeVersion(sets) ?? '');
    return { ...rules, version };
  }

  private forget(kept: { readonly at: number }): void {
    if (this.kept === kept) this.kept = undefined;
  }

  private async ask(command: RuleSetCommand, meta: Meta): Promise<HandledRules> {
    const handled = await this.send(RULE_SETS, command, meta);
    this.kept = undefined;
    return handled;
  }

  private by({ actor }: Meta): { readonly by: string; readonly now: string } {
    return { by: actor, now: this.now() };
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
