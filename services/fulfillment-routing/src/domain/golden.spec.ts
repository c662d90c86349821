import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contracts } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { BrokeringEvent, EventData } from './events';
import { decideAgain } from './deciding';
import { orderBrokering } from './order-brokering';
import { published } from './published';

type EventType = BrokeringEvent['type'];
const folder = join(__dirname, 'golden');
const dataOf = <Type extends EventType>(type: Type): EventData<Type> =>
  JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as EventData<Type>;
const golden = (type: EventType): BrokeringEvent => ({ type, data: dataOf(type) }) as BrokeringEvent;

/** Stored names are for ever: a change here must be an addition. */
const names: readonly EventType[] = [
  'AllocationRefused',
  'AllocationReleased',
  'ArrivedAtStore',
  'CancellationRefused',
  'CancellationRequested',
  'CancelledUnitsConfirmed',
  'FulfillmentAccepted',
  'FulfillmentBrokered',
  'FulfillmentCancellationRefused',
  'FulfillmentCancellationRequested',
  'FulfillmentCancelled',
  'FulfillmentHeld',
  'FulfillmentNotAccepted',
  'FulfillmentPickedShort',
  'FulfillmentRejected',
  'FulfillmentRejectionRequested',
  'FulfillmentReleased',
  'FulfillmentUnfillable',
  'HandedOver',
  'HoldApplied',
  'HoldReleased',
  'LinesHeld',
  'LinesUnreserved',
  'OrderBrokered',
  'OrderCancelled',
  'PickupCodeRefused',
  'PickupExpired',
  'PickupExtended',
  'PickupReminderDue',
  'ReadyForPickup',
  'ShipGroupChanged',
  'ShipmentCancelled',
  'ShipmentPicked',
];

const stored = (event: BrokeringEvent): StoredEvent<never> =>
  ({
    ...event,
    id: 'e',
    stream: 'brokering-o',
    version: 1,
    position: '1',
    recordedAt: '2026-11-23T10:00:00.000Z',
    meta: { commandId: 'c', correlationId: 'c', actor: 'spec', sequence: 1 },
  }) as StoredEvent<never>;

/** What is said of rules is another stream's. */
type PublishedType = Extract<keyof typeof published, EventType>;
const publishedTypes = Object.keys(published).filter((type): type is PublishedType => type !== 'RulesActivated');

const publishedOf = (type: PublishedType) => {
  const publicly = published[type]?.(stored(golden(type)));
  const contract = contracts.find((one) => one.type === publicly?.type);
  if (!publicly || !contract) throw new Error(`${type} is not published.`);
  return { json: contract.data.json, data: publicly.data };
};

const ajv = addFormats(new Ajv({ strict: false }));

