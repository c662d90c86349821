import { fold } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { shipment } from './decide';
import type { Plan, ShipmentEvent } from './events';
import { pickList } from './pick-list';
import { hold, now, orderCancelled, plan, ref } from './shipment.fixture';
import type { Wave } from './wave';

const wave: Wave = { waveId: 'w1', location: 'LEEDS', members: [], releasedAt: now };
/** A shipment of the wave, in a tote, after these events. */
const standing = (tote: number, lines: Plan['lines'], ...after: readonly ShipmentEvent[]) => {
  const ids = { ...ref, shipmentId: `s${tote}` };
  const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, ...ids, lines, plannedAt: now } };
  const joined: ShipmentEvent = {
    type: 'WaveJoined',
    data: { shipmentId: ids.shipmentId, orderId: ref.orderId, waveId: 'w1', joinedAt: now },
  };
  return { shipmentId: ids.shipmentId, tote, shipment: fold(shipment, [planned, joined, ...after]) };
};
const mugs = (quantity: number) => ({ lineId: '1', sku: 'MUG', quantity, description: 'A mug' });
const lamp = { lineId: '2', sku: 'LAMP', quantity: 1 };

describe('a pick list', () => {
  it('leads from bin to bin as they are numbered, and says what goes into which tote', () => {
    const bins = new Map([
      ['MUG', 'A-10'],
      ['LAMP', 'A-2'],
    ]);
    const list = pickList(wave, [standing(1, [mugs(3), lamp]), standing(2, [mugs(2), { lineId: '5', sku: 'RUG', quantity: 1 }])], bins);
    expect(list).toMatchObject({ shipments: 2, done: 0, out: [] });
    expect(list.bins.map(({ bin, sku, quantity }) => [bin, sku, quantity])).toEqual([
      ['A-2', 'LAMP', 1],
      ['A-10', 'MUG', 5],
      [undefined, 'RUG', 1],
    ]);
    expect(list.bins[1]).toMatchObject({
      description: 'A mug',
      totes: [
        { tote: 1, quantity: 3 },
        { tote: 2, quantity: 2 },
      ],
    });
  });

  it('shows what was found of it, and what is not there', () => {
    const confirmed: ShipmentEvent = {
      type: 'LinesConfirmed',
      data: {
        ...ref,
        lines: [{ lineId: '1', quantity: 1, short: 1, missing: [], reason: { code: 'x', by: 'operator' } }],
        confirmedAt: now,
      },
    };
    const short = [{ lineId: '1', sku: 'MUG', quantity: 1, missing: [], reason: { code: 'x', by: 'operator' } }];
    const picked: ShipmentEvent = { type: 'ShipmentPicked', data: { ...ref, lines: [mugs(2)], short, pickedAt: now } };
    const list = pickList(wave, [standing(1, [mugs(3)], confirmed), standing(2, [mugs(3)], picked)], new Map());
    expect(list).toMatchObject({ shipments: 2, done: 1 });
    expect(list.bins).toMatchObject([
      {
        quantity: 6,
        picked: 3,
        short: 2,
        totes: [
          { picked: 1, short: 1, quantity: 3 },
          { picked: 2, short: 1, quantity: 3 },
        ],
      },
    ]);
  });

  it('takes a kit apart, because its parts stand in bins of their own', () => {
    const parts = [
      { sku: 'CUP', quantity: 2, share: 60 },
      { sku: 'POT', quantity: 1, share: 40 },
    ];
    const list = pickList(wave, [standing(1, [{ lineId: '1', sku: 'TEA-SET', quantity: 2, parts }])], new Map([['POT', 'A-1']]));
    expect(list.bins).toMatchObject([
      { bin: 'A-1', sku: 'POT', quantity: 2, totes: [{ kit: 'TEA-SET' }] },
      { sku: 'CUP', quantity: 4 },
    ]);
  });

  it('leaves out by name what is held, cancelled or in another wave; what is held comes back upon release', () => {
    const held: ShipmentEvent = { type: 'ShipmentHeld', data: { ...ref, ...hold('h1') } };
    const freed: ShipmentEvent = { type: 'ShipmentReleased', data: { shipmentId: ref.shipmentId, holdId: 'h1', releasedAt: now } };
    const cancelled: ShipmentEvent = { type: 'ShipmentCancelled', data: { ...ref, lines: [], reason: orderCancelled, cancelledAt: now } };
    const elsewhere: ShipmentEvent = { type: 'WaveJoined', data: { shipmentId: 's3', orderId: ref.orderId, waveId: 'w2', joinedAt: now } };
    const all = [[held], [cancelled], [elsewhere], [held, freed]].map((after, n) => standing(n + 1, [mugs(1)], ...after));
    const list = pickList(wave, all, new Map());
    expect(list.out.map(({ tote, reason }) => [tote, reason])).toEqual([
      [1, 'held'],
      [2, 'cancelled'],
      [3, 'in-another-wave'],
    ]);
    expect(list.bins).toMatchObject([{ totes: [{ tote: 4 }] }]);
  });

  it('has every unit of every shipment in it once', () => {
    const line = fc.record({
      lineId: fc.constantFrom('1', '2', '3'),
      sku: fc.constantFrom('A', 'B'),
      quantity: fc.integer({ min: 1, max: 9 }),
    });
    const shipments = fc.array(fc.uniqueArray(line, { selector: ({ lineId }) => lineId, minLength: 1 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(shipments, (all) => {
        const list = pickList(
          wave,
          all.map((lines, n) => standing(n + 1, lines)),
          new Map([['B', 'A-1']]),
        );
        const totes = list.bins.flatMap((bin) =>
          bin.totes.map(({ shipmentId, lineId, quantity }) => [shipmentId, lineId, bin.sku, quantity]),
        );
        const wanted = all.flatMap((lines, n) => lines.map(({ lineId, sku, quantity }) => [`s${n + 1}`, lineId, sku, quantity]));
        const key = (row: readonly unknown[]): string => JSON.stringify(row);
        expect(totes.map(key).sort()).toEqual(wanted.map(key).sort());
      }),
      { numRuns: 200 },
    );
  });
});
