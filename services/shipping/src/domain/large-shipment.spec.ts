import type { Parcel } from '@cartage/contracts';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import { labelId, now, plan, scanAt } from './shipment.fixture';

/** Counts how often anybody looks at what was packed: at a parcel, or at a line in it. */
const counting = () => {
  let looks = 0;
  const watched = <Of extends object>(of: Of): Of => new Proxy(of, { get: (it, name) => ((looks += 1), Reflect.get(it, name) as unknown) });
  const parcelsOf = (parcels: readonly Parcel[]): Parcel[] =>
    parcels.map((parcel) => watched({ ...parcel, lines: parcel.lines.map((line) => watched(line)) }));
  return { parcelsOf, looks: () => looks };
};

/** A shipment of so many lines in so many parcels, from the shelf to the door, every other parcel back again in one receipt that names all of its lines; then lost and found. */
const play = (count: number, boxes: number) => {
  const { parcelsOf, looks } = counting();
  const events: ShipmentEvent[] = [];
  let state = shipment.initial;
  const tell = (command: ShipmentCommand): void => {
    for (const event of shipment.decide(command, state)) {
      const told = event.type === 'ShipmentPacked' ? { ...event, data: { ...event.data, parcels: parcelsOf(event.data.parcels) } } : event;
      events.push(told);
      state = shipment.evolve(state, told);
    }
  };
  const lines = Array.from({ length: count }, (_, n) => ({ lineId: `${n}`, sku: `SKU-${n}`, quantity: 2 }));
  const inBox = (box: number) =>
    lines.slice((box * count) / boxes, ((box + 1) * count) / boxes).map(({ lineId, quantity }) => ({ lineId, quantity }));
  const all = Array.from({ length: boxes }, (_, box) => box);
  const awb = (box: number) => `AWB-${box}`;
  const back = all.filter((box) => box % 2 === 1);
  tell({ type: 'PlanShipment', data: { plan: { ...plan, lines }, now } });
  tell({ type: 'PickShipment', data: { now } });
  tell({ type: 'PackShipment', data: { parcels: all.map((box) => ({ weightGrams: 100, lines: inBox(box) })), now } });
  tell({ type: 'RequestLabel', data: { labelId, choice: { carrier: 'simulated', service: 'standard' }, wish: {}, now } });
  const numbers = all.map((box) => ({ parcelId: `${box + 1}`, trackingNumber: awb(box) }));
  const booking = { carrier: 'simulated', service: 'standard', currency: 'GBP', cost: 5_000, parcels: numbers };
  tell({ type: 'RecordLabel', data: { labelId, booking, trackingToken: 't', now } });
  tell({ type: 'DispatchShipment', data: { now } });
  for (const box of all) tell({ type: 'RecordScan', data: { trackingNumber: awb(box), scan: scanAt('in-transit', 8), now } });
  tell({ type: 'DeclareLost', data: { reason: { code: 'silent', by: 'policy' }, now } });
  for (const box of all.filter((each) => each % 2 === 0))
    tell({ type: 'RecordScan', data: { trackingNumber: awb(box), scan: scanAt('delivered', 9), now } });
  const parcels = back.map((box) => ({ trackingNumber: awb(box), lines: inBox(box) }));
  tell({ type: 'ReceiveRto', data: { receiptId: 'r', dock: 'LDN', parcels, others: [], now } });
  return { looks: looks(), events, state };
};

const bytes = (events: readonly ShipmentEvent[]): number => JSON.stringify(events).length;

describe('a shipment of 1,500 lines', () => {
  it('goes there and back, in one parcel or in many', () => {
    for (const boxes of [2, 100]) {
      const { state } = play(1_500, boxes);
      expect(state).toMatchObject({ status: 'returned' });
      expect('tracked' in state && state.tracked.filter(({ status }) => status === 'delivered')).toHaveLength(boxes / 2);
    }
  });

  it.each([
    ['lines', [750, 10], [1_500, 10]],
    ['lines and parcels', [300, 100], [600, 200]],
  ] as const)('with twice the %s twice as much is looked at and told, and no more', (_, less, more) => {
    const [one, two] = [play(less[0], less[1]), play(more[0], more[1])];
    expect(two.looks / one.looks).toBeLessThan(2.2);
    expect(bytes(two.events) / bytes(one.events)).toBeLessThan(2.2);
  });
});
