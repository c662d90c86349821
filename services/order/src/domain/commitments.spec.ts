import { fold } from '@cartage/eventsourcing';
import { promisesSold } from './commitments';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { order, type OrderCommand } from './order';
import { id, orderId, placing } from './order.fixture';
import { asSold, book, ends, entries, promiseOccasion, sold } from './promising.fixture';
import { emptyBook, promiseBook } from './promising/promise-book';
import { backorderedTo, backorderMovedTo } from './trouble.fixture';

const reason = { code: 'asked', by: 'customer' } as const;
const policy = 'standard@1';

/** What happens, when by the clock here. */
type Step = readonly [at: string, step: Fact | ((occasion: ReturnType<typeof promiseOccasion>) => OrderCommand)];

const historyOf = (...steps: readonly Step[]): readonly OrderEvent[] =>
  steps.reduce<readonly OrderEvent[]>((events, [at, step], n) => {
    const occasion = promiseOccasion(id(900 + 10 * n), at);
    const command: OrderCommand = typeof step === 'function' ? step(occasion) : { type: 'RecordFact', data: { fact: step, ...occasion } };
    return [...events, ...order.decide(command, fold(order, events))];
  }, sold);

const movesOf = (...steps: readonly Step[]) => historyOf(...steps).flatMap((event) => (event.type === 'PromiseMoved' ? [event.data] : []));
const datesAfter = (...steps: readonly Step[]) => {
  const group = fold(order, historyOf(...steps))?.sold.shipGroups[0];
  return { shipBy: group?.shipBy, deliverBy: group?.deliverBy };
};

const monday = '2026-11-23T10:00:00.000Z';
const tuesday = '2026-11-24T10:00:00.000Z';
const wednesday = '2026-11-25T15:00:00.000Z';

const held =
  (more: object = {}): Step[1] =>
  (occasion) => ({
    type: 'ApplyHold',
    data: { ...occasion, holdId: id(70), type: 'operator', reason, ...more },
  });
const released: Step[1] = (occasion) => ({ type: 'ReleaseHold', data: { ...occasion, holdId: id(70), by: 'operator', actor: 'anna' } });
const goesTo =
  (country: string): Step[1] =>
  (occasion) => ({
    type: 'RedirectOrder',
    data: { ...occasion, shipGroupId: '1', destination: { country }, personal: { key: 'k', box: '' }, reason },
  });
const goesBy =
  (service: string, more: object = {}): Step[1] =>
  (occasion) => ({ type: 'EditOrder', data: { ...occasion, editId: id(60), delivery: [{ service, ...more }], reason } });
const shipsFrom = (location: string, fulfillment = 3): Fact => ({
  type: 'StockAllocated',
  data: { ...facts.allocated.data, fulfillmentId: id(fulfillment), location },
});

describe('an order that is sold under a promise policy', () => {
  it('is promised its days in the same breath, and remembers under which version', () =>
    expect(sold).toEqual([
      { type: 'OrderPlaced', data: { ...placing, policies: { ...placing.policies, promise: policy } } },
      {
        type: 'PromiseMade',
        data: {
          ...{ orderId, shipGroupId: '1', ...asSold, promisedAt: placing.placedAt },
          basis: { policy, cutOff: '2026-11-23T14:00:00.000Z', processingDays: 1, transitDays: 2 },
        },
      },
    ]));

  it('is promised nothing else where the channel has promised something, where no policy speaks of it, and where nothing is sent', () => {
    const [group] = placing.shipGroups;
    const promisedOf = (more: object) => promisesSold(book, { ...placing, shipGroups: group ? [{ ...group, ...more }] : [] }, monday);
    expect(promisedOf({})).toHaveLength(1);
    expect(promisedOf({ deliverBy: ends('2026-11-30') })).toEqual([]);
    expect(promisedOf({ service: 'slow' })).toEqual([]);
    expect(promisedOf({ method: 'pickup' })).toEqual([]);
    expect(promisesSold(emptyBook, placing, monday)).toEqual([]);
  });

  it('is promised what can be kept when it comes in too late for its own time', () =>
    expect(promisesSold(book, placing, '2026-11-30T10:00:00.000Z')).toMatchObject([
      { shipBy: ends('2026-12-01'), deliverBy: ends('2026-12-03') },
    ]));
});

describe('what was learned of carriers when it was sold', () => {
  const [standard] = entries.policies;
  const learning = standard ? [{ ...standard, terms: { ...standard.terms, learned: { percent: 90, decides: true } } }] : [];
  const bookOf = (days: number) =>
    promiseBook(
      { ...entries, policies: learning },
      { quote: () => ({ days, method: 'learned by lane', version: '1', model: '1', level: 'lane', deliveries: 50, share: 0.9 }) },
    );
  const soldBy = (days: number): readonly OrderEvent[] => {
    const data = { order: placing, promises: promisesSold(bookOf(days), placing, placing.placedAt), now: placing.placedAt };
    return order.decide({ type: 'PlaceOrder', data }, undefined);
  };
  const afterwards = (days: number, fact: Fact) => {
    const data = { fact, ...promiseOccasion(id(900), monday), promises: bookOf(days) };
    return order
      .decide({ type: 'RecordFact', data }, fold(order, soldBy(3)))
      .flatMap((each) => (each.type === 'PromiseMoved' ? [each.data] : []));
  };

  it('holds for the order, though more is learned later', () => {
    expect(soldBy(3)).toMatchObject([{}, { data: { deliverBy: ends('2026-11-27'), basis: { transit: { learned: { days: 3 } } } } }]);
    expect(afterwards(9, shipsFrom('LON-1'))).toEqual([]);
    expect(afterwards(9, shipsFrom('CLOSED-1'))).toMatchObject([
      { deliverBy: ends('2026-12-01'), basis: { transit: { learned: { days: 3 } } } },
    ]);
  });

  it('is kept with the order, to be shown', () =>
    expect(fold(order, soldBy(3))?.commitments.get('1')?.transit).toMatchObject({ decidedBy: 'learned', learned: { deliveries: 50 } }));
});