describe('the stored events of brokering', () => {
  it('have one golden sample each, and none lost its name', () =>
    expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.v1.json`)));

  it.each([
    ['FulfillmentRejectionRequested', 'rejecting'],
    ['FulfillmentRejected', 'rejected'],
    ['FulfillmentPickedShort', 'brokered'],
    ['ShipmentPicked', 'brokered'],
    ['AllocationRefused', 'refused'],
    ['CancellationRefused', 'closed'],
    ['ShipmentCancelled', 'brokered'],
    ['FulfillmentCancellationRequested', 'cancelling'],
    ['FulfillmentCancelled', 'cancelled'],
    ['FulfillmentCancellationRefused', 'brokered'],
  ] as const)('fold for ever: %s makes a fulfilment %s', (type, status) => {
    const { fulfillmentId = '' } = dataOf(type);
    const sent: BrokeringEvent = { type: 'FulfillmentBrokered', data: { ...dataOf('FulfillmentBrokered'), fulfillmentId } };
    const past = [golden('OrderBrokered'), sent, golden('FulfillmentUnfillable'), golden(type), golden('OrderCancelled')];
    const state = fold(orderBrokering, past);
    expect(state).toMatchObject({ orderId: sent.data.orderId, priority: 'standard', unfilled: [], closed: 'cancelled: payment-declined' });
    expect(state?.fulfillments.get(fulfillmentId)).toMatchObject({ status, location: 'LDN-1', attempt: 1 });
  });

  it('fold for ever: what was cancelled before it was confirmed is remembered until then', () => {
    const { fulfillmentId: _, ...early } = dataOf('FulfillmentCancelled');
    const past: readonly BrokeringEvent[] = [golden('CancellationRequested'), { type: 'FulfillmentCancelled', data: early }];
    const state = fold(orderBrokering, past);
    expect(state?.cancellations).toEqual(new Set([early.cancellationId]));
    expect(state?.cancelledEarly).toEqual(early.lines);
    expect(fold(orderBrokering, [...past, golden('CancelledUnitsConfirmed')])?.cancelledEarly).toEqual([]);
  });

  it('fold for ever: what was lost of a fulfilment, and what waits for a reservation', () => {
    const state = fold(orderBrokering, [
      golden('OrderBrokered'),
      golden('FulfillmentBrokered'),
      golden('AllocationReleased'),
      golden('LinesUnreserved'),
    ]);
    const { fulfillmentId, lines } = dataOf('AllocationReleased');
    expect(state?.fulfillments.get(fulfillmentId)?.lost).toEqual(lines);
    expect(state?.unfilled).toEqual([{ ...dataOf('LinesUnreserved').lines[0], shipGroupId: '1', unreserved: true }]);
  });

  it('fold for ever: what is held, by the order or by a location', () => {
    const past = [
      golden('OrderBrokered'),
      golden('FulfillmentBrokered'),
      golden('HoldApplied'),
      golden('LinesHeld'),
      golden('FulfillmentHeld'),
    ];
    const state = fold(orderBrokering, past);
    const { holdId, lines, shipGroupId } = dataOf('HoldApplied');
    expect(state?.holds.get(holdId)).toEqual({ holdId, lines, shipGroupId });
    expect(state?.held).toMatchObject([{ lineId: '1', quantity: 1, shipGroupId: '1', attempt: 1 }]);
    expect(state?.fulfillments.get(dataOf('FulfillmentHeld').fulfillmentId)).toMatchObject({ hold: { reason: { code: 'stocktaking' } } });
    const after = fold(orderBrokering, [...past, golden('HoldReleased'), golden('FulfillmentReleased'), golden('ShipGroupChanged')]);
    expect(after?.holds.size).toBe(0);
    expect(after?.fulfillments.get(dataOf('FulfillmentHeld').fulfillmentId)).not.toHaveProperty('hold');
    expect(after?.shipGroups.get('1')).toEqual(dataOf('ShipGroupChanged').shipGroup);
  });

  it('fold for ever: until when it is to be accepted, and what became of that', () => {
    const past = [golden('OrderBrokered'), golden('FulfillmentBrokered'), golden('FulfillmentNotAccepted'), golden('FulfillmentAccepted')];
    const { fulfillmentId, acceptedAt } = dataOf('FulfillmentAccepted');
    const { notedAt: notAcceptedAt } = dataOf('FulfillmentNotAccepted');
    const { acceptBy } = dataOf('FulfillmentBrokered');
    expect(fold(orderBrokering, past)?.fulfillments.get(fulfillmentId)).toMatchObject({ acceptBy, acceptedAt, notAcceptedAt });
  });

  it('fold for ever: what waits at a counter, and who fetched it', () => {
    const past = [golden('OrderBrokered'), golden('FulfillmentBrokered'), golden('ReadyForPickup'), golden('PickupCodeRefused')];
    const { fulfillmentId, handedOverAt, declined } = dataOf('HandedOver');
    const waiting = fold(orderBrokering, [...past, golden('PickupExtended'), golden('PickupReminderDue')]);
    const { remindedAt } = dataOf('PickupReminderDue');
    expect(waiting?.fulfillments.get(fulfillmentId)?.pickup).toMatchObject({ wrongCodes: 1, remindedAt, place: { name: 'Covent Garden' } });
    const fetched = fold(orderBrokering, [...past, golden('HandedOver')]);
    expect(fetched?.fulfillments.get(fulfillmentId)).toMatchObject({ status: 'closed', pickup: { handedOverAt, declined } });
    expect(fetched?.unfilled).toEqual([{ ...declined[0], shipGroupId: '1' }]);
    const { expiredAt } = dataOf('PickupExpired');
    expect(fold(orderBrokering, [...past, golden('PickupExpired')])?.fulfillments.get(fulfillmentId)?.pickup).toMatchObject({ expiredAt });
  });

  it('hold a decision that can be made again for ever', () => {
    const record = dataOf('OrderBrokered');
    const { candidates, assignments } = decideAgain(record);
    expect(candidates).toEqual(record.candidates);
    expect(assignments).toEqual(record.assignments.map(({ fulfillmentId: _, ...each }) => each));
  });

  it.each(publishedTypes)('%s is published as its contract says, and nothing private with it', (type) => {
    const { json, data } = publishedOf(type);
    expect(ajv.validate(json, data) || ajv.errors).toBe(true);
    expect(Object.keys(json['properties'] as object)).toEqual(expect.arrayContaining(Object.keys(data)));
  });
});
