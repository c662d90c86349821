import { termsFor, type CarrierTerms } from '../domain/carrier-policy';
import type { Choice } from '../domain/commands';
import type { PerformanceOf } from '../domain/lane-performance';
import { compared, isAnother, isPlaced, retried, type Comparison, type PastQuote, type Retried } from '../domain/policy-trial';
import type { ChoiceOrder } from '../domain/rates';
import type { Weights } from '../domain/scores';
import type { CarrierPolicyBook, NamedPolicy } from './carrier-policies';
import type { Compliance } from './compliance';

export interface AskedPeriod {
  readonly from?: string;
  readonly to?: string;
  /** At most so many labels, the newest first. */
  readonly limit?: number;
}

export interface AskedTrial extends AskedPeriod {
  readonly choice: ChoiceOrder;
  readonly weights?: Weights;
}

/** What another policy would have made of the labels of a period. */
export interface PolicyTrial {
  readonly from: string;
  readonly to: string;
  /** As labels would name it. */
  readonly policy: string;
  readonly choice: ChoiceOrder;
  /** Labels for which there was something to choose, the newest first; those that were looked at. */
  readonly labels: number;
  readonly changed: number;
  /** Nobody who offered may take them. */
  readonly unplaced: number;
  readonly totals: readonly Comparison[];
  /** Some of those that would go with another, or with nobody. */
  readonly examples: readonly Retried[];
}

export interface PolicyTrialsNeeds {
  /** The newest. */
  readonly quotes: (within: { readonly from: string; readonly to: string }, limit: number) => Promise<readonly PastQuote[]>;
  readonly performance: () => PerformanceOf;
  readonly policies: Pick<CarrierPolicyBook, 'inForce' | 'version'>;
  readonly compliance: Pick<Compliance, 'carried' | 'blocked'>;
  readonly now: () => Date;
}

const PERIOD_MS = 30 * 86_400_000;
const MOST_LABELS = 10_000;
const MOST_EXAMPLES = 50;
/** Whose goods are looked up at the same time. */
const AT_ONCE = 100;

/** Tries a policy on what carriers offered; nothing is asked, bought or changed. */
export class PolicyTrials {
  constructor(private readonly needs: PolicyTrialsNeeds) {}

  /** The policy in force, with something else that counts first. */
  async try({ choice, weights, ...period }: AskedTrial): Promise<PolicyTrial> {
    const { policy, version } = await this.needs.policies.inForce();
    return this.tried({ version, policy: { ...policy, by: choice, ...(weights ? { weights } : {}) } }, period);
  }

  async tryVersion(version: string, period: AskedPeriod): Promise<PolicyTrial> {
    return this.tried(await this.needs.policies.version(version), period);
  }

  private async tried(named: NamedPolicy, { limit = MOST_LABELS, ...asked }: AskedPeriod): Promise<PolicyTrial> {
    const { quotes, now } = this.needs;
    const to = asked.to ?? now().toISOString();
    const within = { from: asked.from ?? new Date(Date.parse(to) - PERIOD_MS).toISOString(), to };
    const labels = await this.retry(named, await quotes(within, limit));
    const changed = labels.filter((label) => isAnother(label) || !isPlaced(label));
    return {
      ...{ ...within, policy: named.version, choice: named.policy.by, labels: labels.length },
      ...{ changed: labels.filter(isAnother).length, unplaced: labels.filter((label) => !isPlaced(label)).length },
      ...{ totals: compared(labels), examples: changed.slice(0, MOST_EXAMPLES) },
    };
  }

  private async retry({ policy, version }: NamedPolicy, quotes: readonly PastQuote[]): Promise<readonly Retried[]> {
    const performanceOf = this.needs.performance();
    const found: (Retried | undefined)[] = [];
    for (let from = 0; from < quotes.length; from += AT_ONCE) {
      const some = quotes.slice(from, from + AT_ONCE);
      found.push(...(await Promise.all(some.map((quote) => this.retryOne(termsFor(policy, version, quote), performanceOf, quote)))));
    }
    return found.flatMap((label) => label ?? []);
  }

  /** As goods and orders are known now. */
  private async retryOne(terms: CarrierTerms, performanceOf: PerformanceOf, quote: PastQuote): Promise<Retried | undefined> {
    const { compliance } = this.needs;
    const { country, parcelGrams } = quote;
    const carried = await compliance.carried(terms.blocks, quote, { country, parcelGrams });
    const isBlocked = (choice: Choice): boolean => compliance.blocked(terms.blocks, choice, carried) !== undefined;
    return retried({ preferences: terms, performanceOf, isBlocked }, quote);
  }
}
