import { specFor } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import { returns } from './return';
import {
  anotherId,
  authorized,
  delivered,
  due,
  expiresAt,
  firstPolicy,
  graded,
  mugs,
  now,
  onReturn,
  policyWith,
  received,
  receiptId,
  refundId,
  request,
  requested,
  sale,
} from './return.fixture';
import type { ReturnEvent } from './events';
import { statusOf } from './state';

const { given } = specFor(returns);
const lines = (quantity: number) => [{ lineId: '1', sku: 'MUG', quantity }];
const expire: ReturnCommand = { type: 'ExpireReturn', data: { ...onReturn, expiresAt, refundId, now: expiresAt } };
const remind: ReturnCommand = { type: 'RemindOfReturn', data: { ...onReturn, expiresAt, now } };
const cancel: ReturnCommand = { type: 'CancelReturn', data: { ...onReturn, reason: { code: 'customer', by: 'customer' }, now } };
const expired = (quantity: number): ReturnEvent => ({
  type: 'ReturnExpired',
  data: { ...onReturn, lines: lines(quantity), expiredAt: expiresAt },
});
const expiring: ReturnEvent = { type: 'ReturnExpiring', data: { ...onReturn, lines: lines(2), expiresAt, noticedAt: now } };
const cancelled: ReturnEvent = {
  type: 'ReturnCancelled',
  data: { ...onReturn, lines: lines(2), reason: { code: 'customer', by: 'customer' }, cancelledAt: now },
};
const scan: ReturnCommand = {
  type: 'RecordScan',
  data: { ...onReturn, refundId, carrier: 'c', trackingNumber: 't', milestone: 'picked-up', occurredAt: now, now },
};
const scanned: ReturnEvent = {
  type: 'ReturnInTransit',
  data: { ...onReturn, carrier: 'c', trackingNumber: 't', milestone: 'picked-up', occurredAt: now, recordedAt: now },
};
const allowed = [requested(2), authorized(2)];
const statusAfter = (...events: readonly ReturnEvent[]) => {
  const rma = events.reduce(returns.evolve, returns.initial).rmas.get(onReturn.returnId);
  return rma && statusOf(rma);
};

describe('a return that was allowed', () => {
  it('ends when its time is over and nothing came, and gives its units back', () => {
    given(...allowed)
      .when(expire)
      .thenOnce(expired(2));
    expect(statusAfter(...allowed, expired(2))).toBe('expired');
    const again = returns.decide(request(3, { returnId: anotherId }), [...allowed, expired(2)].reduce(returns.evolve, returns.initial));
    expect(again.map(({ type }) => type)).toEqual(['ReturnRequested', 'ReturnAuthorized']);
  });
  it('goes on without what did not come, where something did', () => {
    given(...allowed, received(1))
      .when(expire)
      .thenOnce(expired(1));
    expect(statusAfter(...allowed, received(1), expired(1))).toBe('received');
  });
  it('does not end while a carrier has it, nor by a time that was moved', () => {
    given(...allowed, scanned)
      .when(expire)
      .thenNothing();
    given(...allowed)
      .when({ ...expire, data: { ...expire.data, expiresAt: now } } as ReturnCommand)
      .thenNothing();
  });
  it('is reminded of once, while something is waited for', () => {
    given(...allowed)
      .when(remind)
      .thenOnce(expiring);
    given(...allowed, expiring)
      .when(remind)
      .thenNothing();
    given(...allowed, received(2))
      .when(remind)
      .thenNothing();
  });
  it('waits until the end of a day, by the clocks of the place that it comes from', () => {
    const [, event] = returns.decide(
      request(1, { now: '2026-06-01T23:30:00.000Z', delivered: delivered('2026-05-30T10:00:00.000Z') }),
      returns.initial,
    );
    expect(event).toMatchObject({ data: { expiresAt: '2026-07-02T22:59:59.999Z' } });
  });
  it('that came after its time is received all the same, and judged anew', () => {
    const receive: ReturnCommand = {
      type: 'ReceiveReturn',
      data: {
        ...{ ...onReturn, sale: sale(), policy: firstPolicy, delivered: delivered(), refundId, receiptId, location: 'LDN', now: expiresAt },
        lines: [{ lineId: '1', quantity: 1 }],
      },
    };
    const events = returns.decide(receive, [...allowed, expired(2)].reduce(returns.evolve, returns.initial));
    expect(events).toMatchObject([
      { type: 'ReturnReceived', data: { lines: [{ announced: false }] } },
      { type: 'ReturnReviewRequired', data: { reason: { code: 'window-passed' } } },
    ]);
  });
  it('and was paid for at once is waited for still: what is paid cannot be asked for again', () => {
    const atOnce = policyWith({ refundOn: 'request' });
    const asked = returns.decide(request(3, { policy: atOnce }), returns.initial).reduce(returns.evolve, returns.initial);
    const over = returns.decide(expire, asked).reduce(returns.evolve, asked);
    const rma = over.rmas.get(onReturn.returnId);
    expect(rma && statusOf(rma)).toBe('expired');
    expect(() => returns.decide(request(1, { returnId: anotherId }), over)).toThrow(expect.objectContaining({ code: 'LINE_NOT_ELIGIBLE' }));
  });
});

describe('a return that the customer cancels', () => {
  it('ends, and gives its units back', () => {
    given(...allowed)
      .when(cancel)
      .thenOnce(cancelled);
    expect(statusAfter(...allowed, cancelled)).toBe('cancelled');
  });
  it('does not end once something came, or was paid', () => {
    given(...allowed, received(1))
      .when(cancel)
      .thenRefused('RETURN_STATUS');
    given(...allowed, received(1), graded(1), due(1, mugs(1)))
      .when(cancel)
      .thenRefused('RETURN_STATUS');
    const atOnce = policyWith({ refundOn: 'request' });
    given(...returns.decide(request(1, { policy: atOnce }), returns.initial))
      .when(cancel)
      .thenRefused('RETURN_REFUNDED');
  });
});

describe('a parcel on its way back', () => {
  it('is scanned once, however often that is told', () =>
    given(...allowed)
      .when(scan)
      .thenOnce(scanned));
  it('brings the money where the policy says so, for each unit once', () => {
    const policy = policyWith({ refundOn: 'scan' });
    const asked = returns.decide(request(2, { policy }), returns.initial).reduce(returns.evolve, returns.initial);
    const events = returns.decide(scan, asked);
    expect(events).toMatchObject([{ type: 'ReturnInTransit' }, { type: 'RefundDue', data: { trigger: 'scan', ...mugs(2) } }]);
    const after = events.reduce(returns.evolve, asked);
    const later = { ...scan, data: { ...scan.data, milestone: 'delivered' } } as ReturnCommand;
    expect(returns.decide(later, after).map(({ type }) => type)).toEqual(['ReturnInTransit']);
  });
});
