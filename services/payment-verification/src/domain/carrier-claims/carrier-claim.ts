import type { Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

/** What a carrier has said that it will pay for a parcel: a receivable. */
export interface OwedClaim {
  readonly claimId: string;
  readonly orderId: string;
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** The carrier’s own number of it. */
  readonly reference?: string;
  readonly currency: string;
}

/** A line of a settlement file that pays it; nothing: a person recorded it where parcels are. */
export interface ClaimPayment {
  readonly lineId?: string;
}

export type CarrierClaimEvent =
  /** It owes so much more than before, or less: below zero. */
  | Named<'CarrierClaimOwed', OwedClaim & { readonly change: number; readonly changedAt: string }>
  | Named<'CarrierClaimSettled', OwedClaim & ClaimPayment & { readonly amount: number; readonly settledAt: string }>
  | Named<'CarrierClaimWrittenOff', OwedClaim & { readonly amount: number; readonly reason: Reason; readonly writtenOffAt: string }>;

export type CarrierClaimCommand =
  /** What the carrier owes in all, as it says now: nothing, when it refused. */
  | Named<'HearClaim', OwedClaim & { readonly owed: number; readonly now: string }>
  | Named<'HearClaimPayment', OwedClaim & { readonly amount: number; readonly now: string }>
  /** `amount`: what the line hands over that no other claim has taken. */
  | Named<'SettleClaim', { readonly claimId: string; readonly lineId: string; readonly amount: number; readonly now: string }>
  | Named<'WriteOffClaim', { readonly claimId: string; readonly amount?: number; readonly reason: Reason; readonly now: string }>;

export interface KnownCarrierClaim {
  readonly claim: OwedClaim;
  readonly owed: number;
  readonly settled: number;
  readonly writtenOff: number;
  /** What each line of a settlement file paid of it. */
  readonly byLine: ReadonlyMap<string, number>;
}
export type CarrierClaim = KnownCarrierClaim | undefined;

type Command<Type extends CarrierClaimCommand['type']> = DataOf<CarrierClaimCommand, Type>;
type Decide<Type extends CarrierClaimCommand['type']> = (command: Command<Type>, state: CarrierClaim) => readonly CarrierClaimEvent[];

/** What is still to come; below zero, when more came than is owed now. */
export const openOf = ({ owed, settled, writtenOff }: KnownCarrierClaim): number => owed - settled - writtenOff;

export const unknownClaim = (claimId: string): Refused =>
  new Refused('CARRIER_CLAIM_UNKNOWN', `No carrier is known here to owe anything for claim ${claimId}.`, 'unknown');

export const requireClaim = (state: CarrierClaim, claimId: string): KnownCarrierClaim => {
  if (state) return state;
  throw unknownClaim(claimId);
};

const hear: Decide<'HearClaim'> = ({ owed, now, ...claim }, state) => {
  const change = owed - (state?.owed ?? 0);
  return change === 0 ? [] : [{ type: 'CarrierClaimOwed', data: { ...claim, change, changedAt: now } }];
};

/** What a file has handed over is not booked again, when a person records it, too. */
const hearPayment: Decide<'HearClaimPayment'> = ({ amount, now, ...claim }, state) => {
  const paid = Math.min(amount, Math.max(0, openOf(requireClaim(state, claim.claimId))));
  return paid === 0 ? [] : [{ type: 'CarrierClaimSettled', data: { ...claim, amount: paid, settledAt: now } }];
};

const settle: Decide<'SettleClaim'> = ({ claimId, lineId, amount, now }, state) => {
  const known = requireClaim(state, claimId);
  const paid = Math.min(amount - settledBy(known, lineId), Math.max(0, openOf(known)));
  return paid <= 0 ? [] : [{ type: 'CarrierClaimSettled', data: { ...known.claim, lineId, amount: paid, settledAt: now } }];
};

/** What of it came by this line. */
export const settledBy = (state: CarrierClaim, lineId: string): number => state?.byLine.get(lineId) ?? 0;

/** What of it a person recorded, and no file. */
export const recordedOf = (state: CarrierClaim): number =>
  [...(state?.byLine.values() ?? [])].reduce((rest, amount) => rest - amount, state?.settled ?? 0);

const writeOff: Decide<'WriteOffClaim'> = ({ claimId, amount, reason, now }, state) => {
  const known = requireClaim(state, claimId);
  const open = openOf(known);
  if (open <= 0) throw new Refused('NOTHING_OWED', `Nothing of claim ${claimId} is to come any more.`);
  if (amount !== undefined && amount > open) {
    const message = `must be ${open} at most: no more is to come`;
    throw new Refused('CLAIM_EXCEEDED', `Of claim ${claimId} ${open} is to come.`, 'invalid', [
      { field: 'amount', code: 'CLAIM_EXCEEDED', message },
    ]);
  }
  return [{ type: 'CarrierClaimWrittenOff', data: { ...known.claim, amount: amount ?? open, reason, writtenOffAt: now } }];
};

/** What a claim is, without what is told of it. */
export const claimOf = ({ claimId, orderId, shipmentId, carrier, trackingNumber, currency, reference }: OwedClaim): OwedClaim => ({
  ...{ claimId, orderId, shipmentId, carrier, trackingNumber, currency },
  ...(reference === undefined ? {} : { reference }),
});

const changed = (state: CarrierClaim, of: OwedClaim, change: Partial<Omit<KnownCarrierClaim, 'claim'>>): KnownCarrierClaim => ({
  ...(state ?? { claim: claimOf(of), owed: 0, settled: 0, writtenOff: 0, byLine: new Map() }),
  ...change,
});

/** One claim on a carrier in the books: what it owes, what of it came, and what nobody waits for any more. */
export const carrierClaim: Decider<CarrierClaimCommand, CarrierClaim, CarrierClaimEvent> = {
  initial: undefined,
  evolve: evolving<CarrierClaim, CarrierClaimEvent>({
    CarrierClaimOwed: (state, of) => changed(state, of, { owed: (state?.owed ?? 0) + of.change }),
    CarrierClaimSettled: (state, of) => {
      const byLine = new Map(state?.byLine);
      if (of.lineId !== undefined) byLine.set(of.lineId, (byLine.get(of.lineId) ?? 0) + of.amount);
      return changed(state, of, { settled: (state?.settled ?? 0) + of.amount, byLine });
    },
    CarrierClaimWrittenOff: (state, of) => changed(state, of, { writtenOff: (state?.writtenOff ?? 0) + of.amount }),
  }),
  decide: deciding<CarrierClaimCommand, CarrierClaim, CarrierClaimEvent>({
    HearClaim: hear,
    HearClaimPayment: hearPayment,
    SettleClaim: settle,
    WriteOffClaim: writeOff,
  }),
};

export const carrierClaimStream = (claimId: string): string => `carrierclaim-${claimId}`;
