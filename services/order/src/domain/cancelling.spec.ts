import type { LineQuantity, Reason } from '@cartage/contracts';
import { Refused, specFor } from '@cartage/eventsourcing';
import type { LineToCancel } from './cancelling';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { order, type OrderCommand } from './order';
import { everything, id, minute, now, occasion, orderId, placed, recording } from './order.fixture';
import { statusOf } from './state';
import { history, stateAfter, type Step } from './story.fixture';

const { given } = specFor(order);
const cancellationId = id(70);
const reason: Reason = { code: 'changed-mind', by: 'customer', actor: 'c-17' };
const [lantern, mug] = everything;

const cancelling = (lines?: readonly LineToCancel[], by = cancellationId): OrderCommand => ({
  type: 'CancelOrder',
  data: { ...occasion(), cancellationId: by, lines, reason },
});
const overdue: OrderCommand = { type: 'MeetDeadline', data: occasion(id(95), minute(16)) };

const lineCancelled = (...lines: readonly LineQuantity[]): OrderEvent => ({
  type: 'LineCancelled',
  data: { orderId, cancellationId, lines, reason, cancelledAt: now },
});
const requested = (...lines: readonly LineQuantity[]): OrderEvent => ({
  type: 'CancellationRequested',
  data: { orderId, cancellationId, lines, reason, requestedAt: now },
});
const refused = (...lines: readonly LineQuantity[]): OrderEvent => ({
  type: 'OrderCancellationRefused',
  data: { orderId, cancellationId, lines, reason, refusedAt: now },
});
const cancelled: OrderEvent = { type: 'OrderCancelled', data: { orderId, lines: everything, reason, cancelledAt: now } };

const freed = (...lines: readonly LineQuantity[]): Fact => ({
  type: 'FulfillmentCancelled',
  data: { ...facts.fulfillmentCancelled.data, lines },
});
const tooLate = (...lines: readonly LineQuantity[]): Fact => ({
  type: 'FulfillmentCancellationRefused',
  data: { ...facts.cancellationTooLate.data, lines },
});

const ready = [facts.reserved, facts.authorized] as const;
const few = (line: LineQuantity, quantity: number): LineQuantity => ({ ...line, quantity });

describe('cancelling what nobody was given yet', () => {
  it('happens at once, and ends the order with its last unit', () => {
    given(placed).when(cancelling()).thenOnce(lineCancelled(lantern, mug), cancelled);
    given(placed, facts.reserved).when(cancelling()).thenOnce(lineCancelled(lantern, mug), cancelled);
  });

  it('takes lines and units, and leaves the rest to go on', () => {
    given(placed)
      .when(cancelling([{ lineId: '2', quantity: 1 }]))
      .then(lineCancelled(few(mug, 1)));
    const rest = stateAfter(cancelling([{ lineId: '2', quantity: 1 }]), ...ready);
    expect(statusOf(rest)).toBe('confirmed');
    expect(history(cancelling([{ lineId: '2', quantity: 1 }]), ...ready).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      data: { lines: [lantern, few(mug, 2)] },
    });
  });

  it('takes all of a line where it names no quantity', () =>
    given(placed)
      .when(cancelling([{ lineId: '1' }]))
      .then(lineCancelled(lantern)));

  it('resolves a shortage of what is cancelled: the order goes on without it', () =>
    expect(
      history(
        facts.authorized,
        facts.short,
        { ...facts.reserved, data: { ...facts.reserved.data, lines: [lantern] } },
        cancelling([{ lineId: '2' }]),
      ).slice(-3),
    ).toMatchObject([
      { type: 'LineCancelled' },
      { type: 'HoldReleased', data: { type: 'stock-short', resolution: 'resolved' } },
      { type: 'OrderConfirmed', data: { lines: [lantern] } },
    ]));
});

