import type { ShipmentCharge } from './amounts';

/** What one shipment is charged, and what became of it. `due`: to be captured, or to be collected at the door. */
export interface Charge extends ShipmentCharge {
  readonly status: 'due' | 'captured' | 'failed' | 'collected';
  /** Collected cash that the carrier handed over, by its reference. */
  readonly remittances: Readonly<Record<string, number>>;
}

export interface Refund {
  readonly status: 'requested' | 'issued' | 'failed';
  readonly amount: number;
  readonly returnId?: string;
  readonly lineId?: string;
  readonly reason?: string;
}

export interface Void {
  readonly status: 'requested' | 'voided' | 'failed';
  readonly amount: number;
  readonly reason: string;
}

/** The money of an order, in minor units: a fold of its events, so that every cent has a source. */
export interface Ledger {
  /** Authorised, or accepted as cash on delivery. */
  readonly promised: number;
  readonly captured: number;
  readonly collected: number;
  readonly remitted: number;
  readonly refunded: number;
  readonly voided: number;
  readonly charges: Readonly<Record<string, Charge>>;
  readonly refunds: Readonly<Record<string, Refund>>;
  readonly release?: Void;
}

export const ledgerOf = (promised: number): Ledger => ({
  promised,
  captured: 0,
  collected: 0,
  remitted: 0,
  refunded: 0,
  voided: 0,
  charges: {},
  refunds: {},
});

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

const chargedIn = ({ charges }: Ledger, ...statuses: readonly Charge['status'][]): number =>
  sum(
    Object.values(charges)
      .filter(({ status }) => statuses.includes(status))
      .map(({ amount }) => amount),
  );

const refundsIn = ({ refunds }: Ledger, status: Refund['status']): number =>
  sum(
    Object.values(refunds)
      .filter((refund) => refund.status === status)
      .map(({ amount }) => amount),
  );

/** Given back, or about to be. */
const released = ({ release }: Ledger): number => (release && release.status !== 'failed' ? release.amount : 0);

/** Whether the promise was given back: nothing more can be taken on it. */
export const isReleased = ({ release }: Ledger): boolean => release !== undefined && release.status !== 'failed';

/** Promised, and neither charged for a shipment nor given back. */
export const uncharged = (ledger: Ledger): number => ledger.promised - released(ledger) - chargedIn(ledger, 'due', 'captured', 'collected');

/** Money that came in. */
export const received = ({ captured, collected }: Ledger): number => captured + collected;

/** What may still be refunded, refunds on their way taken off. */
export const refundable = (ledger: Ledger): number => received(ledger) - ledger.refunded - refundsIn(ledger, 'requested');

/** Promised money that has not come in and may yet. A failed capture after a void is off both ways, so it stops at nothing. */
export const expected = (ledger: Ledger): number =>
  Math.max(0, ledger.promised - released(ledger) - received(ledger) - chargedIn(ledger, 'failed'));

export const remittedOf = ({ remittances }: Charge): number => sum(Object.values(remittances));

const invariants: Readonly<Record<string, (ledger: Ledger) => boolean>> = {
  'no more comes in or goes back than was promised': (l) => received(l) + l.voided <= l.promised,
  'no more is refunded than came in': (l) => l.refunded + refundsIn(l, 'requested') <= received(l),
  'no more is remitted than was collected': (l) => l.remitted <= l.collected,
  'captured is the sum of captured shipments': (l) => l.captured === chargedIn(l, 'captured'),
  'collected is the sum of collected shipments': (l) => l.collected === chargedIn(l, 'collected'),
  'remitted is the sum of remittances': (l) => l.remitted === sum(Object.values(l.charges).map(remittedOf)),
  'refunded is the sum of issued refunds': (l) => l.refunded === refundsIn(l, 'issued'),
};

/** Recomputes the totals from their sources and names what does not hold; empty when all is well. */
export const discrepanciesOf = (ledger: Ledger): readonly string[] =>
  Object.entries(invariants)
    .filter(([, holds]) => !holds(ledger))
    .map(([name]) => name);
