import type { LineQuantity } from '@cartage/contracts';
import fc from 'fast-check';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import type { ShortagePolicy } from './occasion';
import { shortagePolicyIn } from './occasion';
import { order, type OrderCommand } from './order';
import { everything, id, minute, occasion, placed } from './order.fixture';
import type { EventData, OrderEvent } from './events';
import { statusOf, type Order, type PlacedOrder } from './state';
import { evolve } from './evolve';

const soldOf = (event: OrderEvent): EventData<'OrderPlaced'> => {
  if (event.type === 'OrderPlaced') return event.data;
  throw new Error('It is no order.');
};
const [lantern, mug] = everything;
const sold = soldOf(placed);
const reserved = (...lines: readonly LineQuantity[]): Fact => ({ type: 'StockReserved', data: { ...facts.reserved.data, lines } });
type StandIn = readonly [sku: string, available: number];
const short = (line: LineQuantity, ...standIns: readonly StandIn[]): Extract<Fact, { readonly type: 'StockShort' }> => ({
  type: 'StockShort',
  data: {
    ...facts.short.data,
    short: [
      {
        ...{ lineId: line.lineId, sku: line.sku, requested: line.quantity, available: 0 },
        substitutes: standIns.map(([sku, available]) => ({ sku, available })),
      },
    ],
  },
});

let ids = 100;
const told = (policy: ShortagePolicy, fact: Fact, at = 2): OrderCommand => ({
  type: 'RecordFact',
  data: { ...occasion(id((ids += 20)), minute(at)), shortagePolicy: () => policy, fact },
});
const after = (
  policy: ShortagePolicy,
  ...tale: readonly Fact[]
): { readonly order: PlacedOrder; readonly events: readonly OrderEvent[] } => {
  const events: OrderEvent[] = [placed];
  let state: Order = evolve(undefined, placed);
  for (const fact of tale)
    for (const event of order.decide(told(policy, fact), state)) {
      events.push(event);
      state = evolve(state, event);
    }
  if (!state) throw new Error('It was placed.');
  return { order: state, events };
};
const choices = (events: readonly OrderEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'ShortageResolved' ? event.data.lines.map(({ sku }) => `${sku} ${event.data.choice}`) : []));
const cup = { lineId: '3', sku: 'CUP', quantity: 3 };

