import { fold, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { ChannelRefundRequest, ChannelReturnRequest, ReturnStanding } from './after-sale';
import type { OrderEvent } from './events';
import { order, type OrderCommand } from './order';
import { at, id, now, occasion, orderId, placed, placing } from './order.fixture';

const { given } = specFor(order);
const line = { lineId: '1', quantity: 1, field: 'lines.0.lineId' };
const gave = (more: Partial<ChannelRefundRequest> = {}): Extract<OrderCommand, { type: 'HearChannelRefund' }> => ({
  type: 'HearChannelRefund',
  data: {
    ...occasion(),
    channelRefundId: 'R-1',
    refundId: id(70),
    amount: 407,
    currency: 'GBP',
    lines: [{ ...line, goods: 'returned' }],
    refundedAt: at,
    ...more,
  },
});
const said = (
  standing: ReturnStanding,
  more: Partial<ChannelReturnRequest> = {},
): Extract<OrderCommand, { type: 'HearChannelReturn' }> => ({
  type: 'HearChannelReturn',
  data: {
    ...occasion(),
    channelReturnId: '71',
    returnId: id(71),
    standing,
    lines: [{ ...line, reason: 'too-small' }],
    saidAt: at,
    ...more,
  },
});
const named = { orderId, channel: placing.channel };
const refunded = (goods: 'cancelled' | 'returned' | 'kept' = 'returned'): OrderEvent => ({
  type: 'ChannelRefunded',
  data: {
    ...{ ...named, channelRefundId: 'R-1', refundId: id(70), currency: 'GBP', amount: 407, refundedAt: at, recordedAt: now },
    lines: [{ lineId: '1', sku: 'LANTERN', quantity: 1, goods }],
  },
});
const opened = (standing: 'requested' | 'approved'): OrderEvent => ({
  type: 'ChannelReturnOpened',
  data: {
    ...named,
    channelReturnId: '71',
    returnId: id(71),
    standing,
    lines: [{ lineId: '1', sku: 'LANTERN', quantity: 1, reason: 'too-small' }],
    openedAt: at,
    recordedAt: now,
  },
});
const ended = (how: string): OrderEvent => ({
  type: 'ChannelReturnEnded',
  data: { ...named, channelReturnId: '71', returnId: id(71), how, endedAt: at, recordedAt: now },
});
const cancelled: OrderEvent = {
  type: 'LineCancelled',
  data: {
    orderId,
    cancellationId: id(80),
    lines: [{ lineId: '1', sku: 'LANTERN', quantity: 1 }],
    reason: { code: 'channel-edited', by: 'channel' },
    cancelledAt: now,
  },
};

describe('money that a channel gave back', () => {
  it('is told once, for which units; nothing of no money', () => {
    given(placed).when(gave()).thenOnce(refunded());
    given(placed, refunded()).when(gave()).thenNothing();
    given(placed)
      .when(gave({ amount: 0 }))
      .thenNothing();
  });

  it('for units that will not ship waits until they are cancelled here: else it would count as given for nothing', () => {
    const forCancelled = gave({ lines: [{ ...line, goods: 'cancelled' }] });
    given(placed).when(forCancelled).thenRefused('UNITS_NOT_CANCELLED');
    given(placed, cancelled).when(forCancelled).thenOnce(refunded('cancelled'));
    const second = gave({ channelRefundId: 'R-2', lines: [{ ...line, goods: 'cancelled' }] });
    given(placed, cancelled, refunded('cancelled')).when(second).thenRefused('UNITS_NOT_CANCELLED');
  });

  it('is refused with the fields that are wrong', () => {
    given(placed)
      .when(gave({ currency: 'EUR' }))
      .thenRefused('AFTER_SALE_INVALID');
    for (const lines of [[{ ...line, lineId: '9', goods: 'kept' as const }], [{ ...line, quantity: 9, goods: 'kept' as const }]])
      expect(() => order.decide(gave({ lines }), fold(order, [placed]))).toThrow(
        expect.objectContaining({ errors: [expect.objectContaining({ field: 'lines.0.lineId' })] }),
      );
    given().when(gave()).thenRefused('ORDER_UNKNOWN');
  });
});

describe('a return that a channel opened', () => {
  it('is opened, allowed and over, each once', () => {
    given(placed).when(said('requested')).thenOnce(opened('requested'));
    given(placed, opened('requested')).when(said('approved')).thenOnce(opened('approved'));
    given(placed, opened('approved')).when(said('closed')).thenOnce(ended('closed'));
    given(placed, opened('requested')).when(said('declined')).thenOnce(ended('declined'));
  });

  it('may name what was sold and no line: then it is of the lines that have it, and refused where none has so many', () => {
    const goods = (sku: string, quantity: number) =>
      said('approved', { lines: [{ sku, quantity, field: 'rows[0].Merchant SKU', reason: 'too-small' }] });
    given(placed).when(goods('LANTERN', 1)).thenOnce(opened('approved'));
    for (const wrong of [goods('OTHER', 1), goods('LANTERN', 9)])
      expect(() => order.decide(wrong, fold(order, [placed]))).toThrow(
        expect.objectContaining({ errors: [expect.objectContaining({ field: 'rows[0].Merchant SKU' })] }),
      );
  });

  it('of which only the end is heard was open before, unless it came to nothing', () => {
    given(placed).when(said('closed')).thenOnce(opened('approved'), ended('closed'));
    given(placed).when(said('cancelled')).thenOnce(ended('cancelled'));
  });

  it('only goes on, in whatever order and however often it is told', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom<ReturnStanding>('requested', 'approved', 'closed'), { minLength: 1, maxLength: 6 }), (words) => {
        const events = words.reduce<readonly OrderEvent[]>(
          (before, word) => [...before, ...order.decide(said(word), fold(order, before))],
          [placed],
        );
        const furthest = words.includes('closed') ? 'closed' : words.includes('approved') ? 'approved' : 'requested';
        expect(fold(order, events)?.afterSale.returns.get(id(71))).toMatchObject({ standing: furthest });
        expect(events.filter(({ type }) => type === 'ChannelReturnEnded')).toHaveLength(words.includes('closed') ? 1 : 0);
      }),
      { numRuns: 100 },
    ));
});
