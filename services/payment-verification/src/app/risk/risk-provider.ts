import type { CustomerFacts } from '../../domain/verification';
import type { Terms } from '../../domain/terms';

/** An order as a risk provider sees it: nothing personal is in it. */
export interface RiskCase {
  readonly orderId: string;
  /** 1 is the order as it was placed. An edit that makes it dearer is another question. */
  readonly orderVersion: number;
  readonly channel: string;
  readonly customerId?: string;
  readonly currency: string;
  /** Minor units. */
  readonly total: number;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly total: number }[];
  readonly payments: readonly { readonly method: string; readonly amount: number }[];
  readonly destinations: Terms['destinations'];
  readonly priority: string;
  readonly placedAt: string;
  readonly facts: Omit<CustomerFacts, 'risk' | 'learned'>;
}

export interface RiskAnswer {
  /** Of whatever scored it: a model, a rule set. */
  readonly version: string;
  /** 0 (harmless) to 100, whole. */
  readonly score: number;
  /** Stand in the verdict for ever: nothing personal. */
  readonly reasons: readonly { readonly code: string; readonly detail?: string }[];
}

/** It answered, and not in the form that was agreed. */
export class RiskAnswerWrong extends Error {
  override readonly name = 'RiskAnswerWrong';
}

/**
 * Whoever says how risky an order is. It moves nothing, so that it may be asked again; a throw means that it did not answer. `signal`: nobody waits for the answer any
 * longer. Every adapter passes `riskProviderContract`.
 */
export interface RiskProvider {
  /** Stands in verdicts for ever. */
  readonly name: string;
  assess(order: RiskCase, signal: AbortSignal): Promise<RiskAnswer>;
}

/** What is asked about an order. */
export const riskCaseOf = (terms: Terms, { risk: _, learned: __, ...facts }: CustomerFacts, orderVersion = 1): RiskCase => ({
  ...{ orderId: terms.orderId, orderVersion, channel: terms.channel },
  ...(terms.customerId === undefined ? {} : { customerId: terms.customerId }),
  ...{ currency: terms.currency, total: terms.total, priority: terms.priority, placedAt: terms.placedAt, facts },
  lines: terms.lines.map(({ sku, quantity, total }) => ({ sku, quantity, total })),
  payments: terms.payments.map(({ method, amount }) => ({ method, amount })),
  destinations: terms.destinations,
});
