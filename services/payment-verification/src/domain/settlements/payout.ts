import { deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

/** Money that a provider hands over at once for many payments. Amounts are minor units; below zero it takes from our bank account. */
export interface PayoutSaid {
  readonly payoutId: string;
  /** The account of ours at the provider. */
  readonly provider: string;
  /** The provider’s own number of it. */
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  /** The day on which it is to be in the bank. */
  readonly arrivesAt?: string;
}

/** How far a provider says that it is. It only ever goes on: a notice that is late changes nothing. */
export const payoutStatuses = ['on-its-way', 'paid', 'failed'] as const;
export type PayoutStatus = (typeof payoutStatuses)[number];

/** A line of a settlement that says: the money of a payout is with the provider again, and comes with another one. */
export interface PayoutReturn {
  readonly lineId: string;
  readonly settlementId: string;
}

export type PayoutEvent =
  | Named<'PayoutAnnounced', PayoutSaid & { readonly announcedAt: string }>
  | Named<'PayoutPaid', PayoutSaid & { readonly paidAt: string }>
  /** The bank did not take it, or it was called back: it has not come, whatever was said before. */
  | Named<'PayoutFailed', PayoutSaid & { readonly reason: string; readonly failedAt: string }>
  /** The lines that it consists of are in a settlement. */
  | Named<'PayoutReconciled', { readonly payoutId: string; readonly settlementId: string; readonly reconciledAt: string }>
  | Named<'PayoutReturned', PayoutReturn & Omit<PayoutSaid, 'arrivesAt'> & { readonly returnedAt: string }>;

export type PayoutCommand =
  /** What its provider says of it, however often and in whatever order. */
  | Named<'HearPayout', PayoutSaid & { readonly status: PayoutStatus; readonly reason?: string; readonly now: string }>
  | Named<'RecordReconciliation', { readonly payoutId: string; readonly settlementId: string; readonly now: string }>
  | Named<'HearReturn', PayoutReturn & Omit<PayoutSaid, 'arrivesAt'> & { readonly now: string }>;

export interface KnownPayout extends PayoutSaid {
  readonly status: PayoutStatus;
  readonly heardAt: string;
  readonly reason?: string;
  readonly failedAt?: string;
  readonly settlementId?: string;
  readonly returned?: PayoutReturn;
}
export type Payout = { readonly status: 'none' } | KnownPayout;

type Command<Type extends PayoutCommand['type']> = DataOf<PayoutCommand, Type>;

const RETURNED = 'returned';
const rank = (status: Payout['status']): number => ['none', ...payoutStatuses].indexOf(status);

const eventOf = ({ status, reason, now, ...said }: Command<'HearPayout'>): PayoutEvent => {
  switch (status) {
    case 'on-its-way':
      return { type: 'PayoutAnnounced', data: { ...said, announcedAt: now } };
    case 'paid':
      return { type: 'PayoutPaid', data: { ...said, paidAt: now } };
    case 'failed':
      return { type: 'PayoutFailed', data: { ...said, reason: reason ?? 'unknown', failedAt: now } };
  }
};

const hear = (said: Command<'HearPayout'>, { status }: Payout): readonly PayoutEvent[] =>
  rank(said.status) > rank(status) ? [eventOf(said)] : [];

/** What came back had failed, though nobody may have told it. */
const hearReturn = (said: Command<'HearReturn'>, state: Payout): readonly PayoutEvent[] => {
  const { status } = state;
  if (status !== 'none' && state.returned) return [];
  const { now, lineId, settlementId, ...payout } = said;
  const failed: readonly PayoutEvent[] =
    status === 'failed' ? [] : [{ type: 'PayoutFailed', data: { ...payout, reason: RETURNED, failedAt: now } }];
  return [...failed, { type: 'PayoutReturned', data: { ...payout, lineId, settlementId, returnedAt: now } }];
};

const said = (state: Payout, of: PayoutSaid & Pick<KnownPayout, 'status' | 'reason' | 'failedAt'>, at: string): Payout => ({
  ...state,
  ...of,
  heardAt: state.status === 'none' ? at : state.heardAt,
});
const changed = (state: Payout, change: Pick<KnownPayout, 'settlementId' | 'returned'>): Payout =>
  state.status === 'none' ? state : { ...state, ...change };

/** What a provider pays out: told by it, made of lines of settlements, and come or not. */
export const payout: Decider<PayoutCommand, Payout, PayoutEvent> = {
  initial: { status: 'none' },
  evolve: evolving<Payout, PayoutEvent>({
    PayoutAnnounced: (state, { announcedAt, ...of }) => said(state, { ...of, status: 'on-its-way' }, announcedAt),
    PayoutPaid: (state, { paidAt, ...of }) => said(state, { ...of, status: 'paid' }, paidAt),
    PayoutFailed: (state, of) => said(state, { ...of, status: 'failed' }, of.failedAt),
    PayoutReconciled: (state, { settlementId }) => changed(state, { settlementId }),
    PayoutReturned: (state, { lineId, settlementId }) => changed(state, { returned: { lineId, settlementId } }),
  }),
  decide: deciding<PayoutCommand, Payout, PayoutEvent>({
    HearPayout: hear,
    RecordReconciliation: ({ now, ...reconciled }, state) =>
      state.status !== 'none' && state.settlementId === undefined
        ? [{ type: 'PayoutReconciled', data: { ...reconciled, reconciledAt: now } }]
        : [],
    HearReturn: hearReturn,
  }),
};

export const payoutStream = (payoutId: string): string => `payout-${payoutId}`;
