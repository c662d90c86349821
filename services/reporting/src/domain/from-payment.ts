import type { PaymentEvent } from '@cartage/contracts';
import { about, type Fact, type Row } from './table';
import { factOrder } from './order-tables';
import { factPayment, factSettlement } from './payment-tables';
import type { Telling, Told } from './telling';

interface OfOrder {
  readonly orderId: string;
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
}

/** What happened, and the event that tells it. */
type Happened = readonly [kind: string, told: Told];

const money = ([kind, { id }]: Happened, { orderId, paymentId, currency, amount }: OfOrder, row: Row): Fact =>
  about(factPayment, { event_id: id, kind, order_id: orderId, payment_id: paymentId, currency, amount, ...row });

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
}

const settled = (line: SettledLine, row: Row): readonly Fact[] => {
  const { source, kind, currency, gross, fee, net } = line;
  const which = { line_id: line.lineId, order_id: line.orderId, settlement_id: line.settlementId, settled_at: line.settledAt };
  return [about(factSettlement, { ...which, source, kind, currency, gross, fee, net, ...row })];
};

/** Cash of a delivery is about a shipment. */
const cash = (happened: Happened, data: OfOrder & { readonly shipmentId: string }, at: string): readonly Fact[] => [
  money(happened, data, { method: 'cod', shipment_id: data.shipmentId, happened_at: at }),
];

export const fromPayment: Telling<PaymentEvent> = {
  PaymentAuthorized: (data, told) => [
    money(['authorised', told], data, { method: data.method, provider: data.provider, happened_at: data.authorizedAt }),
    about(factOrder, { order_id: data.orderId, authorised_at: data.authorizedAt }),
  ],
  CodAccepted: (data, told) => [
    money(['cod-accepted', told], data, { method: 'cod', happened_at: data.acceptedAt }),
    about(factOrder, { order_id: data.orderId, authorised_at: data.acceptedAt }),
  ],
  PaymentDeclined: (data, told) => [
    money(['declined', told], data, { method: data.method, reason: data.reason.code, happened_at: data.declinedAt }),
    about(factOrder, { order_id: data.orderId, declines: 1 }),
  ],
  ReviewRequired: ({ orderId }) => [about(factOrder, { order_id: orderId, reviews: 1 })],
  AuthorizationExpired: (data, told) => [money(['expired', told], data, { happened_at: data.expiredAt })],
  PaymentCaptured: (data, told) => [money(['captured', told], data, { shipment_id: data.shipmentId, happened_at: data.capturedAt })],
  CaptureFailed: (data, told) => [
    money(['capture-failed', told], data, { shipment_id: data.shipmentId, reason: data.reason.code, happened_at: data.failedAt }),
  ],
  PaymentVoided: (data, told) => [money(['voided', told], data, { reason: data.reason.code, happened_at: data.voidedAt })],
  RefundIssued: (data, told) => [
    money(['refunded', told], data, { tender: data.tender, return_id: data.returnId, happened_at: data.issuedAt }),
  ],
  CreditReturned: (data, told) => [money(['credit-returned', told], data, { happened_at: data.returnedAt })],
  CodCollected: (data, told) => cash(['cod-collected', told], data, data.collectedAt),
  CodShort: (data, told) => cash(['cod-short', told], data, data.shortAt),
  CodRemitted: (data, told) => cash(['cod-remitted', told], data, data.remittedAt),
  ChargebackOpened: (data, told) => [money(['chargeback-opened', told], data, { reason: data.reason.code, happened_at: data.openedAt })],
  ChargebackWon: (data, told) => [money(['chargeback-won', told], data, { happened_at: data.decidedAt })],
  ChargebackLost: (data, told) => [money(['chargeback-lost', told], data, { happened_at: data.decidedAt })],
  PaymentSettled: (data) => settled(data, { agrees: true }),
  SettlementMismatch: (data) => settled(data, { agrees: false, mismatch: data.code }),
};
