import type { OrderEvent } from '@cartage/contracts';
import { derivedId, type DataOf, type Meta, type Send } from '@cartage/eventsourcing';
import type { ReturnCommand } from '../domain/commands';
import type { ReturnEvent } from '../domain/events';
import { returnStream } from '../domain/return';
import type { OrderReturns } from '../domain/state';
import type { OrderFacts } from './order-facts';
import { requireOrder, type KnowingNeeds } from './requiring';

export interface ChannelReturnsNeeds extends KnowingNeeds {
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly facts: OrderFacts;
  readonly now: () => Date;
  readonly newId: () => string;
}

type Back = DataOf<ReturnCommand, 'RefundAtChannel'>['lines'][number];

const linesBack = ({ lineId, quantity, goods }: DataOf<OrderEvent, 'ChannelRefunded'>['lines'][number]): readonly Back[] =>
  goods === 'cancelled' ? [] : [{ lineId, quantity, reason: 'refunded-by-channel', goods: goods === 'returned' ? 'returned' : 'kept' }];

/** What channels do about returns, as the order heard it. */
export class ChannelReturns {
  constructor(private readonly needs: ChannelReturnsNeeds) {}

  async opened({ orderId, returnId, standing, lines }: DataOf<OrderEvent, 'ChannelReturnOpened'>, meta: Meta): Promise<void> {
    const known = await requireOrder(this.needs, orderId);
    await this.needs.facts.keepReturn(returnId, orderId);
    const asked = lines.map(({ lineId, quantity, reason }) => ({ lineId, quantity, reason }));
    const data = { orderId, returnId, standing, lines: asked, ...known, refundId: this.needs.newId(), now: this.now() };
    await this.needs.send(returnStream(orderId), { type: 'OpenAtChannel', data }, meta);
  }

  async ended({ orderId, returnId, how }: DataOf<OrderEvent, 'ChannelReturnEnded'>, meta: Meta): Promise<void> {
    const data = { orderId, returnId, how, refundId: this.needs.newId(), now: this.now() };
    await this.needs.send(returnStream(orderId), { type: 'EndAtChannel', data }, meta);
  }

  /** For units that come back, or are kept: of others the order and payment know all. */
  async refunded(refund: DataOf<OrderEvent, 'ChannelRefunded'>, meta: Meta): Promise<void> {
    const { orderId, refundId, returnId: ofReturn, amount, currency } = refund;
    const lines = refund.lines.flatMap(linesBack);
    if (lines.length === 0) return;
    const known = await requireOrder(this.needs, orderId);
    const returnId = derivedId(refundId, 2);
    await this.needs.facts.keepReturn(returnId, orderId);
    const of = { orderId, returnId, refundId, ...(ofReturn === undefined ? {} : { ofReturn }) };
    const data = { ...of, amount, currency, lines, ...known, now: this.now() };
    await this.needs.send(returnStream(orderId), { type: 'RefundAtChannel', data }, meta);
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
