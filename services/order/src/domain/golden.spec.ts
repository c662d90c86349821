import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contracts, Topics, type JsonSchema } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { OrderEvent, OrderEventType } from './events';
import { factContracts } from './facts';
import { order } from './order';
import { published } from './published';
import { statusOf } from './state';

const folder = join(__dirname, 'golden');
const golden = (type: OrderEventType): OrderEvent =>
  ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown }) as OrderEvent;
const stored = (event: OrderEvent): StoredEvent<OrderEvent> => ({
  ...event,
  id: 'e',
  stream: 'order-o',
  version: 1,
  position: '1',
  recordedAt: '2026-11-23T12:00:00.000Z',
  meta: { commandId: 'c', correlationId: 'c', actor: 'spec', sequence: 1 },
});
const folded = (...types: readonly OrderEventType[]) => fold(order, types.map(golden));

/** Stored names are for ever: what stands here stays, whatever is added. */
const names: readonly OrderEventType[] = [
  ...(['OrderPlaced', 'OrderImported', 'OrderConfirmed', 'HoldApplied', 'HoldReleased', 'OrderCancelled', 'OrderCompleted'] as const),
  ...(['CancellationRequested', 'OrderCancellationRefused', 'LineCancelled'] as const),
  ...(['ShortageResolved', 'LostParcelsResolved', 'PaymentAdded', 'OrderEdited', 'DestinationChanged'] as const),
  ...(['ChannelRefunded', 'ChannelReturnOpened', 'ChannelReturnEnded'] as const),
  ...(['HandoverRequested', 'StockHandedOver', 'HandoverRefused', 'GoodsHandedOver', 'DigitalResent'] as const),
  ...(['PromiseMade', 'PromiseMoved', 'DeadlineAtRisk', 'DeadlineMissed'] as const),
  ...(['PayLinkUsed', 'PaymentPending', 'AuthorizationExpired', 'AmountDueChanged', 'VoidFailed'] as const),
  ...(['ChargebackOpened', 'ChargebackWon', 'ChargebackLost', 'DestinationChangeRefused'] as const),
  ...([
    'StockBackordered',
    'BackorderMoved',
    'StockReserved',
    'StockShort',
    'StockReleased',
    'StockAllocated',
    'AllocationRefused',
  ] as const),
  ...([
    'PaymentAuthorized',
    'CodAccepted',
    'ReviewRequired',
    'PaymentDeclined',
    'PaymentCaptured',
    'CaptureFailed',
    'CodCollected',
  ] as const),
  ...(['CodRemitted', 'PaymentVoided', 'RefundIssued', 'CreditReturned', 'RefundFailed'] as const),
  ...(['FulfillmentRejected', 'FulfillmentUnfillable', 'FulfillmentCancelled', 'FulfillmentCancellationRefused'] as const),
  ...([
    'ShipmentPicked',
    'FulfillmentPickedShort',
    'ShipmentPacked',
    'LabelFailed',
    'ShipmentDispatched',
    'ShipmentInTransit',
    'ShipmentOutForDelivery',
    'DeliveryAttemptFailed',
  ] as const),
  ...([
    'ShipmentException',
    'ShipmentDelivered',
    'RtoInitiated',
    'RtoInTransit',
    'RtoReceived',
    'ShipmentCancelled',
    'ParcelLost',
    'ParcelFound',
  ] as const),
  ...([
    'ArrivedAtStore',
    'ReadyForPickup',
    'PickupExtended',
    'HandedOver',
    'PickupExpired',
    'ReturnRequested',
    'ReturnAuthorized',
    'ReturnDeclined',
    'ReturnReceived',
    'ItemGraded',
    'ReturnExpired',
    'ReturnCancelled',
    'ReturnClosed',
    'ExchangeRequested',
    'ExchangeSettled',
    'ExchangeOverdue',
  ] as const),
];

const comesToNothing: ReadonlySet<OrderEventType> = new Set([
  ...(['OrderCancelled', 'FulfillmentRejected', 'ShipmentCancelled', 'StockReleased'] as const),
  ...(['CancellationRequested', 'OrderCancellationRefused', 'LineCancelled'] as const),
  ...(['FulfillmentCancelled', 'FulfillmentCancellationRefused', 'OrderEdited'] as const),
  ...(['HandedOver', 'PickupExpired'] as const),
  ...(['HandoverRequested', 'StockHandedOver', 'HandoverRefused', 'GoodsHandedOver', 'DigitalResent'] as const),
  'CreditReturned',
]);

