import { fold } from '@cartage/eventsourcing';
import { facts } from './facts.fixture';
import { id, now, placing } from './order.fixture';
import { order } from './order';
import { replacementOf } from './replacement';
import type { OrderEvent } from './events';
import type { PlacedOrder } from './state';

const after = (...events: readonly OrderEvent[]): PlacedOrder => {
  const state = fold(order, [{ type: 'OrderPlaced', data: placing }, ...events]);
  if (!state) throw new Error('There is no order.');
  return state;
};
const request = {
  ...{ replacementOrderId: id(70), because: { claimId: id(71) }, paymentId: id(72) },
  lines: [{ lineId: '2', sku: 'MUG', quantity: 1 }],
};

describe('an order that sends goods again', () => {
  it('is of the same goods to the same person and place, and costs nothing', () => {
    const replacement = replacementOf(after(facts.reserved), request);
    expect(replacement).toMatchObject({
      ...{ orderId: id(70), channel: placing.channel, customerId: 'c-17', personal: placing.personal, policies: placing.policies },
      lines: [{ lineId: '1', sku: 'MUG', quantity: 1, unitPrice: 0, total: 0, taxLines: [], attributes: { engraving: 'A & B' } }],
      shipGroups: [{ shipGroupId: '1', method: 'ship', destination: placing.shipGroups[0]?.destination, charge: 0, taxLines: [] }],
      totals: { goods: 0, discount: 0, shipping: 0, tax: 0, total: 0 },
      payments: [{ paymentId: id(72), amount: 0 }],
      replaces: { orderId: placing.orderId, claimId: id(71) },
    });
    expect(replacement).not.toHaveProperty('externalOrderId');
  });

  it('is placed once, however often it is told', () => {
    const replacement = replacementOf(after(), request);
    const command = { type: 'PlaceOrder', data: { order: replacement, now } } as const;
    const placed = order.decide(command, undefined);
    expect(placed).toMatchObject([{ type: 'OrderPlaced', data: { replaces: { claimId: id(71) } } }]);
    expect(order.decide(command, fold(order, placed))).toEqual([]);
  });

  it('names a part of a kit by itself, without what was said of the whole', () => {
    const lines = [{ lineId: '1', sku: 'BULB', quantity: 2 }];
    const [line] = replacementOf(after(), { ...request, lines }).lines;
    expect(line).toEqual({
      ...{ lineId: '1', sku: 'BULB', quantity: 2, unitPrice: 0, discounts: [], taxLines: [], total: 0, shipGroupId: '1' },
    });
  });
});
