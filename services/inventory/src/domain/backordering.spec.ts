import type { LineQuantity } from '@cartage/contracts';
import { fold, specFor } from '@cartage/eventsourcing';
import { openBook } from './book';
import type { ReservationEvent } from './events';
import { backorderedOf, leaningOf } from './reservation';
import type { ReservationCommand } from './reservation-command';
import { reservationOn } from './reserving';

const now = '2026-11-23T09:15:30.000Z';
const [monday, friday] = ['2026-12-07T00:00:00.000Z', '2026-12-11T00:00:00.000Z'];
const [orderId, reservationId, backorderId] = ['order', 'reservation', 'backorder'];
const reason = { code: 'supplier-late', by: 'operator' } as const;

const withUnits = (onHand: number) =>
  reservationOn(
    openBook({
      stock: [],
      network: [{ sku: 'MUG', onHand, allocated: 0, reserved: 0, safetyStock: 0 }],
      supply: [{ sku: 'MUG', dates: [{ at: monday, units: 9 }], backordered: 0, leaning: 0 }],
    }),
  );
const { given } = specFor(withUnits(4));

const mug = (quantity: number): LineQuantity => ({ lineId: '1', sku: 'MUG', quantity });
const short: ReservationEvent = {
  type: 'StockShort',
  data: { orderId, short: [{ lineId: '1', sku: 'MUG', requested: 6, available: 0, nextSupplyAt: monday }], decidedAt: now },
};
const promise = (promisedAt?: string): ReservationCommand => ({
  type: 'PromiseSupply',
  data: { orderId, promises: [{ lineId: '1', backorderId, promisedAt }], reason, now },
});
const fill = (units: number): ReservationCommand => ({
  type: 'FillBackorder',
  data: { orderId, come: [{ sku: 'MUG', units }], reservationId, now },
});
const about = { backorderId, lineId: '1', sku: 'MUG', quantity: 6 };
const backordered = (promisedAt: string): ReservationEvent => ({
  type: 'StockBackordered',
  data: { orderId, lines: [{ ...about, promisedAt }], backorderedAt: now },
});
const moved = (before: string | undefined, promisedAt: string | undefined): ReservationEvent => ({
  type: 'BackorderMoved',
  data: {
    ...{ orderId, reason, movedAt: now },
    lines: [{ ...about, ...(before === undefined ? {} : { before }), ...(promisedAt === undefined ? {} : { promisedAt }) }],
  },
});
const reserved = (quantity: number): ReservationEvent => ({
  type: 'StockReserved',
  data: { orderId, reservationId, lines: [mug(quantity)], waited: true, reservedAt: now },
});

describe('a line that is short', () => {
  it('is told when more is expected', () =>
    specFor(withUnits(0))
      .given()
      .when({ type: 'ReserveStock', data: { orderId, reservationId, lines: [mug(6)], now } })
      .then(short));

  it('has a date once there is one', () => given(short).when(promise(monday)).thenOnce(backordered(monday)));
  it('has none where nothing is to come', () => given(short).when(promise()).thenNothing());
  it('is told of another date, and when nobody knows any more', () => {
    given(short, backordered(monday)).when(promise(friday)).thenOnce(moved(monday, friday));
    given(short, backordered(monday)).when(promise()).thenOnce(moved(monday, undefined));
    given(short, backordered(monday), moved(monday, undefined)).when(promise(friday)).thenOnce(moved(undefined, friday));
  });
  it('is told together with the others of its order, however many there are', () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => ({ lineId: String(i), sku: 'MUG', quantity: 1 }));
    const short = lines.map(({ quantity: requested, ...line }) => ({ ...line, requested, available: 0 }));
    const all: ReservationEvent = { type: 'StockShort', data: { orderId, short, decidedAt: now } };
    const say = (promisedAt: string): ReservationCommand => ({
      type: 'PromiseSupply',
      data: { orderId, promises: lines.map(({ lineId }) => ({ lineId, backorderId, promisedAt })), reason, now },
    });
    const first: ReservationEvent = {
      type: 'StockBackordered',
      data: { orderId, lines: lines.map((line) => ({ ...line, backorderId, promisedAt: monday })), backorderedAt: now },
    };
    given(all).when(say(monday)).thenOnce(first);
    const next = lines.map((line) => ({ ...line, backorderId, promisedAt: friday, before: monday }));
    given(all, first)
      .when(say(friday))
      .thenOnce({ type: 'BackorderMoved', data: { orderId, lines: next, reason, movedAt: now } });
  });
  it('waits for nothing once it is filled', () => given(short, backordered(monday), reserved(6)).when(promise(friday)).thenNothing());
});

describe('goods that come in', () => {
  it('are reserved for the line that has a claim on them, also in part: the rest comes with what is still on order', () => {
    given(short, backordered(monday)).when(fill(4)).then(reserved(4));
    const line = fold(withUnits(4), [short, backordered(monday), reserved(4)]).lines.get('1');
    expect(line && [line.reserved, line.waiting, backorderedOf(line, 'MUG')]).toEqual([4, 2, 2]);
  });
  it('are never more than are there', () => given(short, backordered(monday)).when(fill(9)).then(reserved(4)));
  it('are not for a line that has no claim', () => given(short).when(fill(4)).thenNothing());
});

describe('a kit that waits', () => {
  const parts = [
    { sku: 'MUG', quantity: 2, share: 1 },
    { sku: 'BOX', quantity: 1, share: 1 },
  ];
  const line = { lineId: '1', sku: 'SET', parts };
  const shortSet: ReservationEvent = {
    type: 'StockShort',
    data: { orderId, short: [{ ...line, requested: 3, available: 0 }], decidedAt: now },
  };
  const setAt: ReservationEvent = {
    type: 'StockBackordered',
    data: { orderId, lines: [{ backorderId, lineId: '1', sku: 'SET', quantity: 3, promisedAt: monday }], backorderedAt: now },
  };
  const awaited = (...skus: readonly string[]): ReservationEvent => ({
    type: 'PartsAwaited',
    data: { orderId, kits: [{ lineId: '1', parts: skus }], awaitedAt: now },
  });
  const promiseOf = (...skus: readonly string[]): ReservationCommand => ({
    type: 'PromiseSupply',
    data: { orderId, promises: [{ lineId: '1', backorderId, promisedAt: monday, parts: skus }], reason, now },
  });

  it('has a date, and keeps which of its parts are to come: others hear of the date alone', () => {
    given(shortSet).when(promiseOf('MUG')).thenOnce(setAt, awaited('MUG'));
    given(shortSet, setAt, awaited('MUG')).when(promiseOf('MUG', 'BOX')).thenOnce(awaited('MUG', 'BOX'));
  });

  it('has a claim on the parts that are to come, and counts on the others', () => {
    const set = fold(withUnits(0), [shortSet, setAt, awaited('MUG')]).lines.get('1');
    expect(set && [backorderedOf(set, 'MUG'), backorderedOf(set, 'BOX'), leaningOf(set, 'BOX')]).toEqual([6, 0, 3]);
  });
});
