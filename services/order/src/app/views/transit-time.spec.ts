import { fold } from '@cartage/eventsourcing';
import { rowsAfter } from '@cartage/views';
import type { OrderEvent } from '../../domain/events';
import type { Fact } from '../../domain/facts';
import { facts, smoothLife } from '../../domain/facts.fixture';
import { order } from '../../domain/order';
import { id, orderId, placed } from '../../domain/order.fixture';
import { promiseOccasion, sold } from '../../domain/promising.fixture';
import { transitTime } from './transit-time';

const rowsOf = (begin: readonly OrderEvent[], ...told: readonly Fact[]) =>
  rowsAfter(
    transitTime,
    told.reduce<readonly OrderEvent[]>((events, fact, n) => {
      const data = { fact, ...promiseOccasion(id(900 + 10 * n), '2026-11-23T10:00:00.000Z') };
      return [...events, ...order.decide({ type: 'RecordFact', data }, fold(order, events))];
    }, begin),
  );
const shipment = {
  ...{ order_id: orderId, location: facts.handedOver.data.location, service: 'standard', destination: { country: 'GB' } },
  handed_over_at: facts.handedOver.data.dispatchedAt,
};
const transit = { decidedBy: 'baseline', percent: 90, calendar: 'GB', baseline: { days: 2, deliverBy: '2026-11-26T23:59:59.999Z' } };
const looked = sold.map((event) =>
  event.type === 'PromiseMade' ? { ...event, data: { ...event.data, basis: { ...event.data.basis, transit } } } : event,
);

describe('what lead times are learned from', () => {
  it('is when a shipment left and when it was there, with what was said of it', () => {
    expect(rowsOf(looked, ...smoothLife)).toMatchObject([
      { step: 'handed-over', ...shipment, promised: { percent: 90, calendar: 'GB' }, delivered_at: null },
      { step: 'ended', ...shipment, promised: { percent: 90 }, delivered_at: facts.delivered.data.occurredAt },
    ]);
    expect(rowsOf([placed], ...smoothLife)).toMatchObject([{ promised: null }, { step: 'ended', promised: null }]);
  });

  it('is not what nobody saw come', () => {
    const supposed: Fact = {
      type: 'ShipmentDelivered',
      data: { ...facts.delivered.data, reason: { code: 'silence', detail: '', by: 'policy' } },
    };
    const life = smoothLife.map((fact) => (fact.type === 'ShipmentDelivered' ? supposed : fact));
    expect(rowsOf(looked, ...life)).toMatchObject([{ step: 'handed-over' }, { step: 'ended', delivered_at: null }]);
  });

  it('is whose days count', () =>
    expect(
      rowsAfter(transitTime, [
        {
          type: 'PromiseCalendarChanged',
          data: {
            code: 'GB',
            revision: 1,
            terms: { weekdays: ['monday'], closedOn: [] },
            by: 'anna',
            changedAt: '2026-11-23T10:00:00.000Z',
          },
        },
      ]),
    ).toMatchObject([{ step: 'calendar', code: 'GB', terms: { weekdays: ['monday'] }, order_id: null }]));
});
