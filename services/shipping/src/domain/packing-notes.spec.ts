import { specFor } from '@cartage/eventsourcing';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import { dispatched, facts, labelled, plan, ref, toPack } from './shipment.fixture';

const { given } = specFor(shipment);
const { shipmentId } = ref;
const notes = {
  instructions: 'No invoice.',
  groupInstructions: 'Ring twice.',
  lines: [{ lineId: '1', instructions: 'Face up.' }, { lineId: '2' }],
};
const say: ShipmentCommand = { type: 'ReplaceInstructions', data: notes };
const said: ShipmentEvent = { type: 'InstructionsReplaced', data: { shipmentId, ...notes } };
const nothing: ShipmentCommand = { type: 'ReplaceInstructions', data: { lines: [] } };

describe('what is said to whoever packs a shipment', () => {
  it.each([
    ['to pack', toPack],
    ['labelled', labelled],
  ])('is what was said last, told once, while it is %s', (_, past) =>
    given(...past)
      .when(say)
      .thenOnce(said),
  );

  it('can be taken back', () =>
    given(...toPack, said)
      .when(nothing)
      .thenOnce({ type: 'InstructionsReplaced', data: { shipmentId, lines: [{ lineId: '1' }, { lineId: '2' }] } }));

  it('is no news as it was planned, and of lines that are not in it', () => {
    const planned: ShipmentEvent = {
      type: 'ShipmentPlanned',
      data: { ...plan, groupInstructions: 'Ring twice.', plannedAt: '2026-11-23T12:00:00.000Z' },
    };
    given(planned)
      .when({
        type: 'ReplaceInstructions',
        data: { groupInstructions: 'Ring twice.', lines: [{ lineId: '9', instructions: 'Not here.' }] },
      })
      .thenNothing();
  });

  it.each([
    ['nobody has planned', []],
    ['the carrier has', dispatched],
    ['does not go out', [...toPack, facts.cancelled]],
  ])('matters no more for what %s', (_, past) =>
    given(...past)
      .when(say)
      .thenNothing(),
  );
});
