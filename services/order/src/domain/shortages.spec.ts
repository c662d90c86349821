import type { LineQuantity } from '@cartage/contracts';
import { specFor } from '@cartage/eventsourcing';
import type { Fact } from './facts';
import type { OrderEvent } from './events';
import { facts } from './facts.fixture';
import type { ShortagePolicy } from './occasion';
import { order, type OrderCommand } from './order';
import { everything, holdId, id, minute, now, occasion, orderId, placed, placing, recording } from './order.fixture';
import { resolveShortages, type Substitute } from './shortages';
import { statusOf, type ShortageChoice } from './state';
import { history, stateAfter, stateOf } from './story.fixture';
import { backorderedTo, backorderMovedTo } from './trouble.fixture';

const { given } = specFor(order);
const [lantern, mug] = everything;
const reason = { code: 'better-now', by: 'customer', actor: 'c-17' };
const until = '2026-12-07T10:01:00.000Z';
const day = (n: number): string => minute(n * 24 * 60 + 1);

const reserved = (...lines: readonly LineQuantity[]): Fact => ({ type: 'StockReserved', data: { ...facts.reserved.data, lines } });
const choosing = (choice: ShortageChoice, lineId = '2', substitute?: Substitute, first = 80): OrderCommand => ({
  type: 'ResolveShortage',
  data: { ...occasion(id(first)), lineId, choice, reason, substitute },
});
const under = (...policy: ShortagePolicy): OrderCommand => ({
  type: 'RecordFact',
  data: { ...occasion(), shortagePolicy: (channel) => (channel === 'marketplace-x' ? policy : ['wait']), fact: facts.short },
});
const onDay = (n: number): OrderCommand => ({ type: 'MeetDeadline', data: occasion(id(95), day(n)) });
const resolved = (choice: string, why: object) => ({
  type: 'ShortageResolved',
  data: { orderId, lines: [{ lineId: '2', sku: 'MUG' }], choice, reason: why },
});

const waiting = [reserved(lantern), facts.short, facts.authorized] as const;

describe('a line that is not in stock', () => {
  it('waits with all that goes with it, and says until when', () => {
    const order = stateAfter(...waiting);
    expect([statusOf(order), order.holds]).toMatchObject(['on-hold', [{ type: 'stock-short', lines: [mug], until }]]);
    expect(order.confirmedAt).toBeUndefined();
  });

  it('is cancelled when it has waited long enough, and the rest goes on', () => {
    expect(history(...waiting, onDay(13))).toEqual(history(...waiting));
    expect(history(...waiting, onDay(14)).slice(waiting.length + 2)).toMatchObject([
      resolved('cancel', { by: 'policy' }),
      { type: 'LineCancelled', data: { lines: [mug], reason: { code: 'stock-short', by: 'policy' } } },
      { type: 'HoldReleased', data: { type: 'stock-short' } },
      { type: 'OrderConfirmed', data: { lines: [lantern] } },
    ]);
  });

  it('that was confirmed before it was lost is asked back when it has waited long enough, once', () => {
    const lost: Fact = {
      type: 'StockReleased',
      data: { ...facts.released.data, lines: [mug], reason: { code: 'stock-lost', by: 'system' } },
    };
    const confirmed = [facts.reserved, facts.authorized, lost, facts.short] as const;
    const asked = history(...confirmed, onDay(14));
    expect(asked.filter(({ type }) => type === 'CancellationRequested')).toMatchObject([{ data: { lines: [mug] } }]);
    const later = history(...confirmed, onDay(14), onDay(15)).slice(asked.length);
    expect(later).toMatchObject([{ type: 'HoldApplied', data: { type: 'cancellation-overdue' } }]);
    expect(asked.some(({ type }) => type === 'LineCancelled')).toBe(false);
  });

  it('waits longer for goods that are expected, held anew until then', () => {
    const expected = backorderedTo(day(10));
    expect(history(...waiting, expected, onDay(14)).slice(-2)).toMatchObject([
      { type: 'HoldReleased', data: { resolution: 'expired' } },
      { type: 'HoldApplied', data: { type: 'stock-short', until: day(24) } },
    ]);
    expect(history(...waiting, expected, onDay(14), onDay(24)).some(({ type }) => type === 'LineCancelled')).toBe(true);
    const moved = backorderMovedTo(day(20));
    expect(history(...waiting, expected, moved, onDay(24)).some(({ type }) => type === 'LineCancelled')).toBe(false);
  });

  it('goes on by itself when stock is there after all', () =>
    expect(history(...waiting, reserved(mug)).slice(-2)).toMatchObject([
      { type: 'HoldReleased', data: { resolution: 'resolved' } },
      { type: 'OrderConfirmed', data: { lines: [lantern, mug] } },
    ]));
});

