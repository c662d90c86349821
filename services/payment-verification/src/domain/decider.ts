import { deciding, type Decider } from '@cartage/eventsourcing';
import { recordDelivery, recordRemittance } from './cash';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { evolve } from './evolve';
import type { Payment } from './payment';
import { assignReview, decideReview, recordAuthorization, verifyPayment } from './promise';
import { escalateReview } from './review-escalation';
import { recordRefund, requestRefund } from './refunds';
import { cancelPayment, chargeShipment, recordCapture, recordVoid } from './settlement';

export const paymentStream = (orderId: string): string => `payment-${orderId}`;

/** The payment of one order, from verification to the last refund. */
export const payment: Decider<PaymentCommand, Payment, PaymentEvent> = {
  initial: { status: 'none' },
  evolve,
  decide: deciding<PaymentCommand, Payment, PaymentEvent>({
    VerifyPayment: verifyPayment,
    EscalateReview: escalateReview,
    AssignReview: assignReview,
    DecideReview: decideReview,
    RecordAuthorization: recordAuthorization,
    ChargeShipment: chargeShipment,
    RecordCapture: recordCapture,
    RecordDelivery: recordDelivery,
    RecordRemittance: recordRemittance,
    CancelPayment: cancelPayment,
    RecordVoid: recordVoid,
    RequestRefund: requestRefund,
    RecordRefund: recordRefund,
  }),
};
