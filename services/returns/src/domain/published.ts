import type { PolicyEvent as PublicPolicyEvent, ReturnEvent as PublicEvent } from '@cartage/contracts';
import type { Named, Translation } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import { POLICY_ID, type PolicyEvent } from './policy-book';

const same = <Event extends Named>({ type, data }: Event): Pick<Event, 'type' | 'data'> => ({ type, data });

/** What the world hears of returns: what was sold and delivered, reviews and refunds are others' news or ours alone. */
export const published: Translation<ReturnEvent, PublicEvent> = {
  ReturnRequested: ({ type, data: { sale: _, policy: __, delivered: ___, tender: ____, advance: _____, note: ______, ...data } }) => ({
    type,
    data,
  }),
  ReturnAuthorized: same,
  ReturnDeclined: same,
  ReturnLabelIssued: same,
  ReturnInTransit: same,
  ReturnExpiring: same,
  ReturnExpired: same,
  ReturnCancelled: same,
  ReturnReceived: same,
  ItemGraded: same,
  RefundDue: same,
  ReturnClosed: same,
  ExchangeRequested: same,
  ExchangeSettled: same,
  ExchangeOverdue: same,
  ClaimOpened: ({ type, data: { sale: _, policy: __, ...data } }) => ({ type, data }),
  ClaimDecided: same,
  ClaimOverdue: same,
};

/** What the world hears of policies: which is in force, and in place of which. Who did it, and why, stays here. */
export const publishedPolicies: Translation<PolicyEvent, PublicPolicyEvent> = {
  PolicyActivated: ({ data: { by: _, note: __, ...data } }) => ({ type: 'ReturnPolicyActivated', data: { rulesId: POLICY_ID, ...data } }),
};
