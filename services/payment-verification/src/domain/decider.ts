import { deciding, type Decider } from '@cartage/eventsourcing';
import { cancelLines, cancelPayment, editOrder } from './amendments';
import { expireAuthorization, recordAuthorization } from './authorizations';
import { recordDelivery, recordRemittance } from './cash';
import { recordCodShort, resolveCodShort } from './cod-short';
import { freeChannelRefund, hearChannelRefund } from './channel-refunds';
import type { PaymentCommand } from './commands';
import { withConsequences } from './consequences';
import type { PaymentEvent } from './events';
import { evolve } from './evolve';
import { isOver, type Payment } from './payment';
import { addPayments, verifyPayment } from './promise';
import { hearAuthorizationEnded, hearCapture } from './notices';
import { bookChargeback } from './book-chargeback';
import { issuePayLink, offerPayLink, payByLink, revokePayLink } from './pay-links';
import { limitExchange, returnCredit } from './exchange-credit';
import { payOutRefund } from './payouts';
import { hearRefund } from './refund-notices';
import { remindOfPayment } from './reminders';
import { recordRefund, requestRefund, retryRefund } from './refunds';
import { assignReview, decideReview, escalateReview } from './review';
import { chargeShipment, recordCapture, requestCapture, retryCapture } from './settlement';
import { recordOutcome } from './outcomes';
import { giveUpCall } from './silence';
import { recordVoid, retryVoid } from './voids';

export const paymentStream = (orderId: string): string => `payment-${orderId}`;

const decide = deciding<PaymentCommand, Payment, PaymentEvent>({
  VerifyPayment: verifyPayment,
  EscalateReview: escalateReview,
  AssignReview: assignReview,
  DecideReview: decideReview,
  AddPayments: addPayments,
  IssuePayLink: issuePayLink,
  OfferPayLink: offerPayLink,
  RevokePayLink: revokePayLink,
  PayByLink: payByLink,
  RecordAuthorization: recordAuthorization,
  ExpireAuthorization: expireAuthorization,
  GiveUpCall: giveUpCall,
  RecordOutcome: recordOutcome,
  RemindOfPayment: remindOfPayment,
  HearAuthorizationEnded: hearAuthorizationEnded,
  HearCapture: hearCapture,
  HearRefund: hearRefund,
  CancelLines: cancelLines,
  EditOrder: editOrder,
  CancelPayment: cancelPayment,
  ChargeShipment: chargeShipment,
  RequestCapture: requestCapture,
  RetryCapture: retryCapture,
  RecordCapture: recordCapture,
  RecordDelivery: recordDelivery,
  RecordRemittance: recordRemittance,
  RecordCodShort: recordCodShort,
  ResolveCodShort: resolveCodShort,
  RetryVoid: retryVoid,
  RecordVoid: recordVoid,
  RequestRefund: requestRefund,
  RetryRefund: retryRefund,
  PayOutRefund: payOutRefund,
  HearChannelRefund: hearChannelRefund,
  FreeChannelRefund: freeChannelRefund,
  BookChargeback: bookChargeback,
  RecordRefund: recordRefund,
  ReturnCredit: returnCredit,
  LimitExchange: limitExchange,
});

/** The payment of one order, from verification to the last refund: what was asked decides, and what follows from how it then stands is decided with it. */
export const payment: Decider<PaymentCommand, Payment, PaymentEvent> = {
  initial: { phase: 'none' },
  evolve,
  isOver,
  decide: (command, state) => withConsequences(decide(command, state), state, command.data),
};
