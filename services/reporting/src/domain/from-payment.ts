import type { PaymentEvent, Verdict } from '@cartage/contracts';
import { about, type Fact, type Row } from './table';
import { factOrder } from './order-tables';
import { namedVerification } from './policies';
import { factPayment, factSettledItem, factSettlement } from './payment-tables';
import type { Extraction, Stamp } from './extraction';

interface OfOrder {
  readonly orderId: string;
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
}

/** What happened, and the event that tells it. */
type Happened = readonly [kind: string, stamp: Stamp];

const money = ([kind, { id }]: Happened, { orderId, paymentId, currency, amount }: OfOrder, row: Row): Fact =>
  about(factPayment, { event_id: id, kind, order_id: orderId, payment_id: paymentId, currency, amount, ...row });

/** How the order was judged, and by which rules. */
const judged = (verdict: Verdict | undefined): Row => (verdict ? { verdict: verdict.decision, ...namedVerification(verdict.rules) } : {});

interface SettledLine {
  readonly lineId: string;
  readonly orderId: string;
  readonly settlementId: string;
  readonly source: string;
  readonly kind: string;
  readonly currency: string;
  readonly gross: number;
  readonly fee: number;
  readonly net: number;
  readonly settledAt: string;
  readonly settles: readonly { readonly kind: string; readonly id: string }[];
}

const settled = (line: SettledLine, saidAt: string, row: Row): readonly Fact[] => {
  const { source, kind, currency, gross, fee, net } = line;
  const which = { line_id: line.lineId, order_id: line.orderId, settlement_id: line.settlementId, settled_at: line.settledAt };
  return [
    about(factSettlement, { ...which, source, kind, currency, gross, fee, net, said_at: saidAt, ...row }),
    ...line.settles.map(({ id, kind: of }) =>
      about(factSettledItem, { line_id: line.lineId, item_id: id, kind: of, order_id: line.orderId, said_at: saidAt }),
    ),
  ];
};

/** Cash of a delivery is about a shipment. */
const cash = (happened: Happened, data: OfOrder & { readonly shipmentId: string }, at: string): readonly Fact[] => [
  money(happened, data, { method: 'cod', shipment_id: data.shipmentId, happened_at: at }),
];

export const fromPayment: Extraction<PaymentEvent> = {
  PaymentAuthorized: (data, stamp) => [
    money(['authorised', stamp], data, {
      ...{ method: data.method, provider: data.provider, happened_at: data.authorizedAt },
      ...judged(data.verdict),
    }),
    about(factOrder, { order_id: data.orderId, authorised_at: data.authorizedAt }),
  ],
  CodAccepted: (data, stamp) => [
    money(['cod-accepted', stamp], data, { method: 'cod', happened_at: data.acceptedAt, ...judged(data.verdict) }),
    about(factOrder, { order_id: data.orderId, authorised_at: data.acceptedAt }),
  ],
  PaymentDeclined: (data, stamp) => [
    money(['declined', stamp], data, {
      ...{ method: data.method, reason: data.reason.code, happened_at: data.declinedAt },
      ...judged(data.verdict),
    }),
    about(factOrder, { order_id: data.orderId, declines: 1 }),
  ],
  ReviewRequired: (data, stamp) => [
    money(['review-required', stamp], data, { happened_at: data.requiredAt, ...judged(data.verdict) }),
    about(factOrder, { order_id: data.orderId, reviews: 1 }),
  ],
  AuthorizationExpired: (data, stamp) => [money(['expired', stamp], data, { happened_at: data.expiredAt })],
  PaymentCaptured: (data, stamp) => [
    money(['captured', stamp], data, {
      ...{ shipment_id: data.shipmentId, capture_id: data.captureId, balance_id: data.balanceId, happened_at: data.capturedAt },
    }),
  ],
  CaptureFailed: (data, stamp) => [
    money(['capture-failed', stamp], data, { shipment_id: data.shipmentId, reason: data.reason.code, happened_at: data.failedAt }),
  ],
  PaymentVoided: (data, stamp) => [money(['voided', stamp], data, { reason: data.reason.code, happened_at: data.voidedAt })],
  RefundIssued: (data, stamp) => [
    money(['refunded', stamp], data, {
      ...{ tender: data.tender, return_id: data.returnId, balance_id: data.balanceId, happened_at: data.issuedAt },
    }),
  ],
  CreditReturned: (data, stamp) => [money(['credit-returned', stamp], data, { balance_id: data.balanceId, happened_at: data.returnedAt })],
  CodCollected: (data, stamp) => cash(['cod-collected', stamp], data, data.collectedAt),
  CodShort: (data, stamp) => cash(['cod-short', stamp], data, data.shortAt),
  CodRemitted: (data, stamp) => cash(['cod-remitted', stamp], data, data.remittedAt),
  ChargebackOpened: (data, stamp) => [money(['chargeback-opened', stamp], data, { reason: data.reason.code, happened_at: data.openedAt })],
  ChargebackWon: (data, stamp) => [money(['chargeback-won', stamp], data, { happened_at: data.decidedAt })],
  ChargebackLost: (data, stamp) => [money(['chargeback-lost', stamp], data, { happened_at: data.decidedAt })],
  PaymentSettled: (data) => settled(data, data.matchedAt, { agrees: true }),
  SettlementMismatch: (data) => settled(data, data.foundAt, { agrees: false, mismatch: data.code }),
};
