import { costBook, costsOf, type CostBook } from './cost-book';
import { emptyPool, sumOf, takenFrom, type Amounts, type CostPool } from './costing/pool';

const NOTHING = { pools: [], bases: [], suppliers: new Set(['SUPPLIER']) };
const levels: readonly never[] = [];
const at = '2026-11-27T10:00:00.000Z';

let facts = 0;
const fact = (type: string, data: object) => ({ type, data, id: `e-${++facts}`, recordedAt: at });
const cell = { sku: 'LAMP', location: 'LDN', levels };
const received = (quantity: number, amount?: number, more: object = {}) =>
  fact('StockReceived', { ...cell, quantity, ...(amount === undefined ? {} : { cost: { amount, currency: 'GBP' } }), ...more });
const issued = (quantity: number, location = 'LDN') =>
  fact('StockIssued', { orderId: 'o', location, levels, lines: [{ lineId: '1', sku: 'LAMP', quantity }] });
const adjusted = (quantity: number, cause: string, location = 'LDN') => fact('StockAdjusted', { ...cell, location, quantity, cause });
const returned = (quantity: number, disposition: string, location = 'LDN') =>
  fact('StockRestocked', { ...cell, location, quantity, disposition });
const disposed = (quantity: number, outcome: string, location = 'LDN') =>
  fact('StockDisposed', { ...cell, location, quantity, outcome, reason: { code: 'broken', by: 'operator' } });
const transferred = (direction: 'out' | 'in' | 'lost', quantity: number, location = direction === 'out' ? 'LDN' : 'PAR') =>
  fact('StockTransferred', { ...cell, location, quantity, direction, transferId: 't-1', from: 'LDN', to: 'PAR' });
const stated = (amount: number, more: object = {}) =>
  fact('UnitCostStated', { sku: 'LAMP', amount, currency: 'GBP', per: 1, reason: { code: 'opening', by: 'operator' }, ...more });

const after = (...log: readonly ReturnType<typeof fact>[]): CostBook => {
  const book = costBook(NOTHING);
  for (const each of log) book.enter(each);
  return book;
};
const poolsOf = (book: CostBook) =>
  Object.fromEntries(book.changed().pools.map(({ location, units, unvalued, amounts }) => [location, { units, unvalued, ...amounts }]));
const entriesOf = (book: CostBook) =>
  book.changed().entries.map(({ kind, cause, units, amounts }) => [kind, cause, units, amounts['GBP'] ?? 0]);

describe('what stock costs', () => {
  it('is the moving average of what came: what is sold takes its share along, and the last unit all that is left', () => {
    const book = after(received(3, 1_000), issued(1), received(2, 500), issued(3), issued(1));
    expect(entriesOf(book)).toEqual([
      ['received', null, 3, 1_000],
      ['sold', null, -1, -333],
      ['received', null, 2, 500],
      ['sold', null, -3, -875],
      ['sold', null, -1, -292],
    ]);
    expect(poolsOf(book)).toEqual({ LDN: { units: 0, unvalued: 0 } });
  });

  it('is unknown where it comes to more than can be counted exactly, and known again once it is put right', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(poolsOf(after(received(2), stated(most)))).toEqual({ LDN: { units: 2, unvalued: 2 } });
    expect(poolsOf(after(received(1, most), received(1, 1)))).toEqual({ LDN: { units: 2, unvalued: 1, GBP: most } });
    expect(poolsOf(after(stated(most), received(3), stated(7)))).toEqual({ LDN: { units: 3, unvalued: 0, GBP: 21 } });
  });

  it('goes along with a transfer, is lost with what is lost on the way, and is written off with its cause', () => {
    const book = after(received(4, 401), transferred('out', 3), transferred('in', 1), transferred('lost', 2), adjusted(-1, 'damage'));
    expect(entriesOf(book).slice(1)).toEqual([
      ['transferred', null, -3, -301],
      ['transferred', null, 3, 301],
      ['transferred', null, -1, -100],
      ['transferred', null, 1, 100],
      ['lost', null, -2, -201],
      ['adjusted', 'damage', -1, -100],
    ]);
    expect(poolsOf(book)).toMatchObject({ PAR: { units: 1, GBP: 100 }, '': { units: 0 } });
  });

  it('of what is found, comes back or comes without a cost is that of what is there, else what it was last; goods that are unfit keep it until they are gone', () => {
    const book = after(
      received(2, 300),
      issued(2),
      returned(1, 'quarantine'),
      adjusted(1, 'found', 'PAR'),
      received(1),
      disposed(1, 'destroyed'),
    );
    expect(entriesOf(book).slice(2)).toEqual([
      ['returned', null, 1, 150],
      ['adjusted', 'found', 1, 150],
      ['received', null, 1, 150],
      ['disposed', 'destroyed', -1, -150],
    ]);
    expect(entriesOf(after(received(2, 300), returned(1, 'quarantine'), disposed(1, 'refurbished')))).toHaveLength(2);
  });

  it('that nobody ever said is none: such units are counted, leave first, and are worth something once it is said', () => {
    const book = after(received(5), received(1, 100), issued(2));
    expect(poolsOf(book)).toEqual({ LDN: { units: 4, unvalued: 3, GBP: 100 } });
    book.enter(stated(250, { per: 2 }));
    expect(poolsOf(book)).toEqual({ LDN: { units: 4, unvalued: 0, GBP: 500 } });
    expect(entriesOf(book).at(-1)).toEqual(['revalued', null, 0, 400]);
  });

  it('of two currencies is never one sum: each leaves by its own share', () => {
    const book = after(received(1, 1_000), received(1, undefined, { cost: { amount: 700, currency: 'USD' } }), issued(1));
    expect(poolsOf(book)).toEqual({ LDN: { units: 1, unvalued: 0, GBP: 500, USD: 350 } });
  });

  it('said of a location is said of that one only', () => {
    const book = after(received(1, 100), received(1, 100, { location: 'PAR' }), stated(300, { location: 'PAR' }));
    expect(poolsOf(book)).toMatchObject({ LDN: { GBP: 100 }, PAR: { GBP: 300 } });
  });

  it('is none of what a supplier has, and what it sends comes as what else there is', () => {
    const way = { location: 'PAR', direction: 'in', transferId: 't-2', from: 'SUPPLIER', to: 'PAR' };
    const book = after(
      stated(100),
      adjusted(9, 'feed', 'SUPPLIER'),
      issued(1, 'SUPPLIER'),
      fact('StockTransferred', { ...cell, ...way, quantity: 2 }),
    );
    expect(poolsOf(book)).toEqual({ PAR: { units: 2, unvalued: 0, GBP: 200 } });
  });

  it('concerns facts that move goods, and no others', () => {
    expect(costsOf(issued(1))).toEqual(['LAMP']);
    expect(costsOf(stated(1))).toEqual(['LAMP']);
    expect(costsOf(fact('StockReserved', { orderId: 'o', lines: [{ lineId: '1', sku: 'LAMP', quantity: 1 }] }))).toEqual([]);
    expect(costsOf(fact('ItemChanged', { sku: 'LAMP' }))).toEqual([]);
  });
});

