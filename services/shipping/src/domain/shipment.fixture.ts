import type { DataOf } from '@cartage/eventsourcing';
import type { Booking, ShipmentCommand } from './commands';
import type { Milestone, Plan, Scan, ShipmentEvent, ShipmentRef } from './events';

/** One shipment's way, for specs: its facts up to each step, and the commands that lead on. */
export const ref: ShipmentRef = {
  shipmentId: '5a3f0c1e-6b1d-5c58-9a57-2f0d6a1b7c01',
  orderId: '0b8a6f8e-3c1b-5d9e-8a41-7f2f3a9c1d02',
  fulfillmentId: '019a9f6e-7d1c-7b2a-9c3d-5e4f6a7b8c03',
  location: 'LEEDS',
};

export const plan: Plan = {
  ...ref,
  channel: 'web',
  lines: [
    { lineId: '1', sku: 'MUG', quantity: 3 },
    { lineId: '2', sku: 'LAMP', quantity: 1 },
  ],
  shipGroupId: '1',
  method: 'ship',
  priority: 'standard',
  destination: { country: 'GB', postalArea: 'LS1' },
  personal: { key: 'customer-1', box: 'AAAA' },
};

export const now = '2026-11-23T12:00:00.000Z';

export const tracked = [
  { parcelId: '1', trackingNumber: 'CTG1' },
  { parcelId: '2', trackingNumber: 'CTG2' },
];

export const booking: Booking = { carrier: 'simulated', service: 'standard', parcels: tracked, currency: 'GBP', cost: 420 };
export const labelId = '019a9f6e-7d1c-7b2a-9c3d-5e4f6a7b8c05';
export const refusedLabel = { code: 'postal-code-unknown', detail: 'No.', by: 'carrier' };
export const orderCancelled = { code: 'order-cancelled', by: 'customer' };

export const pack: ShipmentCommand = {
  type: 'PackShipment',
  data: {
    now,
    parcels: [
      { weightGrams: 900, lines: [{ lineId: '1', quantity: 2 }] },
      {
        weightGrams: 800,
        lines: [
          { lineId: '1', quantity: 1 },
          { lineId: '2', quantity: 1 },
        ],
      },
    ],
  },
};

export const parcels: DataOf<ShipmentEvent, 'ShipmentPacked'>['parcels'] = [
  { parcelId: '1', weightGrams: 900, lines: [{ lineId: '1', sku: 'MUG', quantity: 2 }] },
  {
    parcelId: '2',
    weightGrams: 800,
    lines: [
      { lineId: '1', sku: 'MUG', quantity: 1 },
      { lineId: '2', sku: 'LAMP', quantity: 1 },
    ],
  },
];

/** What each of the two parcels holds, with its number. */
export const contents = tracked.map((parcel, n) => ({ ...parcel, lines: parcels[n]?.lines ?? [] }));
/** As it is told of a label: a booking, with what is in each parcel. */
export const bought = { ...booking, parcels: contents };

export const facts = {
  planned: { type: 'ShipmentPlanned', data: { ...plan, plannedAt: now } },
  packed: { type: 'ShipmentPacked', data: { ...ref, lines: plan.lines, parcels, packedAt: now } },
  requested: {
    type: 'LabelRequested',
    data: { ...ref, labelId, carrier: 'simulated', service: 'standard', requestedAt: now },
  },
  labelDelayed: {
    type: 'LabelDelayed',
    data: { ...ref, labelId, carrier: 'simulated', service: 'standard', reason: { code: 'carrier-silent', by: 'carrier' }, delayedAt: now },
  },
  labelVoided: { type: 'LabelVoided', data: { ...ref, labelId, carrier: 'simulated', voidedAt: now } },
  boughtLabelVoided: {
    type: 'LabelVoided',
    data: { ...ref, labelId, carrier: 'simulated', cost: booking.cost, currency: booking.currency, voidedAt: now },
  },
  labelled: { type: 'LabelPurchased', data: { ...ref, labelId, ...bought, trackingToken: 'token', purchasedAt: now } },
  labelFailed: { type: 'LabelFailed', data: { ...ref, labelId, carrier: 'simulated', reason: refusedLabel, failedAt: now } },
  dispatched: {
    type: 'ShipmentDispatched',
    data: { ...ref, carrier: 'simulated', parcels: contents, lines: plan.lines, trackingToken: 'token', dispatchedAt: now },
  },
  cancelled: {
    type: 'ShipmentCancelled',
    data: { ...ref, lines: plan.lines, reason: orderCancelled, cancelledAt: now },
  },
} as const satisfies Record<string, ShipmentEvent>;

export const toPack: readonly ShipmentEvent[] = [facts.planned];
export const packed: readonly ShipmentEvent[] = [...toPack, facts.packed];
export const requested: readonly ShipmentEvent[] = [...packed, facts.requested];
export const labelled: readonly ShipmentEvent[] = [...requested, facts.labelled];
export const dispatched: readonly ShipmentEvent[] = [...labelled, facts.dispatched];

/** The scan of one hour of the carrier's day; its id follows from the milestone and the hour. */
export const scanAt = (milestone: Milestone, hour: number): Scan & { readonly place: string } => ({
  eventId: `${milestone}@${hour}`,
  milestone,
  place: 'Leeds hub',
  occurredAt: `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`,
});

export const recordScan = (milestone: Milestone, hour: number, trackingNumber = 'CTG1'): ShipmentCommand => ({
  type: 'RecordScan',
  data: { trackingNumber, scan: scanAt(milestone, hour), now },
});

export const cancel: ShipmentCommand = {
  type: 'CancelShipment',
  data: { shipment: { ...ref, lines: plan.lines }, reason: orderCancelled, now },
};

export const hold = (holdId: string, type = 'fraud') => ({
  ...{ holdId, type, reason: { code: 'looks-odd', detail: 'Card and address differ.', by: 'operator' }, heldAt: now },
});
export const holdOf = (holdId: string): ShipmentCommand => ({ type: 'HoldShipment', data: { shipment: ref, hold: hold(holdId) } });

/** To another address; the box says when. */
export const newAddress = (changedAt: string) => ({
  ...{ shipmentId: ref.shipmentId, changedAt },
  destination: { country: 'FR' },
  personal: { key: 'customer-1', box: changedAt },
});
export const changeTo = (changedAt: string): ShipmentCommand => ({
  type: 'ChangeDestination',
  data: { change: { ...newAddress(changedAt), reason: { code: 'address', by: 'customer' } }, now },
});
