import type Stripe from 'stripe';
import type { PayoutReader } from '../../app/settlements/payout-imports';
import type { PayoutNotice } from '../../app/settlements/payouts';
import type { PayoutStatus } from '../../domain/settlements/payout';
import type { MappedRecord } from '@cartage/service-kit';
import { fromStripe } from '../../domain/settlements/stripe-amounts';

const statusOf = (status: string): PayoutStatus => {
  if (status === 'paid') return 'paid';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'on-its-way';
};

const reasonOf = ({ status, failure_code: code }: Pick<Stripe.Payout, 'status' | 'failure_code'>): string =>
  (code ?? status).replaceAll('_', '-');

/** A payout in our words. */
export const payoutOf = (payout: Stripe.Payout): PayoutNotice => {
  const { id, currency, amount, arrival_date: arrival } = payout;
  const status = statusOf(payout.status);
  return {
    ...{ number: id, currency: currency.toUpperCase(), amount: fromStripe(currency, amount), status },
    ...{ arrivesAt: new Date(arrival * 1_000).toISOString() },
    ...(status === 'failed' ? { reason: reasonOf(payout) } : {}),
  };
};

/** Of a payout by hand Stripe does not say which payments it is made of: it stands for itself. */
const isByHand = ({ reconciliation_status: status }: Stripe.Payout): boolean => status === 'not_applicable';

const recordOf = (transaction: Stripe.BalanceTransaction): MappedRecord => ({ ...transaction });

/** Payouts of one account at Stripe, and the balance transactions that each is made of. */
export const stripePayouts = (stripe: Stripe): PayoutReader => ({
  payout: async (number) => {
    const payout = await stripe.payouts.retrieve(number);
    return { ...payoutOf(payout), ready: payout.reconciliation_status !== 'in_progress' };
  },
  transactions: async function* (number) {
    const payout = await stripe.payouts.retrieve(number, { expand: ['balance_transaction'] });
    if (isByHand(payout)) {
      if (typeof payout.balance_transaction === 'object' && payout.balance_transaction) yield recordOf(payout.balance_transaction);
      return;
    }
    for await (const each of stripe.balanceTransactions.list({ payout: number, limit: 100, expand: ['data.source'] })) yield recordOf(each);
  },
});
