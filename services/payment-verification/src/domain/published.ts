import type { PaymentEvent as PublicPaymentEvent } from '@cartage/contracts';
import type { Named, Translation } from '@cartage/eventsourcing';
import type { CarrierClaimEvent } from './carrier-claims/carrier-claim';
import type { BalanceEvent } from './balances/balance';
import { publishedOfBalances } from './balances/published';
import { publishedOfChargebacks, type ChargebackEvent } from './chargebacks/chargeback';
import type { PaymentEvent } from './events';
import { publishedDocuments, type DocumentEvent } from './invoices/documents';
import { publishedOfSettlements } from './settlements/published';
import type { SettlementEvent } from './settlements/settlement';

const same = <Event extends Named>({ type, data }: Event): Pick<Event, 'type' | 'data'> => ({ type, data });

type Event = PaymentEvent | ChargebackEvent | DocumentEvent | SettlementEvent | BalanceEvent | CarrierClaimEvent;

/** What others hear of a payment. Terms, facts, notes and what is only asked for stay inside. */
export const published: Translation<Event, PublicPaymentEvent> = {
  ...publishedOfChargebacks,
  ...publishedDocuments,
  ...publishedOfBalances,
  ...publishedOfSettlements,
  CarrierClaimSettled: same,
  ReviewRequired: same,
  ReviewEscalated: same,
  PaymentAuthorized: same,
  PaymentPending: same,
  PaymentReminderDue: same,
  PayLinkOffered: same,
  PayLinkUsed: same,
  AuthorizationExpired: same,
  CodAccepted: same,
  PaymentDeclined: same,
  AmountDueChanged: same,
  PaymentCaptured: same,
  CaptureFailed: same,
  CodCollected: ({ type, data: { lines: _, delivery: __, parcels: ___, ...data } }) => ({ type, data }),
  CodShort: same,
  CodRemitted: same,
  PaymentVoided: ({ type, data: { authorizationId: _, ...data } }) => ({ type, data }),
  VoidFailed: same,
  ChannelRefundRequested: same,
  CreditReturned: same,
  RefundIssued: ({ type, data: { cause: _, ...data } }) => ({ type, data }),
  RefundFailed: ({ type, data: { cause: _, tender: __, exchangeOrderId: ___, ...data } }) => ({ type, data }),
};