describe('the choice', () => {
  it('may be to split: what is there is confirmed and the rest follows, however much of the line there is', () => {
    const steps = [...waiting, choosing('split')] as const;
    expect(history(...steps).slice(-3)).toMatchObject([
      resolved('split', reason),
      { type: 'HoldReleased', data: { type: 'stock-short' } },
      { type: 'OrderConfirmed', data: { lines: [lantern] } },
    ]);
    const one = { ...mug, quantity: 1 };
    expect(history(...steps, reserved(one)).at(-1)).toMatchObject({ type: 'OrderConfirmed', data: { lines: [one] } });
    const two = { ...mug, quantity: 2 };
    expect(history(...steps, reserved(one), reserved(two)).at(-1)).toMatchObject({ type: 'OrderConfirmed', data: { lines: [two] } });
    expect(history(...steps, reserved(one), onDay(14)).at(-1)).toMatchObject({ type: 'LineCancelled', data: { lines: [two] } });
  });

  it('may be to do without it: only what is not there is cancelled', () =>
    expect(history(...waiting, choosing('split'), reserved({ ...mug, quantity: 1 }), choosing('cancel')).slice(-2)).toMatchObject([
      resolved('cancel', reason),
      { type: 'LineCancelled', data: { lines: [{ ...mug, quantity: 2 }], reason } },
    ]));

  it('may be to wait after all', () =>
    given(...history(...waiting, choosing('split')))
      .when(choosing('wait'))
      .then(
        { type: 'ShortageResolved', data: { orderId, lines: [mug], choice: 'wait', reason, resolvedAt: now } },
        {
          type: 'HoldApplied',
          data: {
            ...{ orderId, holdId: id(80), type: 'stock-short', lines: [mug], until, appliedAt: now },
            reason: { code: 'stock-short', detail: 'Not enough stock for MUG.', by: 'system' },
          },
        },
      ));

  it('is made once, and only where there is something to choose', () => {
    given(...history(...waiting, choosing('split')))
      .when(choosing('split'))
      .thenNothing();
    given(placed, facts.reserved).when(choosing('split')).thenRefused('LINE_NOT_SHORT');
    given(placed, facts.short).when(choosing('split', '9')).thenRefused('LINE_UNKNOWN');
    given().when(choosing('wait')).thenRefused('ORDER_UNKNOWN');
  });

  it('can be made again for units that came to wait since', () => {
    const oneLeft = [reserved(lantern, { ...mug, quantity: 1 }), facts.short, choosing('cancel')];
    const lost: Fact = { type: 'StockReleased', data: { ...facts.released.data, lines: [{ ...mug, quantity: 1 }] } };
    const again = history(...oneLeft, lost, choosing('cancel', '2', undefined, 88));
    const cancelled = again.flatMap((event) => (event.type === 'LineCancelled' ? event.data.lines : []));
    expect(cancelled.map(({ quantity }) => quantity)).toEqual([2, 1]);
  });

  it('asks once about units that were lost after they were confirmed, and leaves the others of their line alone', () => {
    const lost: Fact = { type: 'StockReleased', data: { ...facts.released.data, lines: [{ ...mug, quantity: 1 }] } };
    const tooLate: Fact = {
      type: 'FulfillmentCancellationRefused',
      data: { ...facts.cancellationTooLate.data, cancellationId: id(80), lines: [{ ...mug, quantity: 1 }] },
    };
    const after = history(facts.short, facts.reserved, facts.authorized, lost, choosing('cancel'), onDay(20), tooLate, onDay(21));
    expect(after.filter(({ type }) => type === 'CancellationRequested')).toMatchObject([{ data: { lines: [{ ...mug, quantity: 1 }] } }]);
  });

  it('is the channel’s policy where nobody makes it', () => {
    expect(order.decide(under('wait'), stateAfter()).map(({ type }) => type)).toEqual(['StockShort', 'HoldApplied']);
    expect(order.decide(under('split'), stateAfter())).toMatchObject([facts.short, resolved('split', { by: 'policy' })]);
    expect(order.decide(under('cancel'), stateAfter())).toMatchObject([
      facts.short,
      resolved('cancel', { by: 'policy' }),
      { type: 'LineCancelled', data: { cancellationId: holdId, lines: [mug] } },
    ]);
  });

  it('of a person stands before the policy', () => {
    const chosen = stateAfter(...waiting, choosing('wait'));
    const again: OrderCommand = { type: 'MeetDeadline', data: { ...occasion(), shortagePolicy: () => ['cancel'] } };
    expect(order.decide(again, chosen)).toEqual([]);
    expect(order.decide(recording(facts.review), chosen).map(({ type }) => type)).toEqual(['ReviewRequired']);
  });

  it('may be to take another SKU: an edit, at the same price to the cent, and the order goes on with it', () => {
    const taken = history(...waiting, choosing('substitute', '2', { sku: 'CUP' }));
    const edit = taken.find((event) => event.type === 'OrderEdited');
    expect(edit?.data).toMatchObject({
      orderVersion: 2,
      lines: [
        { lineId: '2', before: { sku: 'MUG', total: 840 } },
        { lineId: '3', after: { sku: 'CUP', quantity: 3, total: 840, discounts: [{ amount: 50 }] }, substitutes: '2' },
      ],
      totalsBefore: { total: 2134 },
      totals: { total: 2134 },
    });
    const cups = [{ lineId: '3', sku: 'CUP', quantity: 3 }];
    expect(history(...waiting, choosing('substitute', '2', { sku: 'CUP' }), reserved(...cups)).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      data: { lines: [lantern, ...cups] },
    });
    given(placed, facts.short).when(choosing('substitute')).thenRefused('SUBSTITUTE_MISSING');
    given(placed, facts.short)
      .when(choosing('substitute', '2', { sku: 'CUP', unitPrice: 12.5 }))
      .thenRefused('EDIT_INVALID');
  });
});

