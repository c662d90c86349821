import { fold, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { OrderEvent } from './events';
import { order, type OrderCommand } from './order';
import { at, id, now, occasion, orderId, placed, placing } from './order.fixture';
import type { BookedRefund } from './refunds-so-far';

const { given } = specFor(order);
const line = { lineId: '1', quantity: 1, field: 'RefundEventList[0].OrderItemId' };
const booked = (channelRefundId: string, amount: number, lines: BookedRefund['lines'] = []): BookedRefund => ({
  ...{ channelRefundId, refundId: id(70), amount, currency: 'GBP', lines, refundedAt: at },
});
const books = (...refunds: readonly BookedRefund[]): OrderCommand => ({ type: 'HearChannelRefunds', data: { ...occasion(), refunds } });
const refunded = (channelRefundId: string, amount: number, more: object = {}): OrderEvent => ({
  type: 'ChannelRefunded',
  data: {
    ...{ orderId, channel: placing.channel, channelRefundId, refundId: id(70), currency: 'GBP', amount, lines: [] },
    ...{ refundedAt: at, recordedAt: now, ...more },
  },
});
const asked = (amount: number): OrderEvent => refunded(`asked-${amount}`, amount, { asked: true });
const opened: OrderEvent = {
  type: 'ChannelReturnOpened',
  data: {
    ...{ orderId, channel: placing.channel, channelReturnId: '71', returnId: id(71), standing: 'approved', openedAt: at, recordedAt: now },
    lines: [{ lineId: '1', sku: 'LANTERN', quantity: 1, reason: 'too-small' }],
  },
};

describe('what the books of a channel say it gave back of an order', () => {
  it('is heard once of each refund, however often the books are read', () => {
    given(placed)
      .when(books(booked('a', 100), booked('b', 200)))
      .thenOnce(refunded('a', 100), refunded('b', 200));
    given(placed, refunded('a', 100))
      .when(books(booked('a', 100), booked('b', 200)))
      .thenOnce(refunded('b', 200));
  });

  it('is no news where it was asked for, whatever number the books have for it', () => {
    given(placed, asked(300))
      .when(books(booked('a', 300)))
      .thenNothing();
    given(placed, asked(300))
      .when(books(booked('a', 100), booked('b', 200)))
      .thenNothing();
    given(placed, asked(300))
      .when(books(booked('a', 300), booked('b', 200)))
      .thenOnce(refunded('b', 200));
  });

  it('waits as long as what was asked for does not stand there yet, and is less where money was taken back', () => {
    given(placed, asked(300))
      .when(books(booked('own', 407)))
      .thenNothing();
    given(placed, asked(300))
      .when(books(booked('own', 407), booked('echo', 300)))
      .thenOnce(refunded('own', 407));
    given(placed)
      .when(books(booked('a', 100), booked('back', -100)))
      .thenNothing();
  });

  it('is the refund of the return that has these units; without one it is for nothing in particular', () => {
    const lines = [{ lineId: '1', sku: 'LANTERN', quantity: 1, goods: 'returned' as const }];
    given(placed, opened)
      .when(books(booked('a', 100, [line])))
      .thenOnce(refunded('a', 100, { lines, returnId: id(71) }));
    given(placed)
      .when(books(booked('a', 100, [line])))
      .thenOnce(refunded('a', 100));
    given(placed, opened)
      .when(books(booked('a', 100, [{ ...line, quantity: 2 }])))
      .thenOnce(refunded('a', 100));
  });

  it('is refused with the field that is wrong', () => {
    given(placed)
      .when(books({ ...booked('a', 100), currency: 'EUR' }))
      .thenRefused('AFTER_SALE_INVALID');
    expect(() => order.decide(books(booked('a', 100, [{ ...line, lineId: '9' }])), fold(order, [placed]))).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: line.field })] }),
    );
  });

  const refunds = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 5 }), isAsked: fc.boolean() }), { minLength: 1, maxLength: 8 });

  it('adds up in the end, in whatever order the books are read, and whether or not they lag behind', () =>
    fc.assert(
      fc.property(refunds, fc.array(fc.nat(8), { maxLength: 8 }), (all, readings) => {
        const events: OrderEvent[] = [
          placed,
          ...all.flatMap(({ amount, isAsked }, i) => (isAsked ? [refunded(`asked-${i}`, amount, { asked: true })] : [])),
        ];
        const entries = all.map(({ amount }, i) => booked(`r-${i}`, amount));
        for (const upTo of [...readings, all.length]) events.push(...order.decide(books(...entries.slice(0, upTo)), fold(order, events)));
        const sum = all.reduce((total, { amount }) => total + amount, 0);
        expect(fold(order, events)?.afterSale.given).toBe(sum);
        expect(order.decide(books(...entries), fold(order, events))).toEqual([]);
      }),
      { numRuns: 300 },
    ));
});
