import { handling, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import {
  bookedBillStream,
  carrierBill,
  type BookedBill,
  type CarrierBillCommand,
  type CarrierBillEvent,
} from '../domain/carrier-bills/carrier-bill';

export interface CarrierBillsNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
  readonly now: () => Date;
}

/** What carriers bill, in the books: shipping compares it with what was quoted. */
export class CarrierBills {
  private readonly send: Send<CarrierBillCommand, BookedBill, CarrierBillEvent>;

  constructor(private readonly needs: CarrierBillsNeeds) {
    this.send = handling<CarrierBillCommand, BookedBill, CarrierBillEvent>(needs, carrierBill);
  }

  book(bill: Omit<CarrierBillCommand['data'], 'now'>, meta: Meta): Promise<Handled<BookedBill, CarrierBillEvent>> {
    const data = { ...bill, now: this.needs.now().toISOString() };
    return this.send(bookedBillStream(bill.billId), { type: 'BookCarrierBill', data }, meta);
  }
}
