import { Refused } from '@cartage/eventsourcing';
import type { AfterSaleWord, ChannelConnector, ChannelOrderState, ChannelPost } from '../../app/channels/connector';

/** An order in words that every channel has: three units of line 1 (A) and two of line 2 (B), as many of each as are sold still. */
export interface OrderTold {
  readonly externalOrderId: string;
  readonly changedAt: string;
  readonly units: Readonly<Record<string, number>>;
  readonly cancelled?: boolean;
  /** The channel left out what an order cannot be without: the SKU of its first line. */
  readonly broken?: boolean;
}

export interface ReturnTold {
  readonly externalOrderId: string;
  readonly channelReturnId: string;
  readonly standing: 'requested' | 'approved' | 'closed';
}

export interface RefundTold {
  readonly externalOrderId: string;
  readonly channelRefundId: string;
  /** Minor units of EUR; for one unit of line 1, which comes back. */
  readonly amount: number;
}

/** A channel that says these things in its own form, each under the number of its message; `stranger` signs with what is not its secret. */
export interface ConnectorOnTrial {
  readonly connector: ChannelConnector;
  readonly order: (told: OrderTold, messageId: string) => ChannelPost;
  readonly returned: (told: ReturnTold, messageId: string) => ChannelPost;
  readonly refunded: (told: RefundTold, messageId: string) => ChannelPost;
  readonly stranger: (told: OrderTold) => ChannelPost;
  /** By the channel's own names. */
  readonly fieldOfSku: RegExp;
}

const first: OrderTold = { externalOrderId: '1001', changedAt: '2026-11-20T10:00:00.000Z', units: { 1: 3, 2: 2 } };

/** What every channel promises that tells us of its orders. Run it in a spec of each connector. */
export const connectorContract = (name: string, onTrial: () => ConnectorOnTrial): void => {
  describe(`what ${name} tells`, () => {
    const orderOf = (told: OrderTold): ChannelOrderState => {
      const { connector, order } = onTrial();
      const envelope = connector.open(order(told, 'm-1'));
      expect(connector.about(envelope)).toBe('order');
      return connector.orderIn(envelope);
    };
    const afterSaleOf = (post: ChannelPost): AfterSaleWord => {
      const { connector } = onTrial();
      const envelope = connector.open(post);
      expect(connector.about(envelope)).toBe('after-sale');
      return connector.afterSaleIn(envelope);
    };
    const unitsIn = ({ order }: ChannelOrderState) =>
      Object.fromEntries(order.lines.filter(({ quantity }) => quantity > 0).map(({ lineId, quantity }) => [lineId, quantity]));

    it('is an order, whole: its number, its lines by the channel’s own numbers, and what the channel sent', () => {
      const { connector, order } = onTrial();
      const { payload } = connector.open(order(first, 'm-1'));
      const state = orderOf(first);
      expect(state).toMatchObject({ externalOrderId: '1001', changedAt: first.changedAt, payment: 'good' });
      expect(state.order.lines).toMatchObject([
        { lineId: '1', sku: 'A', quantity: 3 },
        { lineId: '2', sku: 'B', quantity: 2 },
      ]);
      expect(state.order.raw).toEqual(payload);
      expect(state.cancelled).toBeUndefined();
    });

    it('is an edit by telling the whole again, later: what it says less of, and what it says nothing of', () => {
      const later = { ...first, changedAt: '2026-11-20T11:00:00.000Z', units: { 1: 1 } };
      const [before, after] = [orderOf(first), orderOf(later)];
      expect([unitsIn(before), unitsIn(after)]).toEqual([{ 1: 3, 2: 2 }, { 1: 1 }]);
      expect(after.changedAt > before.changedAt).toBe(true);
    });

    it('is that an order is cancelled, and by whom', () => {
      expect(orderOf({ ...first, cancelled: true }).cancelled).toMatchObject({
        code: 'channel-cancelled',
        by: expect.stringMatching(/^(customer|channel)$/),
      });
    });

    it('is a return, and how far it is', () => {
      for (const standing of ['requested', 'approved', 'closed'] as const)
        expect(afterSaleOf(onTrial().returned({ externalOrderId: '1001', channelReturnId: '71', standing }, 'm-2'))).toMatchObject({
          ...{ kind: 'return', externalOrderId: '1001', channelReturnId: '71', standing },
          lines: [{ lineId: '1', quantity: 1, reason: 'too-small' }],
        });
    });

    it('is money that it gave back, exactly, and for which units', () => {
      expect(afterSaleOf(onTrial().refunded({ externalOrderId: '1001', channelRefundId: '81', amount: 1_234 }, 'm-3'))).toMatchObject({
        ...{ kind: 'refund', externalOrderId: '1001', channelRefundId: '81', amount: 1_234, currency: 'EUR' },
        lines: [{ lineId: '1', quantity: 1, goods: 'returned' }],
      });
    });

    it('is the same message however often it comes, and another one is another', () => {
      const { connector, order } = onTrial();
      const idOf = (messageId: string): string => connector.open(order(first, messageId)).messageId;
      expect(idOf('m-1')).toBe(idOf('m-1'));
      expect(idOf('m-2')).not.toBe(idOf('m-1'));
      expect(idOf('m-1')).toMatch(/^[\w.-]{1,200}$/);
    });

    it('is believed of nobody else, and not with another body than was signed', () => {
      const { connector, order, stranger } = onTrial();
      const post = order(first, 'm-1');
      for (const forged of [stranger(first), { ...post, rawBody: Buffer.from('{}') }, { ...post, headers: {} }])
        expect(() => connector.open(forged)).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID', kind: 'unproven' }));
    });

    it('is refused with the field that is wrong, by the channel’s own names, and its order is known all the same', () => {
      const { connector, order, fieldOfSku } = onTrial();
      const envelope = connector.open(order({ ...first, broken: true }, 'm-1'));
      let refusal: unknown;
      try {
        connector.orderIn(envelope);
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(Refused);
      expect((refusal as Refused).errors.map(({ field }) => field)).toEqual([expect.stringMatching(fieldOfSku)]);
      expect(connector.numberIn(envelope)).toBe('1001');
    });
  });
};
