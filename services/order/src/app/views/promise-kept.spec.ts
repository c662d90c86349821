import { fold } from '@cartage/eventsourcing';
import { rowsAfter } from '@cartage/views';
import type { OrderEvent } from '../../domain/events';
import type { Fact } from '../../domain/facts';
import { facts, smoothLife } from '../../domain/facts.fixture';
import { order } from '../../domain/order';
import { everything, id, orderId, placed } from '../../domain/order.fixture';
import { asSold, promiseOccasion, sold } from '../../domain/promising.fixture';
import { backorderedTo } from '../../domain/trouble.fixture';
import { promiseKept } from './promise-kept';

const [lantern] = everything;
const rowsOf = (begin: readonly OrderEvent[], ...told: readonly Fact[]) =>
  rowsAfter(
    promiseKept,
    told.reduce<readonly OrderEvent[]>((events, fact, n) => {
      const data = { fact, ...promiseOccasion(id(900 + 10 * n), '2026-11-23T10:00:00.000Z') };
      return [...events, ...order.decide({ type: 'RecordFact', data }, fold(order, events))];
    }, begin),
  );
const late = backorderedTo('2026-11-27T09:00:00.000Z');
const first = { order_id: orderId, ship_group_id: '1', channel: 'marketplace-x', service: 'standard', country: 'GB', policy: 'standard@1' };
const promised = { sold_ship_by: asSold.shipBy, sold_deliver_by: asSold.deliverBy };

describe('promise and truth', () => {
  it('stand side by side from the sale to the delivery', () => {
    expect(rowsOf(sold)).toMatchObject([{ ...first, ...promised, deliver_by: asSold.deliverBy, moves: 0, handed_over_at: null }]);
    expect(rowsOf(sold, ...smoothLife)).toMatchObject([
      { ...promised, handed_over_at: facts.handedOver.data.dispatchedAt, delivered_at: facts.delivered.data.occurredAt },
    ]);
  });

  it('keep what was sold beside what is promised now', () =>
    expect(rowsOf(sold, facts.short, late)).toMatchObject([
      { ...promised, deliver_by: '2026-12-02T23:59:59.999Z', moves: 1, delivered_at: null },
    ]));

  it('tell what both would have promised, where what is learned was looked at', () => {
    const [baseline, learned] = [asSold.deliverBy, '2026-12-01T23:59:59.999Z'];
    const quoted = {
      days: 5,
      deliverBy: learned,
      method: 'learned by lane',
      version: '1',
      model: '0',
      level: 'lane',
      deliveries: 9,
      share: 0.9,
    };
    const transit = { decidedBy: 'learned', percent: 90, baseline: { days: 2, deliverBy: baseline }, learned: quoted };
    const compared = sold.map((event) =>
      event.type === 'PromiseMade' ? { ...event, data: { ...event.data, basis: { ...event.data.basis, transit } } } : event,
    );
    expect(rowsOf(sold)).toMatchObject([{ decided_by: null, baseline_deliver_by: null }]);
    expect(rowsOf(compared)).toMatchObject([
      { decided_by: 'learned', percent: 90, baseline_deliver_by: baseline, learned_deliver_by: learned },
    ]);
  });

  it('wait for the last of it', () => {
    const part: Fact = { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, lines: [lantern] } };
    expect(rowsOf(sold, facts.reserved, facts.authorized, facts.allocated, part)).toMatchObject([{ handed_over_at: null }]);
  });

  it('are of nothing that was promised under no policy', () => expect(rowsOf([placed], ...smoothLife)).toEqual([]));
});
