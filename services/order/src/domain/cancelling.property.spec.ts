import type { LineQuantity } from '@cartage/contracts';
import fc from 'fast-check';
import { unanswered } from './cancellations';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { gone, wanted } from './lines';
import type { OrderCommand } from './order';
import { everything, id, minute, occasion } from './order.fixture';
import { statusOf } from './state';
import { attempted, historyFrom, stateOf, type Step } from './story.fixture';

const [lantern, mug] = everything;
const reason = { code: 'changed-mind', by: 'customer' };
const one = (line: LineQuantity, quantity: number): readonly LineQuantity[] => [{ ...line, quantity }];

const cancelling = (n: number, lines?: readonly { lineId: string; quantity?: number }[]): OrderCommand => ({
  type: 'CancelOrder',
  data: { ...occasion(id(1_000 + n)), cancellationId: id(n), lines, reason },
});
const freed = (n: number, lines: readonly LineQuantity[]): Fact => ({
  type: 'FulfillmentCancelled',
  data: { ...facts.fulfillmentCancelled.data, cancellationId: id(n), lines },
});
const tooLate = (n: number, lines: readonly LineQuantity[]): Fact => ({
  type: 'FulfillmentCancellationRefused',
  data: { ...facts.cancellationTooLate.data, cancellationId: id(n), lines },
});

const overdue: OrderCommand = { type: 'MeetDeadline', data: occasion(id(5_000), minute(60)) };
const anything: readonly Step[] = [
  ...[facts.reserved, facts.authorized, facts.allocated, facts.packed, facts.short, facts.declined, facts.unfillable, facts.released],
  { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, lines: one(mug, 1) } },
  { type: 'ShipmentDelivered', data: { ...facts.delivered.data, lines: one(mug, 1) } },
  ...[cancelling(70), cancelling(71, [{ lineId: '2', quantity: 1 }]), cancelling(72, [{ lineId: '1' }]), overdue],
  ...[70, 71, 72].flatMap((n) => [freed(n, [lantern, mug]), freed(n, one(mug, 1)), tooLate(n, [lantern]), tooLate(n, one(mug, 2))]),
];

describe('cancelling, whatever else happens', () => {
  it('never cancels, asks for or confirms a unit twice, and ends only what is nothing any more', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...anything), { maxLength: 40 }), (steps) => {
        const events = attempted(steps);
        const state = stateOf(events);
        const asked = [...state.cancellations.values()].flatMap(unanswered);
        for (const [lineId, line] of state.progress) {
          const open = asked.filter((each) => each.lineId === lineId).reduce((sum, { quantity }) => sum + quantity, 0);
          expect(line.cancelled).toBeLessThanOrEqual(line.quantity);
          expect(line.confirmed + line.cancelled).toBeLessThanOrEqual(line.quantity);
          expect(line.confirmed).toBeGreaterThanOrEqual(0);
          expect(open).toBeLessThanOrEqual(Math.max(0, wanted(line)));
        }
        if (state.ended?.as === 'cancelled') expect([...state.progress.values()].map(wanted)).toEqual([0, 0]);
        for (const type of ['OrderCancelled', 'OrderCompleted'])
          expect(events.filter((event) => event.type === type).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    ));

  it('ends the same in whatever order the answers and the other topics are heard', () => {
    const began = attempted([facts.reserved, facts.authorized, facts.allocated, cancelling(70)]);
    const rest: readonly Fact[] = [
      ...[freed(70, one(lantern, 2)), tooLate(70, one(mug, 2)), freed(70, one(mug, 1))],
      { type: 'StockAllocated', data: { ...facts.allocated.data, fulfillmentId: id(61), lines: one(mug, 2), allocatedAt: minute(8) } },
      { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, fulfillmentId: id(61), lines: one(mug, 2) } },
      { type: 'ShipmentDelivered', data: { ...facts.delivered.data, fulfillmentId: id(61), lines: one(mug, 2) } },
    ];
    const end = (told: readonly Fact[]) => {
      const events = historyFrom(began, told);
      const state = stateOf(events);
      const { progress, cancellations, holds } = state;
      const refusals = events.flatMap((event) => (event.type === 'OrderCancellationRefused' ? event.data.lines : []));
      return { status: statusOf(state), progress, cancellations, holds, refusals, left: [...progress.values()].map(gone) };
    };
    const wantedEnd = end(rest);
    expect(wantedEnd).toMatchObject({ status: 'completed', left: [0, 2], refusals: one(mug, 2) });
    fc.assert(
      fc.property(fc.shuffledSubarray([...rest], { minLength: rest.length }), (told) => expect(end(told)).toEqual(wantedEnd)),
      { numRuns: 200 },
    );
  });
});
