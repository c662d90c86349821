import type { LineQuantity, ShipGroup } from '@cartage/contracts';
import { specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { order, type OrderCommand } from './order';
import { everything, id, minute, occasion, orderId, placing } from './order.fixture';
import { statusOf, type PlacedOrder } from './state';
import { amongEachOther, attempted, historyFrom, stateOf, type Step } from './story.fixture';

const { given } = specFor(order);
const [lantern, mug] = everything;
const reason = { code: 'changed-mind', by: 'customer' };
const box = { key: 'c-17', box: 'bGluaw==' };

/** The lantern is shipped, and the mug is carried out of LON-1 or comes by a link. */
const soldAs = (method: 'carry-out' | 'digital', more: Partial<ShipGroup> = {}): readonly OrderEvent[] => {
  const other = { shipGroupId: '2', method, charge: 0, taxLines: [], ...more };
  const lines = placing.lines.map((line) => (line.lineId === '2' ? { ...line, shipGroupId: '2' } : line));
  return [{ type: 'OrderPlaced', data: { ...placing, lines, shipGroups: [...placing.shipGroups, other] } }];
};
const carried = soldAs('carry-out', { pickupLocation: 'LON-1' });
const digital = soldAs('digital', { personal: box });

const reserved = (...lines: readonly LineQuantity[]): Fact => ({ type: 'StockReserved', data: { ...facts.reserved.data, lines } });
const requestsIn = (events: readonly OrderEvent[]) => events.flatMap((event) => (event.type === 'HandoverRequested' ? [event.data] : []));
const booked = (handoverId: string, lines: readonly LineQuantity[] = [mug]): Fact => ({
  type: 'StockHandedOver',
  data: { orderId, handoverId, lines, handedOverAt: minute(3) },
});
const notThere = (handoverId: string): Fact => ({
  type: 'HandoverRefused',
  data: { orderId, handoverId, short: [{ ...mug, requested: 3, available: 1 }], refusedAt: minute(3) },
});
const cancelling = (lineId?: string): OrderCommand => ({
  type: 'CancelOrder',
  data: { ...occasion(id(400)), cancellationId: id(70), reason, ...(lineId === undefined ? {} : { lines: [{ lineId }] }) },
});
const resending = (shipGroupId = '2', personal = box): OrderCommand => ({
  type: 'ResendDigital',
  data: { ...occasion(id(500)), shipGroupId, personal, reason: { code: 'link-lost', by: 'customer' } },
});

const ready = [facts.reserved, facts.authorized] as const;
const asked = (begin: readonly OrderEvent[], ...steps: readonly Step[]): readonly OrderEvent[] => historyFrom(begin, [...ready, ...steps]);
const handoverOf = (events: readonly OrderEvent[]): string => requestsIn(events).at(-1)?.handoverId ?? '';
const had = (begin: readonly OrderEvent[]): readonly OrderEvent[] => historyFrom(asked(begin), [booked(handoverOf(asked(begin)))]);
const mugOf = (state: PlacedOrder) => state.progress.get('2');

describe('what a customer carries out of a store', () => {
  it('is asked of the stock of that store once it is reserved and paid for, and is never given to routing', () => {
    const events = asked(carried);
    expect(requestsIn(events)).toMatchObject([{ shipGroupId: '2', location: 'LON-1', lines: [mug] }]);
    const confirmed = events.flatMap((event) => (event.type === 'OrderConfirmed' ? [event.data] : []));
    expect(confirmed).toMatchObject([{ lines: [lantern], shipGroups: [{ shipGroupId: '1' }] }]);
  });

  it('is asked for by nobody before it is paid for, or while something holds it', () => {
    expect(requestsIn(historyFrom(carried, [facts.reserved]))).toEqual([]);
    const hold: OrderCommand = { type: 'ApplyHold', data: { ...occasion(), holdId: id(50), type: 'operator', shipGroupId: '2', reason } };
    expect(requestsIn(historyFrom(carried, [hold, ...ready]))).toEqual([]);
  });

  it('is the customer’s once it is off the books: delivered, and the order goes on with the rest', () => {
    const events = had(carried);
    expect(events.at(-1)).toMatchObject({ type: 'GoodsHandedOver', data: { method: 'carry-out', location: 'LON-1', lines: [mug] } });
    expect(mugOf(stateOf(events))).toMatchObject({ confirmed: 3, shipped: 3, delivered: 3 });
    const rest: Fact = { type: 'ShipmentDelivered', data: { ...facts.delivered.data, lines: [lantern] } };
    expect(statusOf(stateOf(historyFrom(events, [rest])))).toBe('completed');
  });

  it('is done without where the store does not have it', () => {
    const events = historyFrom(asked(carried), [notThere(handoverOf(asked(carried)))]);
    expect(events.at(-1)).toMatchObject({ type: 'LineCancelled', data: { lines: [mug], reason: { code: 'not-at-location' } } });
    expect(requestsIn(events)).toHaveLength(1);
  });

  it('waits for no stock: what the network is short of is done without at once', () => {
    const events = historyFrom(carried, [reserved(lantern), facts.short, facts.authorized]);
    expect(stateOf(events).holds).toEqual([]);
    expect(mugOf(stateOf(events))).toMatchObject({ cancelled: 3 });
  });

  it('cannot be cancelled while it goes over the counter, nor after; before that it can', () => {
    given(...asked(carried))
      .when(cancelling('2'))
      .thenRefused('UNITS_NOT_CANCELLABLE');
    given(...had(carried))
      .when(cancelling('2'))
      .thenRefused('UNITS_NOT_CANCELLABLE');
    expect(mugOf(stateOf(historyFrom(carried, [facts.reserved, cancelling('2')])))).toMatchObject({ cancelled: 3 });
  });
});

describe('what is delivered digitally', () => {
  it('is delivered at once when it is paid for, and says by what, sealed', () => {
    const events = had(digital);
    expect(requestsIn(events)).toMatchObject([{ shipGroupId: '2', lines: [mug] }]);
    expect(requestsIn(events)[0]).not.toHaveProperty('location');
    expect(events.at(-1)).toMatchObject({ type: 'GoodsHandedOver', data: { method: 'digital', personal: box } });
  });

  it('is sent again as often as somebody asks, perhaps by another link', () => {
    const another = { key: 'c-17', box: 'b3RoZXI=' };
    given(...had(digital))
      .when(resending('2', another))
      .then(expect.objectContaining({ type: 'DigitalResent' }) as OrderEvent);
    const again = stateOf(historyFrom(had(digital), [resending('2', another)]));
    expect(again.sold.shipGroups[1]?.personal).toEqual(another);
    expect(mugOf(again)).toMatchObject({ delivered: 3 });
  });

  it('is sent again only once it was delivered', () => {
    given(...asked(digital))
      .when(resending())
      .thenRefused('NOTHING_DELIVERED');
    given(...had(carried))
      .when(resending())
      .thenRefused('NOTHING_DELIVERED');
    given(...had(digital))
      .when(resending('9'))
      .thenRefused('SHIP_GROUP_UNKNOWN');
  });

  it('gets no more lines by an edit', () =>
    given(...digital)
      .when({
        type: 'EditOrder',
        data: { ...occasion(), editId: id(72), reason, add: [{ sku: 'E-BOOK', quantity: 1, unitPrice: 1, shipGroupId: '2' }] },
      })
      .thenRefused('EDIT_INVALID'));
});

describe('what nobody ships, whatever else happens', () => {
  const answers = Array.from({ length: 40 }, (_, n) => id(900 + n)).flatMap((each): readonly Step[] => [booked(each), notThere(each)]);
  const anything: readonly Step[] = [...ready, facts.short, facts.review, facts.released, facts.declined, cancelling(), cancelling('2')];

  it('is handed over once, and never more of it than is wanted', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(carried, digital),
        fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...anything) }, fc.constantFrom(...answers)), { maxLength: 30 }),
        (begin, steps) => {
          const events = attempted(steps, begin);
          const line = mugOf(stateOf(events));
          const units = events.flatMap((event) => (event.type === 'GoodsHandedOver' ? event.data.lines : []));
          expect(units.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(line?.delivered);
          expect((line?.delivered ?? 0) + (line?.cancelled ?? 0)).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 150 },
    ));

  it('ends the same, however stock, money and people come among each other', () => {
    const hold: OrderCommand = { type: 'ApplyHold', data: { ...occasion(), holdId: id(50), type: 'operator', shipGroupId: '2', reason } };
    const release: OrderCommand = { type: 'ReleaseHold', data: { ...occasion(id(600)), holdId: id(50), by: 'operator', actor: 'u' } };
    const end = (steps: readonly Step[]) => {
      const first = historyFrom(carried, steps);
      const state = stateOf(historyFrom(first, [booked(handoverOf(first))]));
      return { status: statusOf(state), lines: [...state.progress.values()].map(({ confirmed, delivered }) => [confirmed, delivered]) };
    };
    const interleaved = amongEachOther<Step>([reserved(mug), reserved(lantern)], [facts.review, facts.authorized], [hold, release]);
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 6 }), (choices) => {
        const steps = interleaved(choices);
        // Handed over before it could be held: then the hold finds nothing.
        if (requestsIn(attempted(steps.slice(0, steps.indexOf(hold)), carried)).length > 0) return;
        expect(end(steps)).toEqual({
          status: 'partially-shipped',
          lines: [
            [2, 0],
            [3, 3],
          ],
        });
      }),
      { numRuns: 100 },
    );
  });
});
