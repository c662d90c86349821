import { fold, specFor, type Named } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { inTransitOf, supplyOfTransfer, type TransferEvent } from './transfer';
import { transfer, type NamedUnits, type TransferCommand } from './transferring';

const transferId = 't-1';
const decider = transfer(transferId);
const { given } = specFor(decider);
const now = '2026-11-23T09:15:30.000Z';
const expectedAt = '2026-12-01T00:00:00.000Z';
const later = '2026-12-09T00:00:00.000Z';
const reason = { code: 'carrier-late', by: 'operator', actor: 'clerk' } as const;
const about = { transferId, now };
const mugs = { lineId: '1', sku: 'MUG', quantity: 10 };
const bowls = { lineId: '2', sku: 'BOWL', quantity: 4 };
const ends = { from: 'LDN', to: 'PAR' };

const plan = (more: object = {}): TransferCommand => ({
  type: 'PlanTransfer',
  data: { ...about, ...ends, lines: [mugs, bowls], expectedAt, ...more },
});
const dispatch = (lines?: readonly NamedUnits[]): TransferCommand => ({ type: 'DispatchTransfer', data: { ...about, lines } });
const receive = (lines: readonly NamedUnits[], lost: readonly (NamedUnits & { readonly cause: string })[] = []): TransferCommand => ({
  type: 'ReceiveTransfer',
  data: { ...about, receiptId: 'r-1', lines, lost },
});
const cancel: TransferCommand = { type: 'CancelTransfer', data: { ...about, reason } };
const reschedule = (at?: string): TransferCommand => ({ type: 'RescheduleTransfer', data: { ...about, expectedAt: at, reason } });
const miss: TransferCommand = { type: 'MissTransfer', data: { ...about, expectedAt } };

const planned: TransferEvent = {
  type: 'TransferPlanned',
  data: { transferId, ...ends, lines: [mugs, bowls], expectedAt, plannedAt: now },
};
const dispatched: TransferEvent = { type: 'TransferDispatched', data: { transferId, lines: [mugs, bowls], expectedAt, dispatchedAt: now } };
const cancelled: TransferEvent = { type: 'TransferCancelled', data: { transferId, reason, cancelledAt: now } };
const overdue = (line: typeof mugs): TransferEvent => ({
  type: 'SupplyOverdue',
  data: { ...line, source: 'transfer', reference: transferId, location: 'PAR', expectedAt, overdueAt: now },
});

describe('a transfer', () => {
  it('is planned once, between two places', () => {
    given().when(plan()).thenOnce(planned);
    given()
      .when(plan({ to: 'LDN' }))
      .thenRefused('TRANSFER_INVALID');
  });

  it('leaves whole, or as many units as are named', () => {
    given(planned).when(dispatch()).then(dispatched);
    given(planned)
      .when(dispatch([{ lineId: '1', quantity: 3 }]))
      .then({ type: 'TransferDispatched', data: { transferId, lines: [{ ...mugs, quantity: 3 }], expectedAt, dispatchedAt: now } });
    given(planned)
      .when(dispatch([{ lineId: '1', quantity: 11 }]))
      .thenRefused('TRANSFER_EXCEEDED');
    given(planned)
      .when(dispatch([{ lineId: '9', quantity: 1 }]))
      .thenRefused('LINE_UNKNOWN');
  });

  it('leaves once, and not when it was cancelled', () => {
    given(planned, dispatched).when(dispatch()).thenRefused('TRANSFER_STATUS');
    given(planned, cancelled).when(dispatch()).thenRefused('TRANSFER_STATUS');
    given().when(dispatch()).thenRefused('TRANSFER_UNKNOWN');
  });

  it('is cancelled before it leaves, and not after', () => {
    given(planned).when(cancel).thenOnce(cancelled);
    given(planned, dispatched).when(cancel).thenRefused('TRANSFER_STATUS');
  });

  it('comes in parts, and of the rest it is told what is lost and why', () =>
    given(planned, dispatched)
      .when(receive([{ lineId: '1', quantity: 7 }], [{ lineId: '1', quantity: 3, cause: 'damage' }]))
      .then({
        type: 'TransferReceived',
        data: {
          ...{ transferId, receiptId: 'r-1', receivedAt: now },
          lines: [{ ...mugs, quantity: 7 }],
          lost: [{ ...mugs, quantity: 3, cause: 'damage' }],
        },
      }));

  it('brings no more than is on its way, with what is lost', () => {
    const most = given(planned, dispatched);
    most.when(receive([{ lineId: '1', quantity: 11 }])).thenRefused('TRANSFER_EXCEEDED');
    most.when(receive([{ lineId: '1', quantity: 8 }], [{ lineId: '1', quantity: 3, cause: 'loss' }])).thenRefused('TRANSFER_EXCEEDED');
    given(planned)
      .when(receive([{ lineId: '1', quantity: 1 }]))
      .thenRefused('TRANSFER_STATUS');
  });

  it('is told to come at another time', () => {
    given(planned, dispatched)
      .when(reschedule(later))
      .thenOnce({ type: 'TransferRescheduled', data: { transferId, expectedAt: later, reason, rescheduledAt: now } });
    given(planned, dispatched).when(reschedule(expectedAt)).thenNothing();
  });

  it('is overdue when it does not come in time, until somebody says when it comes', () => {
    given(planned, dispatched).when(miss).thenOnce(overdue(mugs), overdue(bowls));
    given(planned).when(miss).thenNothing();
    given(planned, dispatched, overdue(mugs), overdue(bowls))
      .when(reschedule(expectedAt))
      .then({ type: 'TransferRescheduled', data: { transferId, expectedAt, reason, rescheduledAt: now } });
  });
});

describe('any history of a transfer', () => {
  const units = fc.record({ lineId: fc.constantFrom('1', '2'), quantity: fc.integer({ min: 1, max: 6 }) });
  const some = fc.array(units, { maxLength: 2 });
  const command: fc.Arbitrary<TransferCommand> = fc.oneof(
    fc.constantFrom(plan(), dispatch(), cancel, miss, reschedule(later), reschedule()),
    some.map((lines) => dispatch(lines.length > 0 ? lines : undefined)),
    fc.tuple(some, some).map(([lines, lost]) =>
      receive(
        lines,
        lost.map((line) => ({ ...line, cause: 'loss' })),
      ),
    ),
  );
  const after = (events: readonly TransferEvent[], each: Named): readonly TransferEvent[] => {
    try {
      return [...events, ...decider.decide(each as TransferCommand, fold(decider, events))];
    } catch {
      return events;
    }
  };

  it('loses no unit: what left has come, is lost, or is on its way, and only that is to come', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 14 }), (history) => {
        const state = fold(decider, [plan(), ...history].reduce(after, [] as readonly TransferEvent[]));
        for (const line of state.lines) {
          expect(Math.min(inTransitOf(line), line.quantity - line.sent, line.received, line.lost)).toBeGreaterThanOrEqual(0);
          const supplied = supplyOfTransfer(state).find(({ lineId }) => lineId === line.lineId)?.units ?? 0;
          expect(supplied).toBe(inTransitOf(line));
        }
        expect(state.status === 'closed').toBe(state.dispatchedAt !== undefined && state.lines.every((line) => inTransitOf(line) === 0));
      }),
    ));
});