describe('cancelling what was confirmed', () => {
  const asked = [...ready, cancelling()] as const;

  it('asks whoever holds the goods, and waits', () => {
    given(...history(...ready))
      .when(cancelling())
      .then(requested(lantern, mug));
    expect(statusOf(stateAfter(...asked))).toBe('confirmed');
  });

  it('becomes so as the answers come', () => {
    given(...history(...asked))
      .when(recording(freed(lantern)))
      .then(freed(lantern), lineCancelled(lantern));
    given(...history(...asked, freed(lantern)))
      .when(recording(freed(mug)))
      .then(freed(mug), lineCancelled(mug), cancelled);
  });

  it('may come too late for some: that is told once nothing is open, and the rest is delivered', () => {
    const told = history(...asked, facts.allocated, tooLate(mug), freed(lantern));
    expect(told.slice(-2)).toEqual([lineCancelled(lantern), refused(mug)]);
    const mugs = { lines: [mug] };
    const delivered: readonly Fact[] = [
      { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, ...mugs } },
      { type: 'ShipmentDelivered', data: { ...facts.delivered.data, ...mugs } },
    ];
    const end = stateAfter(...asked, facts.allocated, tooLate(mug), freed(lantern), ...delivered);
    expect([statusOf(end), end.progress.get('1')?.cancelled]).toEqual(['completed', 2]);
  });

  it('answers more than was asked for with nothing more', () => {
    const part = cancelling([{ lineId: '2', quantity: 1 }]);
    given(...history(...ready, part))
      .when(recording(freed(mug)))
      .then(freed(mug), lineCancelled(few(mug, 1)));
  });

  it('is held for all to see when nobody answers in time, and the answer releases it', () => {
    given(...history(...asked))
      .when({ type: 'MeetDeadline', data: occasion(id(95), minute(15)) })
      .thenNothing();
    expect(history(...asked, overdue).at(-1)).toMatchObject({
      type: 'HoldApplied',
      data: { holdId: id(95), type: 'cancellation-overdue', lines: [lantern, mug], reason: { by: 'policy' } },
    });
    const answered = stateAfter(...asked, overdue, tooLate(lantern, mug));
    expect([answered.holds, statusOf(answered)]).toEqual([[], 'confirmed']);
  });

  it('is answered after the end, too', () => {
    const told = history(...ready, facts.allocated, cancelling(), facts.handedOver, facts.delivered, tooLate(lantern, mug));
    expect(told.slice(-3)).toMatchObject([
      { type: 'OrderCompleted' },
      { type: 'FulfillmentCancellationRefused' },
      { type: 'OrderCancellationRefused', data: { lines: everything } },
    ]);
  });
});

describe('what cannot be cancelled', () => {
  const faultsOf = (steps: readonly Step[], lines?: readonly LineToCancel[]): readonly string[] => {
    try {
      order.decide(cancelling(lines, id(71)), stateAfter(...steps));
    } catch (error) {
      if (error instanceof Refused) return [error.code, ...error.errors.map(({ field, code }) => `${field} ${code}`)];
    }
    return [];
  };

  it.each<[string, readonly LineToCancel[], readonly string[]]>([
    ['more than there is', [{ lineId: '2', quantity: 4 }], ['lines[0].quantity UNITS_NOT_CANCELLABLE']],
    ['none', [{ lineId: '2', quantity: 0 }], ['lines[0].quantity UNITS_NOT_CANCELLABLE']],
    ['a half', [{ lineId: '2', quantity: 1.5 }], ['lines[0].quantity UNITS_NOT_CANCELLABLE']],
    ['a line that is not there', [{ lineId: '9' }], ['lines[0].lineId LINE_UNKNOWN']],
    [
      'a line twice',
      [
        { lineId: '1', quantity: 2 },
        { lineId: '1', quantity: 1 },
      ],
      ['lines[1].quantity UNITS_NOT_CANCELLABLE'],
    ],
  ])('is refused with its field, and nothing is cancelled: %s', (_, lines, faults) =>
    expect(faultsOf([], lines)).toEqual(['UNITS_NOT_CANCELLABLE', ...faults]),
  );

  it('is what is cancelled, asked for, or gone', () => {
    expect(faultsOf([cancelling([{ lineId: '2', quantity: 2 }])], [{ lineId: '2', quantity: 2 }])).toHaveLength(2);
    expect(faultsOf([...ready, cancelling([{ lineId: '2' }])], [{ lineId: '2' }])).toHaveLength(2);
    expect(faultsOf([...ready, facts.allocated, facts.handedOver])).toEqual(['NOTHING_TO_CANCEL']);
  });

  it('is not the rest of an order that has left in part', () => {
    const left: Fact = { type: 'ShipmentDispatched', data: { ...facts.handedOver.data, lines: [few(mug, 1)] } };
    given(...history(...ready, left))
      .when(cancelling())
      .then(requested(lantern, few(mug, 2)));
  });

  it('asks for an order', () => given().when(cancelling()).thenRefused('ORDER_UNKNOWN'));
});