/** Counts how often a line is looked at. */
class Counted<Value> extends Map<string, Value> {
  looks = 0;
  override get(key: string): Value | undefined {
    this.looks += 1;
    return super.get(key);
  }
}

describe('an order of many lines that are all short', () => {
  const looksAt = (n: number): number => {
    const short = Array.from({ length: n }, (_, i) => ({ ...facts.short.data.short[0], lineId: String(i), sku: `S-${i}` }));
    const lines = short.map(({ lineId, sku }) => ({ ...placing.lines[0], lineId, sku }));
    const many = [
      { type: 'OrderPlaced', data: { ...placing, lines } },
      { type: 'StockShort', data: { ...facts.short.data, short } },
    ] as readonly OrderEvent[];
    const state = stateOf(many);
    const progress = new Counted(state.progress);
    expect(resolveShortages({ ...state, progress }, { ...occasion(), now: minute(2) })).toEqual([]);
    return progress.looks;
  };

  it('is done without them by one choice and in one cancellation, where that is the policy', () => {
    const short = everything.map(({ lineId, sku }) => ({ ...facts.short.data.short[0], lineId, sku })) as typeof facts.short.data.short;
    const both: Fact = { type: 'StockShort', data: { ...facts.short.data, short } };
    const asked: OrderCommand = { type: 'RecordFact', data: { ...occasion(), shortagePolicy: () => ['cancel'], fact: both } };
    expect(order.decide(asked, stateOf([placed]))).toMatchObject([
      { type: 'StockShort' },
      { type: 'ShortageResolved', data: { lines: [{ lineId: '1' }, { lineId: '2' }], choice: 'cancel' } },
      { type: 'LineCancelled', data: { lines: [{ lineId: '1' }, { lineId: '2' }], reason: { code: 'stock-short', by: 'policy' } } },
      { type: 'OrderCancelled' },
    ]);
  });

  it('has each of them looked at as often as a line of a small order, however many there are', () =>
    expect(looksAt(400)).toBe(10 * looksAt(40)));
});
