import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@cartage/embedded/services';
import type { StoredEvent } from '@cartage/eventsourcing';
import { whatLeaves } from '@cartage/service-kit';

/** As a fact of this service is stored, wherever in its domain that is written down. */
const storedAs = (service: string, type: string): string => {
  const domain = `services/${service}/src/domain`;
  const found = readdirSync(domain, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(join('golden', `${type}.v1.json`)));
  if (found === undefined) throw new Error(`${service} has no fact ${type}.`);
  return readFileSync(join(domain, found), 'utf8');
};

const goldenOf = (service: string, type: string): StoredEvent => ({
  ...{ type, stream: 'golden-1', version: 1, id: 'e', position: '0000000000000001', recordedAt: '2026-11-23T12:00:00.000Z' },
  data: JSON.parse(storedAs(service, type)) as unknown,
  meta: { commandId: 'c', correlationId: 'c', actor: 'golden' },
});

const ending = services.filter(({ over }) => over);

describe('what is over, and may leave the log for files', () => {
  it.each(ending.map((service) => [service.name, service] as const))(
    'is said by %s of streams that it can fold',
    (_, { aggregates = {}, over = {} }) => {
      const rules = Object.entries(over).filter(([, rule]) => typeof rule === 'function');
      expect(Object.keys(aggregates)).toEqual(expect.arrayContaining(rules.map(([word]) => word)));
    },
  );

  it.each(services.map((service) => [service.name, service] as const))(
    'is either ended or endless of %s, and each excerpt is of a fact that it has',
    (name, { over = {}, endless = [], excerpts = {} }) => {
      expect(endless.filter((word) => Object.hasOwn(over, word))).toEqual([]);
      const golden = Object.keys(excerpts).map((type) => goldenOf(name, type));
      expect(golden.map(({ type }) => type)).toEqual(Object.keys(excerpts));
    },
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
    ['inventory', 'reservation', ['StockReserved'], false],
    ['inventory', 'cart', ['CartReserved'], false],
    ['inventory', 'cart', ['CartReserved', 'ReservationExpired'], true],
    ['inventory', 'transfer', ['TransferPlanned'], false],
    ['inventory', 'transfer', ['TransferPlanned', 'TransferCancelled'], true],
    ['inventory', 'purchase', ['PurchaseOrderChanged'], false],
    ['inventory', 'count', ['CountSheetOpened'], false],
    ['inventory', 'count', ['CountSheetOpened', 'CountSheetCancelled'], true],
    ['inventory', 'difference', ['StockDifferenceFound'], false],
    ['inventory', 'difference', ['StockDifferenceFound', 'StockDifferenceAgreed'], true],
    ['inventory', 'difference', ['StockDifferenceFound', 'OurStockAccepted'], false],
    ['inventory', 'alert', ['StockAlertRaised'], false],
    ['inventory', 'alert', ['StockAlertRaised', 'StockAlertEnded'], true],
    ['inventory', 'valuation', ['StockValued'], true],
    ['inventory', 'stock', ['StockReceived'], false],
    ['order', 'stranger', ['OrderPlaced', 'OrderCancelled'], false],
    ['order', 'order', [], false],
  ])('of %s: a stream %s with %j is over: %s', (name, word, types, isOver) => {
    const service = ending.find((each) => each.name === name);
    if (!service) throw new Error(`No stream of ${name} ends.`);
    const events = types.map((type) => goldenOf(name, type));
    expect(whatLeaves(service).isOver(`${word}-1`, events)).toBe(isOver);
  });

  it('may also be what is old of streams that never end, of which only some may be named', () => {
    const inventory = services.find(({ name }) => name === 'inventory');
    const { isEndless } = whatLeaves(inventory ?? {});
    const streams = ['stock-LDN/MUG', 'availability-MUG', 'reservation-1', 'location-LDN', 'stock'];
    expect(streams.filter(isEndless)).toEqual(['stock-LDN/MUG', 'availability-MUG']);
    expect(whatLeaves({}).isEndless('stock-LDN/MUG')).toBe(false);
  });
});
