import type { Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

/** Which claim it is: all that names it, so that whoever hears of one of its events has to look up nothing. */
export interface ClaimNamed {
  readonly claimId: string;
  readonly shipmentId: string;
  readonly orderId: string;
  readonly parcelId: string;
  readonly trackingNumber: string;
  readonly carrier: string;
  readonly currency: string;
  /** The carrier’s own number of it. */
  readonly reference?: string;
}

/** What a carrier is asked to pay for a parcel. */
export interface Claimed extends ClaimNamed {
  /** Minor units. */
  readonly amount: number;
  /** `lost`, `damaged`, or what else it is for. */
  readonly reason: Reason;
}

export type ClaimEvent =
  | Named<'ClaimFiled', Claimed & { readonly filedAt: string }>
  | Named<'ClaimAccepted', ClaimNamed & { readonly amount: number; readonly acceptedAt: string }>
  | Named<'ClaimRefused', ClaimNamed & { readonly reason: Reason; readonly refusedAt: string }>
  /** With the line of a settlement file that paid it: payment told it. Absent: a person did. */
  | Named<'ClaimPaid', ClaimNamed & { readonly lineId?: string; readonly amount: number; readonly paidAt: string }>;

export const claimStatuses = ['filed', 'accepted', 'refused', 'paid'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

export interface KnownClaim extends Claimed {
  readonly status: ClaimStatus;
  readonly filedAt: string;
  readonly accepted?: number;
  readonly paid: number;
  readonly refusal?: Reason;
}
export type Claim = { readonly status: 'none' } | KnownClaim;

interface At {
  readonly now: string;
}
export type ClaimCommand =
  | Named<'FileClaim', At & Claimed>
  | Named<'AcceptClaim', At & { readonly amount: number }>
  | Named<'RefuseClaim', At & { readonly reason: Reason }>
  | Named<'PayClaim', At & { readonly amount: number }>
  /** A line of a settlement file has paid so much of it. */
  | Named<'HearClaimPaid', At & { readonly lineId: string; readonly amount: number }>;

type Decide<Type extends ClaimCommand['type']> = (data: DataOf<ClaimCommand, Type>, claim: Claim) => readonly ClaimEvent[];

export const known = (claim: Claim): KnownClaim => {
  if (claim.status === 'none') throw new Refused('CLAIM_UNKNOWN', 'There is no such claim.', 'unknown');
  return claim;
};

const nameOf = ({ claimId, shipmentId, orderId, parcelId, trackingNumber, carrier, currency, reference }: KnownClaim): ClaimNamed => ({
  ...{ claimId, shipmentId, orderId, parcelId, trackingNumber, carrier, currency },
  ...(reference === undefined ? {} : { reference }),
});

const tooMuch = (most: number): Refused => {
  const message = `It can be ${most} at most, in minor units.`;
  return new Refused('CLAIM_EXCEEDED', message, 'invalid', [{ field: 'amount', code: 'CLAIM_EXCEEDED', message }]);
};

const file: Decide<'FileClaim'> = ({ now, ...claimed }, claim) => {
  if (claim.status === 'none') return [{ type: 'ClaimFiled', data: { ...claimed, filedAt: now } }];
  if (claim.amount === claimed.amount && claim.currency === claimed.currency) return [];
  throw new Refused('CLAIM_FILED', `Of this parcel ${claim.amount} ${claim.currency} was claimed before.`);
};

/** What was refused may be accepted after all, until it is paid. */
const accept: Decide<'AcceptClaim'> = ({ amount, now }, before) => {
  const claim = known(before);
  if (claim.accepted === amount) return [];
  if (claim.paid > 0) throw new Refused('CLAIM_PAID', 'The carrier has paid already.');
  if (amount > claim.amount) throw tooMuch(claim.amount);
  return [{ type: 'ClaimAccepted', data: { ...nameOf(claim), amount, acceptedAt: now } }];
};

const refuse: Decide<'RefuseClaim'> = ({ reason, now }, before) => {
  const claim = known(before);
  if (claim.status === 'refused') return [];
  if (claim.paid > 0) throw new Refused('CLAIM_PAID', 'The carrier has paid already.');
  return [{ type: 'ClaimRefused', data: { ...nameOf(claim), reason, refusedAt: now } }];
};

const pay: Decide<'PayClaim'> = ({ amount, now }, before) => {
  const claim = known(before);
  if (claim.accepted === undefined)
    throw new Refused('CLAIM_NOT_ACCEPTED', 'The carrier has accepted nothing yet. Say first what it accepts.');
  if (amount > claim.accepted - claim.paid) throw tooMuch(claim.accepted - claim.paid);
  return [{ type: 'ClaimPaid', data: { ...nameOf(claim), amount, paidAt: now } }];
};

/** Money that came is a fact, also of a claim that was refused. What a person has recorded, too, is not paid twice. */
const hearPaid: Decide<'HearClaimPaid'> = ({ lineId, amount, now }, before) => {
  const claim = known(before);
  const paid = Math.min(amount, (claim.accepted ?? claim.amount) - claim.paid);
  return paid <= 0 ? [] : [{ type: 'ClaimPaid', data: { ...nameOf(claim), lineId, amount: paid, paidAt: now } }];
};

const of = (claim: Claim, change: (claim: KnownClaim) => KnownClaim): Claim => (claim.status === 'none' ? claim : change(claim));

export const claim: Decider<ClaimCommand, Claim, ClaimEvent> = {
  initial: { status: 'none' },
  evolve: evolving<Claim, ClaimEvent>({
    ClaimFiled: (_, data) => ({ ...data, status: 'filed', paid: 0 }),
    ClaimAccepted: (before, { amount }) =>
      of(before, ({ refusal: _before, ...claim }) => ({ ...claim, status: amount === 0 ? 'paid' : 'accepted', accepted: amount })),
    ClaimRefused: (before, { reason }) =>
      of(before, ({ accepted: _before, ...claim }) => ({ ...claim, status: 'refused', refusal: reason })),
    ClaimPaid: (before, { amount }) =>
      of(before, (claim) => {
        const paid = claim.paid + amount;
        return { ...claim, paid, status: paid >= (claim.accepted ?? 0) ? 'paid' : 'accepted' };
      }),
  }),
  decide: deciding<ClaimCommand, Claim, ClaimEvent>({
    FileClaim: file,
    AcceptClaim: accept,
    RefuseClaim: refuse,
    PayClaim: pay,
    HearClaimPaid: hearPaid,
  }),
};
