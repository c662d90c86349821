import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import { claimStatus, type Claim } from '../../domain/claim';
import type { ReturnEvent } from '../../domain/events';
import { returns } from '../../domain/return';
import type { OrderReturns } from '../../domain/state';

type About = StoredEvent & { readonly data: { readonly orderId: string } & ({ readonly claimId: string } | { readonly returnId: string }) };

/** What was decided, as far as anything was. */
const decided = ({ decision }: Claim) => ({
  cost_bearer: decision?.costBearer ?? null,
  decided_at: decision?.at ?? null,
  replacement_order_id: decision?.replacementOrderId ?? null,
});

/** The row of the claim that an event is about, whole; refunds name it as what they are for. */
const row = ({ data }: About, state: () => OrderReturns): Change | readonly Change[] => {
  const claim = state().claims.get('claimId' in data ? data.claimId : data.returnId);
  if (!claim) return [];
  return put({
    claim_id: claim.claimId,
    order_id: data.orderId,
    channel: state().sale?.channel ?? null,
    status: claimStatus(claim),
    kinds: [...new Set(claim.lines.map(({ kind }) => kind))].toSorted(),
    units: claim.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    ...decided(claim),
    owed: [...claim.refunds.values()].reduce((sum, { amount }) => sum + amount, 0),
    currency: state().sale?.currency ?? '',
    opened_at: claim.openedAt,
    decide_by: claim.decideBy,
  });
};

/** Which claims are there, how far is each, and who bears its cost? One row for each claim. */
export const returnClaim: View<ReturnEvent, OrderReturns> = {
  name: 'return_claim',
  about: 'Which claims for damaged, missing or wrong goods are there, how far is each, and who bears its cost? One row for each claim.',
  revision: 1,
  key: ['claim_id'],
  columns: {
    claim_id: { type: 'uuid not null', about: 'The claim.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    channel: { type: 'text', about: 'The sales channel of the order.' },
    status: {
      type: 'text not null',
      about: 'open, overdue, rejected, return-asked, sent-again, refund-due, refund-failed or refunded.',
    },
    kinds: { type: 'jsonb not null', about: 'What is wrong, a list: damaged, missing, wrong.' },
    units: { type: 'bigint not null', about: 'Units that are claimed.' },
    cost_bearer: { type: 'text', about: 'merchant, carrier or supplier; null: not decided, or no cost.' },
    owed: { type: 'bigint not null', about: 'To be paid for it, minor units of `currency`.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    opened_at: { type: 'timestamptz not null', about: 'When the customer said so.' },
    decide_by: { type: 'timestamptz not null', about: 'When it has to be decided.' },
    decided_at: { type: 'timestamptz', about: 'When it was.' },
    replacement_order_id: { type: 'uuid', about: 'The order by which the goods are sent again.' },
  },
  indexes: [
    '(opened_at desc, claim_id desc)',
    '(channel, opened_at desc, claim_id desc)',
    '(status, opened_at desc, claim_id desc)',
    '(order_id, opened_at desc, claim_id desc)',
  ],
  fold: returns,
  on: {
    ClaimOpened: row,
    ClaimDecided: row,
    ClaimOverdue: row,
    RefundDue: row,
    RefundRecorded: row,
    RefundFailureRecorded: row,
  },
};