/** Numbers that look random, the same at every run. */
const numbers = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

describe('any order of receipts, issues, transfers, losses, returns and costs', () => {
  /** Only what can happen: nothing leaves that is not there. */
  const anything = (next: (below: number) => number, held: (place: string) => number) => {
    const location = next(2) === 0 ? 'LDN' : 'PAR';
    const some = 1 + next(7);
    const least = Math.min(some, held(location));
    const onTheWay = Math.min(some, held(''));
    const currency = next(4) === 0 ? 'USD' : 'GBP';
    const choices = [
      () => received(some, undefined, { location, cost: { amount: next(9_999), currency } }),
      () => received(some, undefined, { location }),
      () => (least > 0 ? issued(least, location) : returned(some, 'restock', location)),
      () => (least > 0 ? adjusted(-least, 'loss', location) : adjusted(some, 'found', location)),
      () => (least > 0 ? transferred('out', least, location) : returned(some, 'quarantine', location)),
      () => (onTheWay > 0 ? transferred(next(3) === 0 ? 'lost' : 'in', onTheWay, location) : received(some, next(500), { location })),
      () => stated(next(900), { currency, per: 1 + next(3), ...(next(2) === 0 ? { location } : {}) }),
    ];
    return (choices[next(choices.length)] ?? (() => received(1)))();
  };

  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))('value in is value out and value held, to the minor unit (%i)', (seed) => {
    const next = numbers(seed * 7_919);
    const book = costBook(NOTHING);
    const held = (place: string): number => book.changed().pools.find(({ location }) => location === place)?.units ?? 0;
    for (let n = 0; n < 80; n++) book.enter(anything(next, held));
    const { pools, entries } = book.changed();
    const total = (rows: readonly CostPool[]) => ({
      units: rows.reduce((sum, { units }) => sum + units, 0),
      unvalued: rows.reduce((sum, { unvalued }) => sum + unvalued, 0),
      amounts: rows.reduce<Amounts>((sum, { amounts }) => sumOf(sum, amounts), {}),
    });
    expect(total(pools)).toEqual(total(entries));
    expect(total(entries.filter(({ kind }) => kind === 'transferred'))).toEqual(emptyPool);
    for (const { units, unvalued, amounts } of pools) {
      expect(unvalued).toBeGreaterThanOrEqual(0);
      expect(units).toBeGreaterThanOrEqual(unvalued);
      if (units === unvalued) expect(amounts).toEqual({});
      for (const amount of Object.values(amounts)) expect(amount).toBeGreaterThan(0);
    }
  });

  it('kept in rows between any two facts it is the same as without a stop', () => {
    const next = numbers(4_711);
    const whole = costBook(NOTHING);
    const held = (place: string): number => whole.changed().pools.find(({ location }) => location === place)?.units ?? 0;
    let rows = {
      pools: new Map<string, ReturnType<CostBook['changed']>['pools'][number]>(),
      bases: new Map<string, ReturnType<CostBook['changed']>['bases'][number]>(),
    };
    for (let n = 0; n < 120; n++) {
      const each = anything(next, held);
      whole.enter(each);
      const part = costBook({ ...NOTHING, pools: [...rows.pools.values()], bases: [...rows.bases.values()] });
      part.enter(each);
      const { pools, bases } = part.changed();
      rows = {
        pools: new Map([...rows.pools, ...pools.map((row) => [row.location, row] as const)]),
        bases: new Map([...rows.bases, ...bases.map((row) => [row.sku, row] as const)]),
      };
    }
    expect(new Set(rows.pools.values())).toEqual(new Set(whole.changed().pools));
    expect([...rows.bases.values()]).toEqual(whole.changed().bases);
  });
});

describe('units of a pool', () => {
  it('are taken of no more than is there', () => {
    const pool = { units: 2, unvalued: 0, amounts: { GBP: 99 } };
    expect(takenFrom(pool, 5)).toEqual({ taken: pool, left: emptyPool });
  });
});
