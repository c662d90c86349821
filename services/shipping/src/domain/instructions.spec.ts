import { specFor, type DataOf } from '@cartage/eventsourcing';
import type { ShipmentCommand } from './commands';
import { shipment } from './decide';
import type { ShipmentEvent } from './events';
import { failuresOf, overtakenBy } from './instructions';
import { instructionsOf } from './beside';
import { dispatched, labelled, now, recordScan, ref, requested } from './shipment.fixture';

const { given } = specFor(shipment);
const reason = { code: 'instructed', by: 'customer' };

const past = (...commands: readonly ShipmentCommand[]): readonly ShipmentEvent[] =>
  commands.reduce<readonly ShipmentEvent[]>(
    (events, command) => [...events, ...shipment.decide(command, events.reduce(shipment.evolve, shipment.initial))],
    dispatched,
  );
const instruct = (instructionId: string, over: Partial<DataOf<ShipmentCommand, 'InstructDelivery'>> = {}): ShipmentCommand => ({
  type: 'InstructDelivery',
  data: { instructionId, instruction: 'reattempt', reason, now, ...over },
});
const told = (instructionId: string, parcelId: string, trackingNumber: string): ShipmentEvent => ({
  type: 'DeliveryInstructed',
  data: {
    ...{ ...ref, carrier: 'simulated', parcelId, trackingNumber, instructionId, instruction: 'reattempt', reason },
    instructedAt: now,
  },
});
const bothFailed = past(recordScan('attempt-failed', 9), recordScan('attempt-failed', 10, 'CTG2'));
const stateAfter = (...commands: readonly ShipmentCommand[]) => past(...commands).reduce(shipment.evolve, shipment.initial);

describe('what a carrier is to do with parcels that it could not deliver', () => {
  it('is said of all of them, or of one, once', () => {
    given(...bothFailed)
      .when(instruct('i1'))
      .thenOnce(told('i1', '1', 'CTG1'), told('i1', '2', 'CTG2'));
    given(...bothFailed)
      .when(instruct('i1', { parcelId: '2' }))
      .thenOnce(told('i1', '2', 'CTG2'));
  });

  it('is said of those alone that failed', () =>
    given(...past(recordScan('attempt-failed', 9), recordScan('delivered', 10, 'CTG2')))
      .when(instruct('i1'))
      .thenOnce(told('i1', '1', 'CTG1')));

  it.each([
    ['delivered', 'PARCEL_DELIVERED'],
    ['returned', 'PARCEL_RETURNING'],
    ['in-transit', 'DELIVERY_NOT_FAILED'],
  ] as const)('crosses a scan that says %s, and is refused by name', (milestone, code) =>
    given(...past(recordScan('attempt-failed', 9), recordScan(milestone, 10)))
      .when(instruct('i1', { parcelId: '1' }))
      .thenRefused(code),
  );

  it('is refused of what no carrier has, and of a parcel that there is not', () => {
    given(...labelled)
      .when(instruct('i1'))
      .thenRefused('SHIPMENT_NOT_DISPATCHED');
    given(...requested)
      .when(instruct('i1'))
      .thenRefused('SHIPMENT_NOT_LABELLED');
    given().when(instruct('i1')).thenRefused('SHIPMENT_UNKNOWN');
    given(...bothFailed)
      .when(instruct('i1', { parcelId: '9' }))
      .thenRefused('PARCEL_UNKNOWN');
  });

  it('is answered by the carrier once', () => {
    const of = { instructionId: 'i1', parcelId: '1' };
    const asked = [...bothFailed, told('i1', '1', 'CTG1')];
    given(...asked)
      .when({ type: 'AcceptInstruction', data: { ...of, now } })
      .thenOnce({ type: 'InstructionAccepted', data: { ...of, acceptedAt: now } });
    given(...asked, { type: 'InstructionAccepted', data: { ...of, acceptedAt: now } })
      .when({ type: 'RefuseInstruction', data: { ...of, reason, now } })
      .thenNothing();
  });

  it('need not be any more when the parcel arrived, goes back, or something else was said since', () => {
    const failed = [recordScan('attempt-failed', 9), instruct('i1')];
    const first = (...after: readonly ShipmentCommand[]) => {
      const state = stateAfter(...failed, ...after);
      const [instruction] = instructionsOf(state);
      return instruction && overtakenBy(state, instruction);
    };
    expect(first()).toBeUndefined();
    for (const after of [recordScan('delivered', 11), recordScan('returned', 11), instruct('i2')])
      expect(first(after)).toMatchObject({ code: 'overtaken', by: 'policy' });
  });

  it('waits for somebody after each failed attempt, and no longer', () => {
    const failed = recordScan('attempt-failed', 9);
    expect(failuresOf(stateAfter(failed), '1')).toEqual({ attempts: 1, waits: true });
    expect(failuresOf(stateAfter(failed, instruct('i1', { now: '2026-11-24T09:30:00.000Z' })), '1')).toEqual({ attempts: 1, waits: false });
    const again = stateAfter(failed, instruct('i1', { now: '2026-11-24T09:30:00.000Z' }), recordScan('attempt-failed', 12));
    expect(failuresOf(again, '1')).toEqual({ attempts: 2, waits: true });
    expect(failuresOf(stateAfter(failed, recordScan('delivered', 10)), '1')).toEqual({ attempts: 1, waits: false });
  });
});
