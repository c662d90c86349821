import type { DataOf, StoredEvent } from '@cartage/eventsourcing';
import type { OrderEvent } from '../domain/events';
import type { LineStatus, LineStep } from '../domain/lines';

export interface ToldLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly status?: LineStatus;
}

/** What an event says to a person who follows the order. */
export interface Told {
  /** Of the vocabulary: `placed`, `allocated`, `packed`, `in-transit`, `delivered`, `return-received` … */
  readonly step: string;
  /** When it happened, by the clock of whoever told it. */
  readonly at: string;
  readonly detail?: string;
  readonly location?: string;
  readonly fulfillmentId?: string;
  readonly shipmentId?: string;
  readonly returnId?: string;
  /** The lines that it concerns; absent: the whole order, or all that is in the shipment. */
  readonly lines?: readonly ToldLine[];
}

type Tell = { readonly [Type in OrderEvent['type']]: (data: DataOf<OrderEvent, Type>) => Told };

const stepped = (steps: readonly LineStep[] | undefined): { readonly lines?: readonly ToldLine[] } =>
  steps ? { lines: steps.map(({ lineId, quantity, status }) => ({ lineId, quantity, ...(status === undefined ? {} : { status }) })) } : {};

const units = (lines: readonly ToldLine[]): readonly ToldLine[] => lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
const said = (...texts: readonly (string | undefined)[]): { readonly detail?: string } => {
  const there = texts.filter((text) => text !== undefined);
  return there.length > 0 ? { detail: there.join(' ') } : {};
};
const money = (amount: number, currency: string): string => `${amount} ${currency} (minor units)`;
const verdictOf = ({ score, rules }: { readonly score: number; readonly rules: string }): string => `score ${score} by rules ${rules}`;

const tell: Tell = {
  OrderPlaced: ({ placedAt, channel, externalOrderId }) => ({ step: 'placed', at: placedAt, ...said(channel, externalOrderId) }),
  ReservationRecorded: ({ at }) => ({ step: 'reserved', at }),
  ShortageRecorded: ({ at, short }) => ({
    step: 'stock-short',
    at,
    lines: short.map(({ lineId, requested }) => ({ lineId, quantity: requested })),
  }),
  PaymentRecorded: ({ at, outcome, verdict }) => ({ step: 'verified', at, ...said(`${outcome}, ${verdictOf(verdict)}`) }),
  ReviewRecorded: ({ at, verdict }) => ({ step: 'under-review', at, ...said(verdictOf(verdict)) }),
  DeclineRecorded: ({ at, by, reason }) => ({ step: 'payment-declined', at, ...said(`by ${by}: ${reason}`) }),
  OrderConfirmed: ({ confirmedAt }) => ({ step: 'confirmed', at: confirmedAt }),
  HoldApplied: ({ appliedAt, hold, reason }) => ({ step: 'on-hold', at: appliedAt, ...said(`${hold}: ${reason}`) }),
  HoldReleased: ({ releasedAt, hold }) => ({ step: 'hold-released', at: releasedAt, ...said(hold) }),
  FulfillmentRecorded: ({ at, fulfillmentId, location, lines }) => ({ step: 'brokered', at, fulfillmentId, location, lines: units(lines) }),
  FulfillmentRejectionRecorded: ({ at, fulfillmentId, location, reason, steps }) => ({
    step: 'fulfillment-rejected',
    at,
    fulfillmentId,
    location,
    ...said(reason),
    ...stepped(steps),
  }),
  UnfillableRecorded: ({ at, reason, lines }) => ({
    step: 'unfillable',
    at,
    ...said(reason),
    lines: lines.map(({ lineId, requested }) => ({ lineId, quantity: requested })),
  }),
  AllocationRecorded: ({ at, fulfillmentId, location, steps }) => ({ step: 'allocated', at, fulfillmentId, location, ...stepped(steps) }),
  AllocationRefusalRecorded: ({ at, fulfillmentId, location, short }) => ({
    step: 'allocation-refused',
    at,
    fulfillmentId,
    location,
    lines: short.map(({ lineId, requested }) => ({ lineId, quantity: requested })),
  }),
  ShipmentProgressed: ({ at, milestone, shipmentId, fulfillmentId, location, carrier, trackingNumber, place, reason, steps }) => ({
    step: milestone,
    at,
    shipmentId,
    fulfillmentId,
    location,
    ...said(carrier, trackingNumber, place, reason),
    ...stepped(steps),
  }),
  PaymentProgressed: ({ at, step, amount, currency, shipmentId, returnId, lineId, reason }) => ({
    step,
    at,
    ...said(money(amount, currency), reason, shipmentId && `for shipment ${shipmentId}`, lineId && `for line ${lineId}`),
    ...(returnId === undefined ? {} : { returnId }),
  }),
  ReturnProgressed: ({ at, step, returnId, location, reason, grade, disposition, steps }) => ({
    step: `return-${step}`,
    at,
    returnId,
    ...(location === undefined ? {} : { location }),
    ...said(grade && `grade ${grade}`, disposition, reason),
    ...stepped(steps),
  }),
  OrderCancelled: ({ cancelledAt, reason }) => ({ step: 'cancelled', at: cancelledAt, ...said(reason) }),
  OrderCompleted: ({ completedAt }) => ({ step: 'completed', at: completedAt }),
};

/** Every type of event that an order's history is made of. */
export const eventTypes = Object.keys(tell) as readonly OrderEvent['type'][];

export const told = ({ type, data }: StoredEvent<OrderEvent>): Told => (tell[type] as (data: unknown) => Told)(data);
