import { sharesOf } from '@cartage/contracts';
import type { Named, StoredEvent } from '@cartage/eventsourcing';

/** A fact of the log, as far as an explanation reads it. */
export type Fact = Pick<StoredEvent, 'id' | 'type' | 'data' | 'stream' | 'version' | 'recordedAt' | 'meta'>;

interface Money {
  readonly orderId: string;
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
  readonly shipmentId?: string;
}

export interface LineShare {
  readonly lineId: string;
  readonly quantity: number;
  readonly amount: number;
}

/** One fact about the money of an order: what it did to our balance, and why. */
export interface Explained {
  readonly eventId: string;
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly paymentId: string;
  readonly shipmentId?: string;
  /** What moved it: the id of the capture, shipment (cash), refund, chargeback, authorisation or void. */
  readonly source: string;
  readonly amount: number;
  /** Above zero it came in, below it went back, zero for a promise or its end. */
  readonly effect: number;
  /** Our money of the order after it. */
  readonly balance: number;
  /** What it paid for; empty where it is for the order as a whole. They and `delivery` add up to the amount. */
  readonly lines: readonly LineShare[];
  readonly delivery: number;
  readonly cause: { readonly actor: string; readonly commandId: string; readonly correlationId: string; readonly causationId?: string };
}

/** How a fact about money is read. `sign` may hang on what came before: a chargeback that is won twice gives back once. */
interface Reading {
  readonly at: string;
  readonly source: string;
  readonly sign: (before: ReadonlyMap<string, boolean>, source: string) => -1 | 0 | 1;
}

const always = (sign: -1 | 0 | 1) => () => sign;
/** Whether the bank has the money. */
const isTaken = (before: ReadonlyMap<string, boolean>, chargebackId: string): boolean => before.get(chargebackId) ?? false;

const readings: Readonly<Record<string, Reading>> = {
  PaymentAuthorized: { at: 'authorizedAt', source: 'authorizationId', sign: always(0) },
  CodAccepted: { at: 'acceptedAt', source: 'paymentId', sign: always(0) },
  PaymentVoided: { at: 'voidedAt', source: 'voidId', sign: always(0) },
  PaymentCaptured: { at: 'capturedAt', source: 'captureId', sign: always(1) },
  CodCollected: { at: 'collectedAt', source: 'shipmentId', sign: always(1) },
  CodShort: { at: 'shortAt', source: 'shipmentId', sign: always(-1) },
  CodRemitted: { at: 'remittedAt', source: 'shipmentId', sign: always(0) },
  RefundIssued: { at: 'issuedAt', source: 'refundId', sign: always(-1) },
  RefundReturned: { at: 'returnedAt', source: 'refundId', sign: always(1) },
  ChargebackOpened: { at: 'openedAt', source: 'chargebackId', sign: (before, id) => (isTaken(before, id) ? 0 : -1) },
  ChargebackWon: { at: 'decidedAt', source: 'chargebackId', sign: (before, id) => (isTaken(before, id) ? 1 : 0) },
  ChargebackLost: { at: 'decidedAt', source: 'chargebackId', sign: (before, id) => (isTaken(before, id) ? 0 : -1) },
};

const textAt = (data: unknown, field: string): string => String(Reflect.get(Object(data), field) ?? '');

type Parts = Pick<Explained, 'lines' | 'delivery'>;
const none: Parts = { lines: [], delivery: 0 };

const linesIn = (data: unknown): readonly LineShare[] => {
  const lines: unknown = Reflect.get(Object(data), 'lines');
  return Array.isArray(lines) ? (lines as readonly LineShare[]) : [];
};

/** The lines of a charge, and what is left for the delivery. */
const chargeOf = (data: unknown): Parts => {
  const lines = linesIn(data).map(({ lineId, quantity, amount }) => ({ lineId, quantity, amount }));
  return { lines, delivery: lines.reduce((rest, { amount }) => rest - amount, (data as Money).amount) };
};

