import { activeVersion, RuleBook, type HandledRules, type RuleBookNeeds } from '@cartage/eventsourcing';
import { Trial, type BackTest, type PastCase } from '../domain/back-test';
import { BY_SETTINGS, requireVersion, RULE_SETS, ruleSets, type AdoptSettings } from '../domain/rule-sets';
import type { RuleSet, VerificationLimits } from '../domain/verification';

export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** At most so many orders, the newest first. */
  readonly limit: number;
}

/** Orders as they were judged, the newest first, in batches. */
export type PastCases = (period: Period) => AsyncIterable<readonly PastCase[]>;

export interface VerificationRulesNeeds extends Pick<RuleBookNeeds<RuleSet, never>, 'store' | 'newId' | 'now' | 'isPublic'> {
  /** In force until a person has activated others. */
  readonly settings: RuleSet;
  readonly pastCases: PastCases;
}

/** What verification judges by: versions of rules, of which one is in force. */
export class VerificationRules extends RuleBook<RuleSet, AdoptSettings> {
  constructor(private readonly terms: VerificationRulesNeeds) {
    super({ ...terms, stream: RULE_SETS, decider: ruleSets });
  }

  /** What the settings say is the first version, and the next one when they changed before a person has decided. */
  adopt(): Promise<HandledRules<RuleSet>> {
    const { settings, newId, now } = this.terms;
    const meta = { commandId: newId(), correlationId: newId(), actor: BY_SETTINGS };
    return this.send({ type: 'AdoptSettings', data: { rules: settings, now: now().toISOString() } }, meta);
  }

  async inForce(): Promise<VerificationLimits> {
    const known = await this.current();
    const sets = activeVersion(known) === undefined ? (await this.adopt()).current : known;
    const { version, rules } = requireVersion(sets, activeVersion(sets) ?? '');
    return { ...rules, version };
  }

  /** What these rules would have said to past orders. Nothing is changed by asking. */
  async trial(version: string, period: Period): Promise<BackTest> {
    const trial = new Trial({ ...requireVersion(await this.all(), version).rules, version });
    for await (const cases of this.terms.pastCases(period)) trial.add(cases);
    return trial.result();
  }
}
