import type { LineQuantity } from '@cartage/contracts';
import fc from 'fast-check';
import { facts } from './facts.fixture';
import type { Fact } from './facts';
import { everything, id, minute } from './order.fixture';
import { statusOf } from './state';
import { amongEachOther, history, historyFrom, stateOf } from './story.fixture';

const [lantern, mug] = everything;
const one = (line: LineQuantity, quantity: number): readonly LineQuantity[] => [{ ...line, quantity }];
const restocked = (lines: readonly LineQuantity[]) => lines.map((line) => ({ ...line, disposition: 'restock' as const }));
const parcel = (parcelId: string, lines: readonly LineQuantity[]) => ({ parcelId, trackingNumber: `SIM${parcelId}`, lines });

const parcels = { lanterns: parcel('1', [lantern]), mugs: parcel('2', [mug]) };
const handedOver: Fact = {
  type: 'ShipmentDispatched',
  data: { ...facts.handedOver.data, parcels: [parcels.lanterns, parcels.mugs], lines: everything },
};
const delivered = (each: (typeof parcels)['mugs'], at = minute(16)): Fact => ({
  type: 'ShipmentDelivered',
  data: { ...facts.delivered.data, parcels: [each], lines: each.lines, occurredAt: at },
});
const sentBack = (each: (typeof parcels)['mugs'], at = minute(15)): Fact => ({
  type: 'RtoInitiated',
  data: { ...facts.returning.data, parcels: [each], lines: each.lines, occurredAt: at },
});
const received = (receipt: number, each: (typeof parcels)['mugs'], lines = each.lines): Fact => ({
  type: 'RtoReceived',
  data: { ...facts.receivedBack.data, receiptId: id(receipt), parcels: [{ ...each, lines }], lines: restocked(lines) },
});
const begun: readonly Fact[] = [facts.reserved, facts.authorized, facts.allocated, handedOver];
const cancelledIn = (events: ReturnType<typeof history>) => events.flatMap((event) => (event.type === 'LineCancelled' ? [event.data] : []));

describe('what could not be delivered', () => {
  it('is done without once it is received, and not before; the rest of the order goes on', () => {
    const events = history(...begun, sentBack(parcels.mugs), facts.backInTransit);
    expect(cancelledIn(events)).toEqual([]);
    const back = historyFrom(events, [received(80, parcels.mugs)]);
    expect(cancelledIn(back)).toMatchObject([
      {
        cancellationId: id(80),
        lines: [mug],
        undelivered: { shipmentId: facts.handedOver.data.shipmentId, receiptId: id(80), parcels: ['2'] },
        reason: { code: 'returned-to-origin' },
      },
    ]);
    expect(statusOf(stateOf(back))).toBe('shipped');
    expect(statusOf(stateOf(historyFrom(back, [delivered(parcels.lanterns)])))).toBe('completed');
  });

  it('ends the order when nothing of it is left', () => {
    const events = history(...begun, received(80, parcels.mugs), received(81, parcels.lanterns));
    expect(stateOf(events).ended).toMatchObject({ as: 'cancelled' });
    expect(events.at(-1)).toMatchObject({ type: 'OrderCancelled', data: { reason: { code: 'returned-to-origin' } } });
  });

  it('comes in parts, each once; units of a line that have not left are still to come', () => {
    const few = parcel('3', one(mug, 1));
    const partly: Fact = { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, parcels: [few], lines: few.lines } };
    const state = stateOf(history(facts.reserved, facts.authorized, partly, received(80, few), received(80, few)));
    expect(state.progress.get(mug.lineId)).toMatchObject({
      cancelled: 1,
      shipped: 0,
      reserved: mug.quantity - 1,
      confirmed: mug.quantity - 1,
    });
  });

  it('was not delivered, whatever the carrier had said; an order that was complete hears of it as well', () => {
    const events = history(...begun, delivered(parcels.mugs), delivered(parcels.lanterns));
    expect(statusOf(stateOf(events))).toBe('completed');
    const back = historyFrom(events, [sentBack(parcels.mugs, minute(20)), received(80, parcels.mugs)]);
    expect(cancelledIn(back)).toMatchObject([{ lines: [mug] }]);
    const state = stateOf(back);
    expect(state.progress.get(mug.lineId)).toMatchObject({ cancelled: mug.quantity, shipped: 0, delivered: 0 });
    const [shipment] = state.shipments.values();
    expect(shipment?.parcels.get('2')).toMatchObject({ milestone: 'returned' });
    expect(shipment?.parcels.get('1')).toMatchObject({ milestone: 'delivered' });
  });

  it('ends the same however what shipping tells is heard among the other topics', () => {
    const shipping = [
      handedOver,
      delivered(parcels.mugs),
      sentBack(parcels.mugs, minute(14)),
      received(80, parcels.mugs),
      delivered(parcels.lanterns),
    ];
    const stock = [facts.reserved, facts.allocated];
    const payment = [facts.authorized, facts.captured];
    const endOf = (choices: readonly number[]) => {
      const events = historyFrom(history(), amongEachOther<Fact>(shipping, stock, payment)(choices));
      const { progress, ended, cancellations } = stateOf(events);
      return {
        progress,
        as: ended?.as,
        cancelled: [...cancellations.values()].map((each) => each.cancelled),
        lines: cancelledIn(events).map(({ lines }) => lines),
      };
    };
    const wanted = endOf([1, 1, 1, 1, 0, 0, 0, 0, 0]);
    expect(wanted).toMatchObject({ as: 'completed', lines: [[mug]] });
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 }), { minLength: 9, maxLength: 9 }), (choices) => expect(endOf(choices)).toEqual(wanted)),
      { numRuns: 200 },
    );
  });
});
