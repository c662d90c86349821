import type { LineQuantity } from '@cartage/contracts';
import fc from 'fast-check';
import { unanswered } from './cancellations';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { wanted } from './lines';
import type { OrderCommand } from './order';
import { everything, id, minute, occasion } from './order.fixture';
import { shortLines } from './shortages';
import { shortageChoices, statusOf, type PlacedOrder, type ShortageChoice } from './state';
import { amongEachOther, attempted, historyFrom, stateOf, type Step } from './story.fixture';

const [lantern, mug] = everything;
const reason = { code: 'better-now', by: 'customer' };
const some = (line: LineQuantity, quantity: number): readonly LineQuantity[] => [{ ...line, quantity }];
const substitute = { sku: 'CUP', unitPrice: 200 };

const choosing = (choice: ShortageChoice, lineId: string = mug.lineId, first = 1_000): OrderCommand => ({
  type: 'ResolveShortage',
  data: { ...occasion(id(first)), lineId, choice, reason, ...(choice === 'substitute' ? { substitute } : {}) },
});
const short = (n: number, line: LineQuantity): Fact => ({
  type: 'StockShort',
  data: { ...facts.short.data, short: [{ ...line, requested: line.quantity, available: 0 }], decidedAt: minute(n) },
});
const reserved = (lines: readonly LineQuantity[]): Fact => ({ type: 'StockReserved', data: { ...facts.reserved.data, lines } });
const lost = (lines: readonly LineQuantity[]): Fact => ({ type: 'StockReleased', data: { ...facts.released.data, lines } });
const freed = (cancellationId: string, lines: readonly LineQuantity[]): Fact => ({
  type: 'FulfillmentCancelled',
  data: { ...facts.fulfillmentCancelled.data, cancellationId, lines },
});
const cancelling: OrderCommand = {
  type: 'CancelOrder',
  data: { ...occasion(id(1_500)), cancellationId: id(71), lines: [{ lineId: '2', quantity: 1 }], reason },
};
/** Longer than anybody waits. */
const late = (first = 5_000): OrderCommand => ({ type: 'MeetDeadline', data: occasion(id(first), minute(60 * 24 * 60)) });

const anything: readonly Step[] = [
  ...[short(1, mug), short(2, lantern), short(30, mug), reserved(some(mug, 1)), reserved(some(mug, 3)), reserved([lantern])],
  ...[lost(some(mug, 1)), lost(some(lantern, 2)), facts.backordered, facts.backorderMoved, facts.authorized, facts.allocated, cancelling],
  ...shortageChoices.flatMap((choice, n) => [choosing(choice, '2', 1_100 + 10 * n), choosing(choice, '1', 1_200 + 10 * n)]),
];

/** From its beginning, and from when a line that was short is confirmed, or chosen for: what goes wrong then is rare among all that can. */
const stories: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.constantFrom<readonly Step[]>(
      [],
      [short(1, mug), reserved(everything), facts.authorized],
      [short(1, mug), reserved(some(mug, 1)), choosing('cancel', '2', 1_300)],
      [short(1, mug), reserved(some(mug, 1)), choosing('substitute', '2', 1_300)],
    ),
    fc.array(fc.constantFrom(...anything), { maxLength: 30 }),
  )
  .map(([begin, steps]) => [...begin, ...steps]);

/** What waits and was not asked back from whoever holds it. */
const waiting = (order: PlacedOrder): readonly LineQuantity[] => {
  const asked = [...order.cancellations.values()].flatMap(unanswered);
  return shortLines(order).filter(
    ({ lineId, quantity }) => quantity > asked.reduce((n, each) => n + (each.lineId === lineId ? each.quantity : 0), 0),
  );
};

describe('lines that are short, whatever else happens', () => {
  it('ship what was reserved for them and no more, and are cancelled as often as they were ordered at most', () =>
    fc.assert(
      fc.property(stories, (steps) => {
        for (const line of stateOf(attempted(steps)).progress.values()) {
          expect(line.cancelled).toBeLessThanOrEqual(line.quantity);
          expect(line.confirmed).toBeGreaterThanOrEqual(0);
          expect(line.confirmed + line.cancelled).toBeLessThanOrEqual(line.quantity);
        }
      }),
      { numRuns: 150 },
    ));

  it('are chosen for once: asked again at the same time, nothing is decided', () =>
    fc.assert(
      fc.property(stories, (steps) => {
        const events = attempted([...steps, late(6_000)]);
        expect(attempted([late(7_000)], events)).toEqual(events);
      }),
      { numRuns: 150 },
    ));

  it('can be done without at any time, however often they were chosen for before', () =>
    fc.assert(
      fc.property(stories, (steps) => {
        const events = attempted(steps);
        const lines = waiting(stateOf(events));
        const done = historyFrom(
          events,
          lines.map(({ lineId }, n) => choosing('cancel', lineId, 8_000 + 10 * n)),
        );
        expect(waiting(stateOf(done))).toEqual([]);
      }),
      { numRuns: 150 },
    ));

  it('wait for nothing any more when they have waited long enough', () =>
    fc.assert(
      fc.property(stories, (steps) => expect(waiting(stateOf(attempted([...steps, late()])))).toEqual([])),
      { numRuns: 150 },
    ));

  it('and once whoever holds the lost units has answered, nothing is left of them', () =>
    fc.assert(
      fc.property(stories, (steps) => {
        const events = attempted([...steps, late()]);
        const answers = [...stateOf(events).cancellations.values()].flatMap((each) => {
          const open = unanswered(each);
          return open.length > 0 ? [freed(each.cancellationId, open)] : [];
        });
        const order = stateOf(attempted([...answers, late(9_000)], events));
        expect(shortLines(order)).toEqual([]);
        expect([...order.progress.values()].every((line) => line.confirmed <= wanted(line))).toBe(true);
      }),
      { numRuns: 150 },
    ));

  it.each<[ShortageChoice, readonly Step[], object]>([
    ['wait', [reserved([mug])], { status: 'confirmed', confirmed: [2, 3], cancelled: [0, 0] }],
    ['split', [reserved(some(mug, 1)), reserved(some(mug, 2))], { status: 'confirmed', confirmed: [2, 3], cancelled: [0, 0] }],
    ['cancel', [], { status: 'confirmed', confirmed: [2, 0], cancelled: [0, 3] }],
  ])('end the same, however stock, money and the choice to %s come among each other', (choice, then, wantedEnd) => {
    const begin = attempted([short(1, mug)]);
    const end = (told: readonly Step[]) => {
      const order = stateOf(historyFrom(begin, told));
      const lines = [...order.progress.values()];
      return { status: statusOf(order), confirmed: lines.map((line) => line.confirmed), cancelled: lines.map((line) => line.cancelled) };
    };
    const interleaved = amongEachOther<Step>(
      [choosing(choice), ...then],
      [reserved([lantern]), facts.backordered],
      [facts.review, facts.authorized],
    );
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 8 }), (choices) => expect(end(interleaved(choices))).toEqual(wantedEnd)),
      { numRuns: 150 },
    );
  });
});
