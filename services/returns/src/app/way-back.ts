import type { ShippingEvent } from '@cartage/contracts';
import type { DataOf, Meta, Send } from '@cartage/eventsourcing';
import type { ReturnCommand } from '../domain/commands';
import type { ReturnEvent } from '../domain/events';
import { returnStream } from '../domain/return';
import type { OrderReturns } from '../domain/state';

export interface WayBackNeeds {
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly now: () => Date;
  readonly newId: () => string;
}

type Of<Type extends ShippingEvent['type']> = DataOf<ShippingEvent, Type>;

/** What shipping tells of labels for the way back, and of the parcels that have them. */
export class WayBack {
  constructor(private readonly needs: WayBackNeeds) {}

  async labelled(
    { orderId, returnId, labelId, carrier, trackingNumber, format, url, customsUrl }: Of<'ReturnLabelPurchased'>,
    meta: Meta,
  ): Promise<void> {
    await this.tell(
      { type: 'IssueLabel', data: { ...this.on({ orderId, returnId }), labelId, carrier, trackingNumber, format, url, customsUrl } },
      meta,
    );
  }

  async notLabelled({ orderId, returnId, reason }: Of<'ReturnLabelFailed'>, meta: Meta): Promise<void> {
    await this.tell({ type: 'RecordLabelFailure', data: { ...this.on({ orderId, returnId }), reason } }, meta);
  }

  async scanned(scan: Of<'ReturnParcelScanned'>, meta: Meta): Promise<void> {
    const { carrier, trackingNumber, milestone, place, occurredAt } = scan;
    await this.record(scan, { carrier, trackingNumber, milestone, place, occurredAt }, meta);
  }

  async overdue(late: Of<'ReturnParcelOverdue'>, meta: Meta): Promise<void> {
    const { carrier, trackingNumber, standing: milestone, noticedAt: occurredAt } = late;
    await this.record(late, { carrier, trackingNumber, milestone, occurredAt }, meta);
  }

  private async record(of: OnReturn, scan: Omit<DataOf<ReturnCommand, 'RecordScan'>, keyof On | 'refundId'>, meta: Meta): Promise<void> {
    await this.tell({ type: 'RecordScan', data: { ...this.on(of), ...scan, refundId: this.needs.newId() } }, meta);
  }

  private on({ orderId, returnId }: OnReturn): On {
    return { orderId, returnId, now: this.needs.now().toISOString() };
  }

  private async tell(command: ReturnCommand & { readonly data: OnReturn }, meta: Meta): Promise<void> {
    await this.needs.send(returnStream(command.data.orderId), command, meta);
  }
}

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
}
interface On extends OnReturn {
  readonly now: string;
}
