import { readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import type { StoredEvent } from '@cartage/eventsourcing';
import { overBy } from '@cartage/service-kit';

const goldenOf = (service: string, type: string): StoredEvent => ({
  ...{ type, stream: 'golden-1', version: 1, id: 'e', position: '0000000000000001', recordedAt: '2026-11-23T12:00:00.000Z' },
  data: JSON.parse(readFileSync(`services/${service}/src/domain/golden/${type}.v1.json`, 'utf8')) as unknown,
  meta: { commandId: 'c', correlationId: 'c', actor: 'golden' },
});

const ending = services.filter(({ over }) => over);

describe('what is over, and may leave the log for files', () => {
  it.each(ending.map((service) => [service.name, service] as const))(
    'is said by %s of streams that it can fold',
    (_, { aggregates = {}, over = {} }) => expect(Object.keys(aggregates)).toEqual(expect.arrayContaining(Object.keys(over))),
  );

  it.each<readonly [string, string, readonly string[], boolean]>([
    ['order', 'order', ['OrderPlaced'], false],
    ['order', 'order', ['OrderPlaced', 'OrderCancelled'], true],
    ['order', 'order', ['OrderPlaced', 'OrderCompleted'], true],
    ['shipping', 'shipment', ['ShipmentPlanned'], false],
    ['shipping', 'shipment', ['ShipmentPlanned', 'ShipmentCancelled'], true],
    ['returns', 'return', ['ReturnRequested'], false],
    ['returns', 'return', ['ReturnRequested', 'ReturnClosed'], true],
    ['payment-verification', 'payment', ['PaymentRequested'], false],
    ['payment-verification', 'payment', ['PaymentRequested', 'PaymentAbandoned'], true],
    ['payment-verification', 'chargeback', ['ChargebackOpened'], false],
    ['payment-verification', 'chargeback', ['ChargebackOpened', 'ChargebackWon'], true],
    ['fulfillment-routing', 'brokering', ['OrderBrokered'], true],
    ['fulfillment-routing', 'brokering', ['OrderBrokered', 'LinesHeld'], false],
    ['order', 'stranger', ['OrderPlaced', 'OrderCancelled'], false],
    ['order', 'order', [], false],
  ])('of %s: a stream %s with %j is over: %s', (name, word, types, isOver) => {
    const service = ending.find((each) => each.name === name);
    if (!service) throw new Error(`No stream of ${name} ends.`);
    const events = types.map((type) => goldenOf(name, type));
    expect(overBy(service)(`${word}-1`, events)).toBe(isOver);
  });
});