describe('a promise that', () => {
  it('waits for a hold moves when that is released late, and not when it is released in time', () => {
    expect(movesOf([monday, held()], ['2026-11-23T13:00:00.000Z', released])).toEqual([]);
    expect(movesOf([monday, held()], [wednesday, released])).toEqual([
      {
        ...{ orderId, shipGroupId: '1', shipBy: ends('2026-11-27'), deliverBy: ends('2026-12-01'), before: asSold, movedAt: wednesday },
        reason: { code: 'hold', detail: `It goes on since ${wednesday}.`, by: 'system' },
        basis: { policy, cutOff: '2026-11-26T14:00:00.000Z', processingDays: 1, transitDays: 2 },
      },
    ]);
    expect(movesOf([monday, held({ lines: [{ lineId: '1' }] })], [wednesday, released])).toHaveLength(1);
    expect(movesOf([monday, held({ shipGroupId: '1' })], [wednesday, released])).toHaveLength(1);
  });

  it('waits for goods moves with their date, back no further than what was sold, and ends where nobody knows', () => {
    const short: Step = [monday, facts.short];
    const late: Step = [monday, backorderedTo('2026-11-27T09:00:00.000Z')];
    expect(movesOf(short, late)).toMatchObject([
      { shipBy: ends('2026-11-30'), deliverBy: ends('2026-12-02'), reason: { code: 'backorder' }, basis: { policy } },
    ]);
    expect(datesAfter(short, late, [monday, backorderMovedTo('2026-11-25T09:00:00.000Z')])).toEqual({
      shipBy: ends('2026-11-26'),
      deliverBy: ends('2026-11-30'),
    });
    expect(datesAfter(short, late, [monday, backorderMovedTo('2026-11-23T09:00:00.000Z')])).toEqual(asSold);
    expect(movesOf(short, late, [monday, backorderMovedTo('2026-11-27T13:00:00.000Z')])).toHaveLength(1);
    expect(datesAfter(short, late, [monday, backorderMovedTo(undefined)])).toEqual({ shipBy: undefined, deliverBy: undefined });
  });

  it('ended because nobody knew is made again once the goods are there', () => {
    const steps: readonly Step[] = [
      [monday, facts.short],
      [monday, backorderedTo('2026-11-27T09:00:00.000Z')],
      [monday, backorderMovedTo(undefined)],
      ['2026-12-07T10:00:00.000Z', facts.reserved],
    ];
    expect(movesOf(...steps).at(-1)).toMatchObject({ shipBy: ends('2026-12-08'), deliverBy: ends('2026-12-10'), before: {} });
    expect(movesOf(...steps)).toHaveLength(3);
  });

  it('is of an order that goes elsewhere is made anew, by the policy of there; back again it is what it was', () => {
    expect(movesOf([tuesday, goesTo('IE')])).toMatchObject([
      { shipBy: asSold.shipBy, deliverBy: ends('2026-12-01'), reason: { code: 'destination-changed' }, basis: { policy: 'ireland@1' } },
    ]);
    expect(datesAfter([tuesday, goesTo('IE')], [tuesday, goesTo('GB')])).toEqual(asSold);
    expect(datesAfter([tuesday, goesTo('FR')])).toEqual({ shipBy: undefined, deliverBy: undefined });
  });

  it('is of an order that goes by another service is made anew, from then', () => {
    expect(movesOf([tuesday, goesBy('next-day')])).toMatchObject([
      { shipBy: ends('2026-11-24'), deliverBy: ends('2026-11-25'), reason: { code: 'service-changed' }, basis: { policy: 'next-day@1' } },
    ]);
    expect(movesOf([tuesday, goesBy('next-day', { deliverBy: ends('2026-11-30') })])).toEqual([]);
  });

  it('is to be kept by a location that is closed moves, and does not come back when another one ships', () => {
    expect(movesOf([monday, shipsFrom('LON-1')])).toEqual([]);
    expect(movesOf([monday, shipsFrom('EARLY-1')])).toMatchObject([
      { shipBy: '2026-11-25T18:00:00.000Z', deliverBy: ends('2026-11-27'), reason: { code: 'location' } },
    ]);
    const closed: readonly Step[] = [
      [monday, shipsFrom('CLOSED-1')],
      [monday, { type: 'FulfillmentRejected', data: { ...facts.rejected.data, fulfillmentId: id(3), location: 'CLOSED-1' } }],
      [monday, shipsFrom('LON-1', 41)],
    ];
    expect(movesOf(...closed)).toMatchObject([{ shipBy: '2026-11-26T18:00:00.000Z', deliverBy: ends('2026-11-30') }]);
    expect(datesAfter(...closed)).toEqual({ shipBy: '2026-11-26T18:00:00.000Z', deliverBy: ends('2026-11-30') });
  });

  it('is of what has left stays', () =>
    expect(movesOf([monday, facts.handedOver], [monday, shipsFrom('CLOSED-1')], [wednesday, facts.captured])).toEqual([]));
});
