import { compared, isAnother, retried, type Comparison, type PastQuote, type Retried } from '../domain/policy-trial';
import type { PerformanceOf } from '../domain/lane-performance';
import type { ChoiceOrder, Preferences } from '../domain/rates';
import type { Weights } from '../domain/scores';

export interface AskedTrial {
  readonly choice: ChoiceOrder;
  readonly weights?: Weights;
  readonly from?: string;
  readonly to?: string;
}

/** What another policy would have made of the labels of a period. */
export interface PolicyTrial {
  readonly from: string;
  readonly to: string;
  readonly choice: ChoiceOrder;
  /** Labels for which there was something to choose, the newest first; those that were looked at. */
  readonly labels: number;
  readonly changed: number;
  readonly totals: readonly Comparison[];
  /** Some of those that would go with another. */
  readonly examples: readonly Retried[];
}

export interface PolicyTrialsNeeds {
  /** The newest. */
  readonly quotes: (within: { readonly from: string; readonly to: string }, limit: number) => Promise<readonly PastQuote[]>;
  readonly performance: () => PerformanceOf;
  readonly preferences: Preferences;
  readonly now: () => Date;
}

const PERIOD_MS = 30 * 86_400_000;
const MOST_LABELS = 10_000;
const MOST_EXAMPLES = 50;

/** Tries a policy on what carriers offered; nothing is asked, bought or changed. */
export class PolicyTrials {
  constructor(private readonly needs: PolicyTrialsNeeds) {}

  async try({ choice, weights, ...asked }: AskedTrial): Promise<PolicyTrial> {
    const { preferences, quotes, performance, now } = this.needs;
    const to = asked.to ?? now().toISOString();
    const within = { from: asked.from ?? new Date(Date.parse(to) - PERIOD_MS).toISOString(), to };
    const policy = { ...preferences, by: choice, ...(weights ? { weights } : {}) };
    const known = performance();
    const labels = (await quotes(within, MOST_LABELS)).flatMap((quote) => retried(policy, known, quote) ?? []);
    const changed = labels.filter(isAnother);
    return {
      ...{ ...within, choice, labels: labels.length, changed: changed.length },
      ...{ totals: compared(labels), examples: changed.slice(0, MOST_EXAMPLES) },
    };
  }
}
