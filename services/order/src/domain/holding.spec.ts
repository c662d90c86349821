import { Refused, specFor } from '@cartage/eventsourcing';
import type { OrderEvent } from './events';
import { facts } from './facts.fixture';
import type { HoldRequest } from './holding';
import { order, type OrderCommand } from './order';
import { everything, id, minute, now, occasion, orderId, placed, recording } from './order.fixture';
import { statusOf } from './state';
import { history, stateAfter } from './story.fixture';

const { given } = specFor(order);
const holdId = id(50);
const reason = { code: 'address-check', by: 'operator', actor: 'user-17' };
const [lantern, mug] = everything;

const holding = (more: Partial<HoldRequest> = {}): OrderCommand => ({
  type: 'ApplyHold',
  data: { ...occasion(), holdId, type: 'operator', reason, ...more },
});
const releasing = (hold = holdId): OrderCommand => ({
  type: 'ReleaseHold',
  data: { ...occasion(), holdId: hold, by: 'operator', actor: 'user-18' },
});
const applied = (more: object = {}): OrderEvent => ({
  type: 'HoldApplied',
  data: { orderId, holdId, type: 'operator', ...more, reason, appliedAt: now },
});
const released: OrderEvent = {
  type: 'HoldReleased',
  data: { orderId, holdId, type: 'operator', resolution: 'released', by: 'operator', actor: 'user-18', releasedAt: now },
};
const ready = [facts.reserved, facts.authorized] as const;

describe('a hold that a person applies', () => {
  it('says what, who and why, and keeps all of the order from going on until it is released', () => {
    given(placed).when(holding()).then(applied());
    expect(statusOf(stateAfter(holding(), ...ready))).toBe('on-hold');
    given(...history(holding(), ...ready))
      .when(releasing())
      .then(released, expect.objectContaining({ type: 'OrderConfirmed' }) as OrderEvent);
  });

  it('holds lines or a ship group only, and the rest goes on', () => {
    expect(history(holding({ lines: [{ lineId: '2' }] }), ...ready).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      data: { lines: [lantern] },
    });
    expect(history(holding({ lines: [{ lineId: '2' }] }), ...ready, releasing()).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      data: { lines: [mug] },
    });
    given(placed)
      .when(holding({ shipGroupId: '1' }))
      .then(applied({ shipGroupId: '1' }));
    expect(history(holding({ shipGroupId: '1' }), ...ready).map(({ type }) => type)).not.toContain('OrderConfirmed');
  });

  it('ends by itself when its time is over', () => {
    const past: OrderCommand = { type: 'MeetDeadline', data: occasion(id(95), minute(60)) };
    given(placed)
      .when(holding({ until: '2026-11-23T12:00:00+01:00' }))
      .then(applied({ until: minute(60) }));
    expect(history(holding({ until: minute(60) }), ...ready, past).slice(-2)).toMatchObject([
      { type: 'HoldReleased', data: { holdId, resolution: 'expired', by: 'system' } },
      { type: 'OrderConfirmed' },
    ]);
  });

  it('stands beside others, and each is released by itself, once', () => {
    const both = [holding(), holding({ holdId: id(51), type: 'fraud' })] as const;
    expect(stateAfter(...both, ...ready, releasing()).holds).toMatchObject([{ holdId: id(51), type: 'fraud' }]);
    given(...history(...both, releasing()))
      .when(releasing())
      .thenNothing();
    given(placed).when(releasing()).thenRefused('HOLD_UNKNOWN');
  });

  it.each<[string, Partial<HoldRequest>, string]>([
    ['a type that only facts bring about', { type: 'stock-short' }, 'type HOLD_TYPE_RESERVED'],
    ['a line that is not there', { lines: [{ lineId: '9' }] }, 'lines[0].lineId LINE_UNKNOWN'],
    ['a ship group that is not there', { shipGroupId: '9' }, 'shipGroupId SHIP_GROUP_UNKNOWN'],
    ['lines and a ship group', { shipGroupId: '1', lines: [{ lineId: '1' }] }, 'shipGroupId TOLD_TWICE'],
    ['a time that is over', { until: minute(0) }, 'until TIME_PAST'],
  ])('is refused with its field: %s', (_, wrong, told) => {
    const refusal = ((): unknown => {
      try {
        return order.decide(holding(wrong), stateAfter());
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(Refused);
    expect((refusal as Refused).errors.map(({ field, code }) => `${field} ${code}`)).toEqual([told]);
  });

  it('holds nothing that has ended or left', () => {
    given(...history(facts.declined))
      .when(holding())
      .thenRefused('ORDER_ENDED');
    given(...history(...ready, facts.allocated, facts.handedOver))
      .when(holding({ lines: [{ lineId: '1' }] }))
      .thenRefused('NOTHING_TO_HOLD');
  });
});

describe('a hold that facts bring about', () => {
  it('ends with its cause, not by a person', () => {
    const short = history(facts.short);
    const hold = short.find(({ type }) => type === 'HoldApplied') as Extract<OrderEvent, { type: 'HoldApplied' }>;
    given(...short)
      .when(releasing(hold.data.holdId))
      .thenRefused('HOLD_ENDS_BY_ITSELF');
  });

  it('stands for a chargeback on what has not shipped, until it is won or a person lets it pass', () => {
    const disputed = [...ready, facts.allocated, facts.chargeback] as const;
    const hold = stateAfter(...disputed).holds[0];
    expect(hold).toMatchObject({ type: 'chargeback', lines: everything });
    expect(stateAfter(...disputed, facts.chargebackWon).holds).toEqual([]);
    expect(stateAfter(...disputed, facts.chargebackLost).holds).toMatchObject([{ type: 'chargeback' }]);
    const passed = stateAfter(...disputed, facts.chargebackLost, releasing(hold?.holdId));
    expect(passed.holds).toEqual([]);
    expect(order.decide(recording(facts.packed), passed)).toEqual([facts.packed]);
    expect(stateAfter(...ready, facts.allocated, facts.handedOver, facts.chargeback).holds).toEqual([]);
  });
});