/** What this much of a charge pays for: each line its share, by the largest remainder, so that they add up. */
const partsOf = ({ lines, delivery }: Parts, amount: number): Parts => {
  const shares = sharesOf(amount, [...lines.map((line) => line.amount), delivery]);
  return { lines: lines.map((line, i) => ({ ...line, amount: shares[i] ?? 0 })), delivery: shares.at(-1) ?? 0 };
};

class Explanation {
  private readonly charges = new Map<string, Parts>();
  private readonly taken = new Map<string, boolean>();
  private balance = 0;
  readonly entries: Explained[] = [];

  read(fact: Fact): void {
    if (fact.type === 'ShipmentCharged') this.charges.set(textAt(fact.data, 'shipmentId'), chargeOf(fact.data));
    const reading = readings[fact.type];
    if (reading) this.entries.push(this.explained(fact, reading));
  }

  private explained({ id, type, data, recordedAt, meta }: Fact, { at, source: field, sign }: Reading): Explained {
    const { paymentId, amount, shipmentId } = data as Money;
    const source = textAt(data, field);
    const effect = sign(this.taken, source) * amount;
    if (field === 'chargebackId') this.taken.set(source, type !== 'ChargebackWon');
    this.balance += effect;
    return {
      ...{ eventId: id, type, at: textAt(data, at), recordedAt, paymentId, source, amount, effect, balance: this.balance },
      ...(shipmentId === undefined ? {} : { shipmentId }),
      ...this.partsFor(type, shipmentId, data as Money),
      cause: causeOf(meta),
    };
  }

  /** Money that comes in for a shipment pays for what that was charged. */
  private partsFor(type: string, shipmentId: string | undefined, money: Money): Parts {
    // What was collected after all, with no parcel, pays for nothing in particular.
    if (type === 'CodCollected') return linesIn(money).length > 0 ? chargeOf(money) : none;
    const charge = type === 'PaymentCaptured' && shipmentId !== undefined ? this.charges.get(shipmentId) : undefined;
    return charge ? partsOf(charge, money.amount) : none;
  }
}

const causeOf = ({ actor, commandId, correlationId, causationId }: Fact['meta']): Explained['cause'] => ({
  actor,
  commandId,
  correlationId,
  ...(causationId === undefined ? {} : { causationId }),
});

const inTime = (one: Fact, other: Fact): number => {
  if (one.stream === other.stream) return one.version - other.version;
  return one.recordedAt < other.recordedAt ? -1 : one.recordedAt > other.recordedAt ? 1 : 0;
};

/** Where each cent of an order came from and went to: a fold of its facts, those of the payment and of its chargebacks. */
export const explain = (facts: readonly Fact[]): readonly Explained[] => {
  const explanation = new Explanation();
  for (const fact of facts.toSorted(inTime)) explanation.read(fact);
  return explanation.entries;
};

/** The sums of an order's facts, recomputed from the log. */
export interface Recomputed {
  readonly captured: number;
  readonly collected: number;
  readonly remitted: number;
  readonly refunded: number;
  readonly voided: number;
}

const kinds = {
  captured: 'PaymentCaptured',
  collected: 'CodCollected',
  remitted: 'CodRemitted',
  refunded: 'RefundIssued',
  voided: 'PaymentVoided',
} as const satisfies Readonly<Record<keyof Recomputed, string>>;

export const recomputed = (facts: readonly Named[]): Recomputed => {
  const sum = (type: string): number =>
    facts.reduce((total, fact) => (fact.type === type ? total + (fact.data as Money).amount : total), 0);
  return {
    captured: sum(kinds.captured),
    collected: sum(kinds.collected) - sum('CodShort'),
    remitted: sum(kinds.remitted),
    refunded: sum(kinds.refunded) - sum('RefundReturned'),
    voided: sum(kinds.voided),
  };
};
export const recomputedNames = Object.keys(kinds) as readonly (keyof Recomputed)[];