const translate = published as {
  readonly [type: string]: ((event: StoredEvent) => { readonly type: string; readonly data: unknown }) | undefined;
};
const ajv = addFormats(new Ajv({ strict: false }));
const schemaOf = (type: string): JsonSchema => contracts.find((contract) => contract.type === type)?.data.json ?? {};
const faultsIn = (type: string, data: unknown): unknown => (ajv.validate(schemaOf(type), data) ? [] : ajv.errors);

describe('the stored events of an order', () => {
  it('have one golden sample each, and none lost its name', () =>
    expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.v1.json`).sort()));

  it('fold for ever', () => {
    const smooth = folded('OrderPlaced', 'StockReserved', 'PaymentAuthorized', 'OrderConfirmed', 'StockAllocated', 'ShipmentPacked');
    expect(smooth && statusOf(smooth)).toBe('in-fulfillment');
    const end = folded(...names.filter((name) => !comesToNothing.has(name)));
    expect(end).toMatchObject({
      placed: { externalOrderId: 'MX-1001' },
      confirmedAt: '2026-11-23T10:00:05.000Z',
      holds: [],
      money: { captured: 2134, collected: 2134, refunded: 407 },
      ended: { as: 'completed' },
    });
    expect(end?.progress.get('1')).toEqual({
      ...{ quantity: 2, cancelled: 0, reserved: 2, confirmed: 2, allocated: 2 },
      ...{ packed: 2, shipped: 2, delivered: 2, returned: 1 },
    });
    expect([...(end?.shipments.values() ?? [])]).toMatchObject([{ milestone: 'returned', carrier: 'simulated' }]);
    const held = folded('OrderPlaced', 'StockShort', 'HoldApplied');
    expect(held && statusOf(held)).toBe('on-hold');
    const cancelled = folded('OrderPlaced', 'PaymentDeclined', 'OrderCancelled');
    expect(cancelled && statusOf(cancelled)).toBe('cancelled');
    const rejected = folded('OrderPlaced', 'StockAllocated', 'ShipmentPacked', 'ShipmentCancelled', 'FulfillmentRejected');
    expect(rejected?.progress.get('2')).toMatchObject({ allocated: 0, packed: 0 });
  });

  it('fold for ever: what comes to nothing', () => {
    const asked = folded(
      'OrderPlaced',
      'StockReserved',
      'OrderConfirmed',
      'CancellationRequested',
      'FulfillmentCancelled',
      'LineCancelled',
    );
    expect(asked?.progress.get('1')).toMatchObject({ quantity: 2, cancelled: 1, confirmed: 1 });
    const late = folded('OrderPlaced', 'CancellationRequested', 'FulfillmentCancellationRefused', 'OrderCancellationRefused');
    expect([...(late?.cancellations.values() ?? [])]).toMatchObject([{ closed: true, refused: new Map([['1', 1]]) }]);
    expect(folded('OrderPlaced', 'OrderEdited', 'DestinationChanged')).toMatchObject({ version: 2, sold: { priority: 'expedited' } });
    expect(folded('OrderPlaced', 'StockReserved', 'StockReleased')?.progress.get('1')).toMatchObject({ reserved: 1 });
  });

  it('fold for ever: what nobody ships', () => {
    const had = folded('OrderPlaced', 'StockReserved', 'HandoverRequested', 'StockHandedOver', 'GoodsHandedOver', 'DigitalResent');
    expect(had?.progress.get('1')).toMatchObject({ reserved: 2, confirmed: 2, shipped: 2, delivered: 2 });
    expect(had?.sold.shipGroups[0]).toMatchObject({ personal: { box: 'cmVzZW50' } });
    const refused = folded('OrderPlaced', 'StockReserved', 'HandoverRequested', 'HandoverRefused');
    expect([...(refused?.handovers.values() ?? [])]).toMatchObject([{ standing: 'refused', short: [{ available: 1 }] }]);
  });

  it.each(names)('%s is as its contract says, and nothing private is told with it', (type) => {
    const event = translate[type]?.(stored(golden(type))) ?? golden(type);
    expect(faultsIn(type, event.data)).toEqual([]);
    expect(Object.keys(schemaOf(type)['properties'] as object)).toEqual(expect.arrayContaining(Object.keys(event.data as object)));
  });

  it('are either decided here and published, or facts of others, which are never published again', () => {
    const decisions = contracts
      .filter(({ topic, subjects }) => topic === Topics.order && subjects.includes('order'))
      .map(({ type }) => type);
    // That a person is to be forgotten is about no order.
    expect(Object.keys(published).sort()).toEqual([...decisions, 'PersonErasureRequested'].sort());
    expect(factContracts.filter(({ topic }) => topic === Topics.order)).toEqual([]);
    expect([...decisions, ...factContracts.map(({ type }) => type)].sort()).toEqual([...names].sort());
  });
});
