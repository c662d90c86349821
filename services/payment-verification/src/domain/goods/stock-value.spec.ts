import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { linesOf } from '../books/journal';
import { journalKindOf, stockValue, stockValueStream, type StockValue, type StockValueCommand, type StockValueEvent } from './stock-value';

const { given } = specFor(stockValue);
const now = '2026-11-28T10:00:00.000Z';
const sold: StockValue = {
  ...{ movementId: 'm-1', kind: 'sold', orderId: 'o-1', currency: 'GBP', amount: -333, valuedAt: '2026-11-28T09:00:00.000Z' },
};
const book = (value: StockValue): StockValueCommand => ({ type: 'BookStockValue', data: { ...value, now } });
const booked = (value: StockValue): StockValueEvent => ({ type: 'StockValueBooked', data: { ...value, bookedAt: now } });

const entry = (value: StockValue) =>
  linesOf({
    ...{ entryId: 'e', kind: journalKindOf(value), at: now, orderId: null, source: value.movementId },
    ...{ currency: value.currency, amount: value.amount, part: 0 },
  });
const briefly = (value: StockValue) => entry(value).map(({ role, debit, credit }) => [role, debit, credit]);

describe('the value of goods in the books', () => {
  it('is booked once for a movement and currency, whoever tells it again', () => {
    given().when(book(sold)).thenOnce(booked(sold));
    const dollars = { ...sold, currency: 'USD', amount: -20 };
    given(booked(sold)).when(book(dollars)).then(booked(dollars));
    const another = { ...sold, movementId: 'm-2' };
    given(booked(sold)).when(book(another)).then(booked(another));
  });

  it('is not booked where none came or left', () => {
    given()
      .when(book({ ...sold, kind: 'transferred', amount: 0 }))
      .thenNothing();
  });

  it('is kept with the order, where it is of one', () => {
    const { orderId: _, ...without } = sold;
    expect([stockValueStream(sold), stockValueStream(without)]).toEqual(['stockvalue-o-1', 'stockvalue-m-1']);
  });

  it.each<[string, Partial<StockValue>, readonly unknown[]]>([
    [
      'received',
      { amount: 500 },
      [
        ['inventory', 500, 0],
        ['goods-received', 0, 500],
      ],
    ],
    [
      'sold',
      { amount: -333 },
      [
        ['inventory', 0, 333],
        ['cost-of-goods', 333, 0],
      ],
    ],
    [
      'returned',
      { amount: 333 },
      [
        ['inventory', 333, 0],
        ['cost-of-goods', 0, 333],
      ],
    ],
    [
      'adjusted',
      { amount: -90, cause: 'count' },
      [
        ['inventory', 0, 90],
        ['shrinkage', 90, 0],
      ],
    ],
    [
      'adjusted',
      { amount: 90, cause: 'found' },
      [
        ['inventory', 90, 0],
        ['shrinkage', 0, 90],
      ],
    ],
    [
      'lost',
      { amount: -10, cause: 'theft' },
      [
        ['inventory', 0, 10],
        ['shrinkage', 10, 0],
      ],
    ],
    [
      'disposed',
      { amount: -70, cause: 'destroyed' },
      [
        ['inventory', 0, 70],
        ['stock-written-off', 70, 0],
      ],
    ],
    [
      'disposed',
      { amount: -70, cause: 'sent-to-supplier' },
      [
        ['inventory', 0, 70],
        ['goods-received', 70, 0],
      ],
    ],
    [
      'revalued',
      { amount: 40 },
      [
        ['inventory', 40, 0],
        ['stock-revaluation', 0, 40],
      ],
    ],
    [
      'transferred',
      { amount: 5 },
      [
        ['inventory', 5, 0],
        ['stock-revaluation', 0, 5],
      ],
    ],
    [
      'melted',
      { amount: -5 },
      [
        ['inventory', 0, 5],
        ['shrinkage', 5, 0],
      ],
    ],
  ])('of goods that were %s (%o) has its accounts', (kind, of, lines) => expect(briefly({ ...sold, kind, ...of })).toEqual(lines));

  it('folds what was stored, for ever', () => {
    const golden = goldenSamples<StockValueEvent>(join(__dirname, 'golden'));
    expect(golden.types).toEqual(['DisposalProceedsBooked', 'StockValueBooked']);
    const stored = golden.of('StockValueBooked');
    expect([...fold(stockValue, [stored])]).toEqual([`${stored.data.movementId} GBP`]);
    expect(journalKindOf(stored.data)).toBe('stock-sent-back');
  });
});

const values = fc.uniqueArray(
  fc.record({
    movementId: fc.integer({ min: 1, max: 20 }).map((n) => `m-${n}`),
    kind: fc.constantFrom('received', 'sold', 'returned', 'adjusted', 'disposed', 'transferred', 'lost', 'revalued'),
    currency: fc.constantFrom('GBP', 'USD'),
    amount: fc.integer({ min: -9_999, max: 9_999 }),
  }),
  { selector: ({ movementId, currency }) => `${movementId} ${currency}`, maxLength: 15 },
);

describe('the value of goods, in any order and told as often as it may be', () => {
  it('stands in the books once, balanced, and inventory has what stock is worth', () =>
    fc.assert(
      fc.property(
        values.chain((told) =>
          fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told, ...told], { minLength: told.length * 3 })),
        ),
        ([told, heard]) => {
          const events: StockValueEvent[] = [];
          for (const each of heard) events.push(...stockValue.decide(book({ ...each, valuedAt: now }), fold(stockValue, events)));
          for (const currency of ['GBP', 'USD']) {
            const lines = events.filter(({ data }) => data.currency === currency).flatMap(({ data }) => entry(data));
            const sum = (of: typeof lines) => of.reduce((total, { debit, credit }) => total + debit - credit, 0);
            const worth = told.filter((each) => each.currency === currency).reduce((total, { amount }) => total + amount, 0);
            expect(sum(lines)).toBe(0);
            expect(sum(lines.filter(({ role }) => role === 'inventory'))).toBe(worth);
          }
        },
      ),
    ));
});
