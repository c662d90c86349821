import { deciding, type Decider } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { gradeItem, receiveReturn } from './inspection';
import { requestReturn } from './request';
import { closeReturn, decideReturn, recordRefund, recordRefundFailure } from './settlement';
import { nothing, type Returns } from './state';

export const returnStream = (orderId: string): string => `return-${orderId}`;

/** The returns of one order, from what was bought to the last refund. */
export const returns: Decider<ReturnCommand, Returns, ReturnEvent> = {
  initial: nothing,
  evolve,
  decide: deciding<ReturnCommand, Returns, ReturnEvent>({
    RecordPurchase: (purchase, state) => (state.purchase ? [] : [{ type: 'PurchaseRecorded', data: purchase }]),
    RecordDelivery: (delivery, state) =>
      state.shipments.includes(delivery.shipmentId) ? [] : [{ type: 'DeliveryRecorded', data: delivery }],
    RequestReturn: requestReturn,
    DecideReturn: decideReturn,
    ReceiveReturn: receiveReturn,
    GradeItem: gradeItem,
    RecordRefund: recordRefund,
    RecordRefundFailure: recordRefundFailure,
    CloseReturn: closeReturn,
  }),
};
