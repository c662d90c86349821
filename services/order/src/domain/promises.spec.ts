import { specFor } from '@cartage/eventsourcing';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { order, type OrderCommand } from './order';
import { everything, id, minute, now, occasion, orderId, placing } from './order.fixture';
import { alarmsOf } from './promises';
import { historyFrom, stateOf, type Step } from './story.fixture';
import { backorderedTo, backorderMovedTo } from './trouble.fixture';

const { given } = specFor(order);
const [lantern, mug] = everything;
const day = (n: number): string => minute(n * 24 * 60);

const sold = (dates: { readonly shipBy?: string; readonly deliverBy?: string }): OrderEvent => ({
  type: 'OrderPlaced',
  data: { ...placing, placedAt: day(0), shipGroups: placing.shipGroups.map((group) => ({ ...group, ...dates })) },
});
const dated = sold({ shipBy: day(2), deliverBy: day(4) });
const at = (time: string): OrderCommand => ({ type: 'MeetDeadline', data: occasion(id(95), time) });
const typesOf = (begin: OrderEvent, ...steps: readonly Step[]): readonly string[] =>
  historyFrom([begin], steps).flatMap(({ type }) => (/^(Promise|Deadline)/.test(type) ? [type] : []));
const last = (begin: OrderEvent, ...steps: readonly Step[]) =>
  historyFrom([begin], steps).findLast(({ type }) => type.startsWith('Promise'));

describe('a promise to the customer', () => {
  it('is made where none was sold, once goods on order have a date', () =>
    expect(last(sold({}), facts.short, backorderedTo(day(5)))).toEqual({
      type: 'PromiseMade',
      data: { orderId, shipGroupId: '1', shipBy: day(5), lines: [{ lineId: '2', sku: 'MUG', quantity: 3 }], promisedAt: now },
    }));

  it('moves with the goods, by as much, and back no further than what was sold', () => {
    expect(last(dated, facts.short, backorderedTo(day(5)))).toMatchObject({
      type: 'PromiseMoved',
      data: { shipBy: day(5), deliverBy: day(7), before: { shipBy: day(2), deliverBy: day(4) }, reason: { code: 'backorder' } },
    });
    expect(last(dated, facts.short, backorderedTo(day(5)), backorderMovedTo(day(9)))).toMatchObject({
      data: { shipBy: day(9), deliverBy: day(11) },
    });
    expect(last(dated, facts.short, backorderedTo(day(5)), backorderMovedTo(day(1)))).toMatchObject({
      data: { shipBy: day(2), deliverBy: day(4) },
    });
    expect(last(dated, facts.short, backorderedTo(day(5)), backorderMovedTo(undefined))?.data).not.toHaveProperty('shipBy');
  });

  it('stays where the goods come in time, and where nothing waits for them', () => {
    expect(typesOf(dated, facts.short, backorderedTo(day(2)))).toEqual([]);
    expect(typesOf(dated, facts.reserved, facts.short, backorderedTo(day(5)))).toEqual([]);
    expect(typesOf(dated, facts.short, backorderedTo(day(5)), backorderedTo(day(5)))).toEqual(['PromiseMoved']);
  });

  it('is what the order is confirmed with', () =>
    expect(historyFrom([dated], [facts.short, backorderedTo(day(5)), facts.authorized, facts.reserved]).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      data: { shipGroups: [{ shipBy: day(5), deliverBy: day(7) }] },
    }));
});

describe('a date that comes near', () => {
  const atRisk: OrderEvent = {
    type: 'DeadlineAtRisk',
    data: { orderId, shipGroupId: '1', deadline: 'ship-by', dueAt: day(2), lines: everything, warnedAt: day(1) },
  };

  it('is warned of once, a day before, and missed once', () => {
    given(dated)
      .when(at(minute(24 * 60 - 1)))
      .thenNothing();
    given(dated)
      .when(at(day(1)))
      .thenOnce(atRisk);
    given(dated, atRisk)
      .when(at(day(2)))
      .thenOnce({
        type: 'DeadlineMissed',
        data: { orderId, shipGroupId: '1', deadline: 'ship-by', dueAt: day(2), lines: everything, missedAt: day(2) },
      });
  });

  it('is not warned of in the first half of the time that there was', () => {
    given(sold({ shipBy: day(1) }))
      .when(at(minute(60)))
      .thenNothing();
    given(sold({ shipBy: day(1) }))
      .when(at(minute(12 * 60)))
      .then(expect.objectContaining({ type: 'DeadlineAtRisk' }) as OrderEvent);
  });

  it('names what is late, and nothing when all has come or is cancelled', () => {
    const life = [facts.reserved, facts.authorized, facts.allocated] as const;
    const gone: Fact = { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, lines: [mug] } };
    expect(historyFrom([dated], [...life, gone, at(day(2))]).at(-1)).toMatchObject({ data: { deadline: 'ship-by', lines: [lantern] } });
    expect(typesOf(dated, ...life, facts.handedOver, at(day(2)))).toEqual([]);
    expect(typesOf(dated, ...life, facts.handedOver, at(day(4)))).toEqual(['DeadlineMissed']);
    expect(typesOf(dated, facts.declined, at(day(9)))).toEqual([]);
  });

  it('is late as long as it is not made good, and no longer', () => {
    const late = [facts.reserved, facts.authorized, facts.allocated, at(day(2))] as const;
    expect([...alarmsOf(stateOf(historyFrom([dated], late)))]).toEqual(['missed']);
    expect([...alarmsOf(stateOf(historyFrom([dated], [...late, facts.handedOver])))]).toEqual([]);
  });

  it('moves with the promise: what was warned of is no more', () => {
    const steps = [facts.short, at(day(1)), backorderedTo(day(5))] as const;
    expect([...alarmsOf(stateOf(historyFrom([dated], steps)))]).toEqual([]);
    expect(typesOf(dated, ...steps, at(day(2)))).toEqual(['DeadlineAtRisk', 'PromiseMoved']);
  });
});
