import type { LineQuantity } from '@cartage/contracts';
import { fold } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { unanswered } from './cancellations';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import type { HoldRequest } from './holding';
import { order, type OrderCommand } from './order';
import { everything, id, minute, occasion, placed } from './order.fixture';
import { statusOf, type Hold } from './state';
import { amongEachOther, attempted, historyFrom, stateOf, type Step } from './story.fixture';

const [lantern, mug] = everything;
const reason = { code: 'address-check', by: 'operator', actor: 'user-17' };

const holding = (n: number, more: Partial<HoldRequest> = {}): OrderCommand => ({
  type: 'ApplyHold',
  data: { ...occasion(id(1_000 + 10 * n)), holdId: id(100 + n), type: 'operator', reason, ...more },
});
const releasing = (holdId: string, first = 3_000): OrderCommand => ({
  type: 'ReleaseHold',
  data: { ...occasion(id(first)), holdId, by: 'operator', actor: 'user-18' },
});
const cancelling = (n: number, lines?: readonly { lineId: string }[]): OrderCommand => ({
  type: 'CancelOrder',
  data: { ...occasion(id(2_000 + 10 * n)), cancellationId: id(150 + n), lines, reason },
});
const at = (time: string, first = 5_000): OrderCommand => ({ type: 'MeetDeadline', data: occasion(id(first), time) });
const reserved = (lines: readonly LineQuantity[]): Fact => ({ type: 'StockReserved', data: { ...facts.reserved.data, lines } });

const requests: readonly Step[] = [
  ...[holding(1), holding(2, { lines: [{ lineId: '2' }] }), holding(3, { shipGroupId: '1' }), holding(4, { until: minute(20) })],
  ...[holding(5, { lines: [{ lineId: '1', quantity: 1 }], until: minute(40) }), cancelling(1), cancelling(2, [{ lineId: '2' }])],
  ...[1, 2, 3, 4, 5].map((n) => releasing(id(100 + n), 3_000 + 10 * n)),
  ...[at(minute(15)), at(minute(30), 5_100), at(minute(60 * 60), 5_200)],
];
const told: readonly Step[] = [
  ...[facts.reserved, reserved([lantern]), facts.short, facts.authorized, facts.review, facts.chargeback, facts.chargebackWon],
  ...[facts.unfillable, facts.rejected, facts.allocated, facts.expired, facts.handedOver, facts.delivered],
  { type: 'PaymentDeclined', data: { ...facts.declined.data, retryable: true } },
];

const concerns = ({ lines, shipGroupId }: Hold, line: { readonly lineId: string; readonly shipGroupId: string }): boolean =>
  lines ? lines.some(({ lineId }) => lineId === line.lineId) : shipGroupId === undefined || shipGroupId === line.shipGroupId;

const countOf = (events: readonly OrderEvent[], type: 'HoldApplied' | 'HoldReleased'): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const event of events) if (event.type === type) counts.set(event.data.holdId, (counts.get(event.data.holdId) ?? 0) + 1);
  return counts;
};

const anyOf = (steps: readonly Step[]) => fc.array(fc.constantFrom(...steps), { maxLength: 30 });

describe('holds, whatever else happens', () => {
  it('let nothing of what they hold be confirmed', () =>
    fc.assert(
      fc.property(anyOf([...requests, ...told]), (steps) => {
        const events = attempted(steps);
        events.forEach((event, i) => {
          if (event.type !== 'OrderConfirmed') return;
          const holds = fold(order, events.slice(0, i))?.holds ?? [];
          expect(event.data.lines.filter((line) => holds.some((hold) => concerns(hold, line)))).toEqual([]);
        });
      }),
      { numRuns: 150 },
    ));

  it('begin once and end once, and end with the order', () =>
    fc.assert(
      fc.property(anyOf([...requests, ...told]), (steps) => {
        const events = attempted(steps);
        const { holds, ended } = stateOf(events);
        const [begun, over] = [countOf(events, 'HoldApplied'), countOf(events, 'HoldReleased')];
        expect([...begun.values(), ...over.values()].filter((times) => times !== 1)).toEqual([]);
        expect([...over.keys(), ...holds.map(({ holdId }) => holdId)].toSorted()).toEqual([...begun.keys()].toSorted());
        if (ended) expect(holds).toEqual([]);
      }),
      { numRuns: 150 },
    ));

  it('stand once for each cause and each part of the order', () =>
    fc.assert(
      fc.property(anyOf([...requests, ...told]), (steps) => {
        const { holds } = stateOf(attempted(steps));
        const parts = holds
          .filter(({ type }) => type !== 'operator')
          .flatMap(({ type, lines }) => lines?.map(({ lineId }) => `${type} ${lineId}`) ?? [`${type} all`]);
        expect(new Set(parts).size).toBe(parts.length);
        const whole = new Set(holds.flatMap(({ type, lines }) => (lines || type === 'operator' ? [] : [type])));
        expect(holds.filter(({ type, lines }) => lines && whole.has(type))).toEqual([]);
      }),
      { numRuns: 150 },
    ));

  it('are decided about once: asked again at the same time, nothing begins or ends', () =>
    fc.assert(
      fc.property(anyOf([...requests, ...told]), (steps) => {
        const events = attempted([...steps, at(minute(60 * 60 * 24), 7_000)]);
        expect(attempted([at(minute(60 * 60 * 24), 8_000)], events)).toEqual(events);
      }),
      { numRuns: 150 },
    ));

  it('each have a way out: a person lets them pass, or what they wait for comes', () =>
    fc.assert(
      fc.property(anyOf([...requests, ...told]), (steps) => {
        const events = attempted(steps);
        const people = stateOf(events).holds.map(({ holdId }, n) => releasing(holdId, 9_000 + 10 * n));
        const comes: readonly Step[] = [
          ...[facts.chargebackWon, reserved(everything), facts.authorized],
          { type: 'PaymentAuthorized', data: { ...facts.authorized.data, authorizationId: id(60) } },
          { type: 'StockAllocated', data: { ...facts.allocated.data, fulfillmentId: id(61) } },
        ];
        const after = attempted([...people, ...comes, at(minute(60), 9_900)], events);
        const asked = [...stateOf(after).cancellations.values()].flatMap((each): readonly Fact[] => {
          const lines = unanswered(each);
          const { cancellationId } = each;
          return lines.length > 0
            ? [{ type: 'FulfillmentCancelled', data: { ...facts.fulfillmentCancelled.data, cancellationId, lines } }]
            : [];
        });
        expect(stateOf(historyFrom(after, asked)).holds).toEqual([]);
      }),
      { numRuns: 150 },
    ));

  it('end the same, however stock, money and people come among each other', () => {
    const people = [holding(1), holding(2, { lines: [{ lineId: '2' }] }), releasing(id(101)), releasing(id(102), 3_100)];
    const end = (steps: readonly Step[]) => {
      const state = stateOf(historyFrom([placed], steps));
      return { status: statusOf(state), holds: state.holds, confirmed: [...state.progress.values()].map(({ confirmed }) => confirmed) };
    };
    const interleaved = amongEachOther<Step>(people, [facts.short, reserved([lantern]), reserved([mug])], [facts.review, facts.authorized]);
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 9 }), (choices) =>
        expect(end(interleaved(choices))).toEqual({ status: 'confirmed', holds: [], confirmed: [2, 3] }),
      ),
      { numRuns: 150 },
    );
  });
});
