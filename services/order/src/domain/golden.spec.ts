import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contracts } from '@cartage/contracts';
import { fold, type StoredEvent } from '@cartage/eventsourcing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { OrderEvent, OrderEventType } from './events';
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

/** Stored names are for ever: a change here must be an addition. */
const names: readonly OrderEventType[] = [
  'OrderPlaced',
  'ShortageRecorded',
  'HoldApplied',
  'ReviewRecorded',
  'HoldReleased',
  'ReservationRecorded',
  'PaymentRecorded',
  'OrderConfirmed',
  'UnfillableRecorded',
  'FulfillmentRecorded',
  'AllocationRefusalRecorded',
  'FulfillmentRejectionRecorded',
  'AllocationRecorded',
  'ShipmentProgressed',
  'PaymentProgressed',
  'OrderCompleted',
  'ReturnProgressed',
  'DeclineRecorded',
  'OrderCancelled',
];
const until = (last: OrderEventType) => fold(order, names.slice(0, names.indexOf(last) + 1).map(golden));

const translate = published as {
  readonly [type: string]: ((event: StoredEvent) => { readonly type: string; readonly data: unknown }) | undefined;
};
const ajv = addFormats(new Ajv({ strict: false }));

describe('the stored events of an order', () => {
  it('have one golden sample each, and none lost its name', () =>
    expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.v1.json`).sort()));

  it('fold for ever', () => {
    expect(until('ReturnProgressed')).toMatchObject({
      placed: { externalOrderId: 'MX-1001' },
      reservationId: '00000000-0000-4000-8000-000000000002',
      payment: { outcome: 'authorized', amount: 2134 },
      confirmedAt: '2026-11-23T10:00:05.000Z',
      money: { captured: 2134, collected: 0, refunded: 0 },
      ended: { as: 'completed' },
    });
    expect(until('ReturnProgressed')?.progress.get('1')).toEqual({
      quantity: 2,
      allocated: 2,
      packed: 0,
      shipped: 2,
      delivered: 0,
      returned: 1,
    });
    expect(until('ReturnProgressed')?.shipments.get('00000000-0000-4000-8000-000000000004')).toMatchObject({
      milestone: 'handed-over',
      carrier: 'simulated',
    });
  });

  it('tell the order’s status at every step of the way', () => {
    const statuses = (['OrderPlaced', 'HoldApplied', 'PaymentRecorded', 'ShipmentProgressed', 'OrderCompleted'] as const).map((name) => {
      const state = until(name);
      return state && statusOf(state);
    });
    // The golden hold of `stock-short` is never released in this history, and holds come before shipments.
    expect(statuses).toEqual(['placed', 'on-hold', 'on-hold', 'on-hold', 'completed']);
    expect(fold(order, ['OrderPlaced' as const, 'DeclineRecorded' as const, 'OrderCancelled' as const].map(golden))).toMatchObject({
      decline: { by: 'provider' },
      ended: { as: 'cancelled' },
    });
  });

  it.each(Object.keys(published))('%s is published as its contract says, and nothing private with it', (type) => {
    const told = translate[type]?.(stored(golden(type as OrderEventType)));
    const json = contracts.find((contract) => contract.type === told?.type)?.data.json ?? {};
    expect(ajv.validate(json, told?.data) || ajv.errors).toBe(true);
    expect(Object.keys(json['properties'] as object)).toEqual(expect.arrayContaining(Object.keys(told?.data as object)));
  });
});
