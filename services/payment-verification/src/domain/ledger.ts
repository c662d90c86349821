import type { Reason } from '@cartage/contracts';
import type { Charges } from './charges';
import type { Sums } from './reconciliation';

/** What one shipment costs, and what the carrier took for it at the door. */
export interface Charge extends Charges {
  /** The newest try to capture it; absent where nothing is to be captured. */
  readonly captureId?: string;
  readonly collected: number;
  /** Delivered units of each line: counted with cash on delivery only. */
  readonly delivered: ReadonlyMap<string, number>;
  /** Parcels that were delivered. */
  readonly parcels: ReadonlySet<string>;
  /** Collected cash that the carrier handed over, by its reference. */
  readonly remittances: ReadonlyMap<string, number>;
}

export interface Capture {
  readonly status: 'requested' | 'captured' | 'failed';
  readonly amount: number;
  readonly shipmentId?: string;
  /** The provider’s own number of it. */
  readonly reference?: string;
  readonly reason?: Reason;
}

/** What of a capture a refund takes. */
export interface Taken {
  readonly captureId: string;
  readonly amount: number;
}

export interface Refund {
  readonly status: 'requested' | 'issued' | 'failed';
  readonly amount: number;
  readonly captures: readonly Taken[];
  readonly tender: string;
  /** The newest try; absent where nobody was asked. */
  readonly attemptId?: string;
  readonly returnId?: string;
  readonly reason?: Reason;
}

export interface Void {
  readonly status: 'requested' | 'voided' | 'failed';
  readonly amount: number;
  readonly reason: Reason;
}

/** The money of an order, in minor units: each thing that moves some, by its id, in the order in which they were asked for. Sums follow from them. */
export interface Ledger {
  /** Authorised, or accepted as cash on delivery. */
  readonly promised: number;
  /** By shipment id. */
  readonly charges: ReadonlyMap<string, Charge>;
  readonly captures: ReadonlyMap<string, Capture>;
  readonly refunds: ReadonlyMap<string, Refund>;
  readonly voids: ReadonlyMap<string, Void>;
}

export const ledgerOf = (promised: number): Ledger => ({
  promised,
  charges: new Map(),
  captures: new Map(),
  refunds: new Map(),
  voids: new Map(),
});

const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, amount) => total + amount, 0);

const amountIn = <Thing extends { readonly status: string; readonly amount: number }>(
  things: ReadonlyMap<string, Thing>,
  ...statuses: readonly Thing['status'][]
): number => sum([...things.values()].filter(({ status }) => statuses.includes(status)).map(({ amount }) => amount));

const captured = ({ captures }: Ledger): number => amountIn(captures, 'captured');
const collected = ({ charges }: Ledger): number => sum([...charges.values()].map((charge) => charge.collected));
export const remittedOf = ({ remittances }: Charge): number => sum(remittances.values());
const remitted = ({ charges }: Ledger): number => sum([...charges.values()].map(remittedOf));
const refunded = ({ refunds }: Ledger): number => amountIn(refunds, 'issued');
const voided = ({ voids }: Ledger): number => amountIn(voids, 'voided');

/** Money that came in. */
const received = (ledger: Ledger): number => captured(ledger) + collected(ledger);

/** The sums that people are shown. */
export const sumsOf = (ledger: Ledger): Sums => ({
  promised: ledger.promised,
  captured: captured(ledger),
  collected: collected(ledger),
  remitted: remitted(ledger),
  refunded: refunded(ledger),
  voided: voided(ledger),
});

/** What may still be refunded, refunds on their way taken off. */
export const refundable = (ledger: Ledger): number => received(ledger) - amountIn(ledger.refunds, 'issued', 'requested');

/** Given back, or about to be. */
const released = ({ voids }: Ledger): number => amountIn(voids, 'requested', 'voided');

/** The newest void: what a person is shown. */
export const releaseOf = ({ voids }: Ledger): Void | undefined => [...voids.values()].at(-1);

/** Whether the promise was given back: nothing more can be taken on it. */
export const isReleased = ({ voids }: Ledger): boolean => [...voids.values()].some(({ status }) => status !== 'failed');

const hasFailed =
  ({ captures }: Ledger) =>
  ({ captureId }: Charge): boolean =>
    captureId !== undefined && captures.get(captureId)?.status === 'failed';

const chargesWhere = ({ charges }: Ledger, holds: (charge: Charge) => boolean): number =>
  sum([...charges.values()].filter(holds).map(({ amount }) => amount));

/** Promised, and neither charged for a shipment nor given back. */
export const uncharged = (ledger: Ledger): number => {
  const failed = hasFailed(ledger);
  return ledger.promised - released(ledger) - chargesWhere(ledger, (charge) => !failed(charge));
};

/** Promised money that has not come in and may yet. A failed capture after a void is off both ways, so it stops at nothing. */
export const expected = (ledger: Ledger): number =>
  Math.max(0, ledger.promised - released(ledger) - received(ledger) - chargesWhere(ledger, hasFailed(ledger)));

/** What of each capture is neither refunded nor about to be. */
const openCaptures = ({ captures, refunds }: Ledger): readonly Taken[] => {
  const taken = new Map<string, number>();
  for (const refund of refunds.values())
    if (refund.status !== 'failed')
      for (const { captureId, amount } of refund.captures) taken.set(captureId, (taken.get(captureId) ?? 0) + amount);
  return [...captures]
    .filter(([, { status }]) => status === 'captured')
    .map(([captureId, { amount }]) => ({ captureId, amount: amount - (taken.get(captureId) ?? 0) }));
};

/** Of which captures a refund is taken: of the first one first, so that few are touched and each of them whole. Of none, where the carrier took cash. */
export const takenFrom = (ledger: Ledger, amount: number): readonly Taken[] => {
  let left = amount;
  return openCaptures(ledger).flatMap((capture) => {
    const part = Math.min(left, capture.amount);
    left -= part;
    return part > 0 ? [{ captureId: capture.captureId, amount: part }] : [];
  });
};