describe('a substitute by policy', () => {
  it('is what there is most of, at the price that was agreed, and the order goes on with it', () => {
    const { events, order: now } = after(
      ['substitute', 'cancel'],
      ...[reserved(lantern), short(mug, ['CUP', 9], ['JUG', 5]), facts.authorized, reserved(cup)],
    );
    expect(choices(events)).toEqual(['MUG substitute']);
    expect(events.find(({ type }) => type === 'OrderEdited')?.data).toMatchObject({
      reason: { by: 'policy' },
      totalsBefore: { total: sold.totals.total },
      totals: { total: sold.totals.total },
      lines: [
        { lineId: '2', before: { sku: 'MUG' } },
        { lineId: '3', after: { sku: 'CUP', quantity: 3 }, substitutes: '2' },
      ],
    });
    expect(statusOf(now)).toBe('confirmed');
  });

  it('is of no price list: that which the line was sold by may not have it', () => {
    const listed = { ...sold, lines: sold.lines.map((line) => ({ ...line, priceList: 'base@2' })) };
    const decided = order.decide(told(['substitute'], short(mug, ['CUP', 9])), evolve(undefined, { type: 'OrderPlaced', data: listed }));
    const added = decided
      .flatMap((event) => (event.type === 'OrderEdited' ? event.data.lines : []))
      .flatMap(({ after: line }) => line ?? []);
    expect(added).toMatchObject([{ sku: 'CUP', unitPrice: 250 }]);
    expect(added[0]).not.toHaveProperty('priceList');
  });

  it('is not one of which there are too few; then the rest of the policy holds', () => {
    expect(choices(after(['substitute', 'split'], short(mug, ['CUP', 2])).events)).toEqual(['MUG split']);
    expect(choices(after(['substitute', 'cancel'], short(mug)).events)).toEqual(['MUG cancel']);
    expect(choices(after(['substitute', 'wait'], short(mug)).events)).toEqual([]);
    expect(choices(after(['substitute'], short(mug)).events)).toEqual([]);
  });

  it('that another order took first is followed by the next of the group, and never by what was short before', () => {
    const tale = [reserved(lantern), short(mug, ['CUP', 3], ['JUG', 3]), short(cup, ['MUG', 9], ['JUG', 3])] as const;
    expect(choices(after(['substitute', 'cancel'], ...tale).events)).toEqual(['MUG substitute', 'CUP substitute']);
    const jug = { lineId: '4', sku: 'JUG', quantity: 3 };
    const { events, order: now } = after(['substitute', 'cancel'], ...tale, short(jug, ['MUG', 9], ['CUP', 9]), facts.authorized);
    expect(choices(events)).toEqual(['MUG substitute', 'CUP substitute', 'JUG cancel']);
    expect(statusOf(now)).toBe('confirmed');
  });

  const shortOf = (...lines: readonly LineQuantity[]): Fact => ({
    type: 'StockShort',
    data: { ...facts.short.data, short: lines.flatMap((line) => short(line, [`${line.sku}-2`, 9]).data.short) },
  });
  const addedBy = (events: readonly OrderEvent[]): readonly (readonly string[])[] =>
    events.flatMap((event) => (event.type === 'OrderEdited' ? [event.data.lines.flatMap(({ after: line }) => line?.lineId ?? [])] : []));

  it('is found for each of several lines: they are one choice, and one edit', () => {
    const { events } = after(['substitute'], shortOf(lantern, mug));
    expect(choices(events)).toEqual(['LANTERN substitute', 'MUG substitute']);
    expect(events.filter(({ type }) => type === 'ShortageResolved')).toHaveLength(1);
    expect(addedBy(events)).toEqual([['3', '4']]);
  });

  it('is one edit also of thousands of lines', () => {
    const [first] = sold.lines;
    const lines = Array.from({ length: 2_000 }, (_, i) => ({
      ...first,
      lineId: String(i + 1),
      quantity: 1,
      discounts: [],
      taxLines: [],
    })) as typeof sold.lines;
    const large = evolve(undefined, { type: 'OrderPlaced', data: { ...sold, lines } });
    const decided = order.decide(told(['substitute'], shortOf(...lines)), large);
    expect(addedBy(decided).map((added) => added.length)).toEqual([2_000]);
  });

  it('stands in for the others where a line is one that cannot be edited, which goes on by the rest of the policy', () => {
    const [first, second] = sold.lines;
    if (!first || !second) throw new Error('It has two lines.');
    const groups = [...sold.shipGroups, { ...sold.shipGroups[0], shipGroupId: '2', method: 'digital' }] as typeof sold.shipGroups;
    const lines = [first, { ...second, shipGroupId: '2' }, { ...first, lineId: '7', sku: 'JUG' }];
    const part = evolve(undefined, { type: 'OrderPlaced', data: { ...sold, lines, shipGroups: groups } });
    const decided = order.decide(told(['substitute', 'cancel'], shortOf(...lines)), part);
    expect(choices(decided)).toEqual([`${first.sku} substitute`, 'JUG substitute', `${second.sku} cancel`]);
  });

  it('is as the order says, before its channel', () => {
    const own: OrderEvent = { type: 'OrderPlaced', data: { ...sold, policies: { ...sold.policies, shortage: 'substitute>split' } } };
    const decided = order.decide(told(['cancel'], short(mug)), evolve(undefined, own));
    expect(choices(decided)).toEqual(['MUG split']);
  });

  it('ends, whatever is short and offered: no line is taken from again and again', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('MUG', 'CUP', 'JUG', 'POT'), fc.nat({ max: 5 })), { maxLength: 4 }), (offers) => {
        let line: LineQuantity = mug;
        let tale: readonly Fact[] = [];
        for (let round = 0; round < 6; round += 1) {
          tale = [...tale, short(line, ...offers)];
          const added = after(['substitute', 'cancel'], ...tale).events.flatMap((event) =>
            event.type === 'OrderEdited' ? event.data.lines : [],
          );
          const last = added.findLast(({ substitutes }) => substitutes !== undefined);
          if (!last?.after || last.lineId === line.lineId) break;
          line = { lineId: last.lineId, sku: last.after.sku, quantity: last.after.quantity };
        }
        const chosen = choices(after(['substitute', 'cancel'], ...tale).events);
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.at(-1)).toMatch(/cancel$/);
      }),
      { numRuns: 30 },
    ));
});

describe('a policy for what is short', () => {
  it('is one choice, or several with > between them', () => {
    expect(shortagePolicyIn('substitute>split')).toEqual(['substitute', 'split']);
    expect(shortagePolicyIn('wait')).toEqual(['wait']);
    expect(shortagePolicyIn('steal')).toBeUndefined();
    expect(shortagePolicyIn('')).toBeUndefined();
  });
});
