import type { DataOf } from '@cartage/eventsourcing';
import { chargeFor } from './amounts';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { isReleased, uncharged, type Charge } from './ledger';
import { isPromised, type Payment, type Promised } from './payment';
import { requireCharge, requireKnown, requirePromised } from './require';
import { asksProvider, isCod } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

interface Settling {
  readonly shipmentId: string;
  readonly amount: number;
  readonly now: string;
}

const captured = (
  { terms, ledger }: Promised,
  { shipmentId, amount, now, captureId }: Settling & { readonly captureId: string },
): PaymentEvent => ({
  type: 'PaymentCaptured',
  data: {
    orderId: terms.orderId,
    shipmentId,
    currency: terms.currency,
    amount,
    capturedTotal: ledger.captured + amount,
    captureId,
    capturedAt: now,
  },
});

const captureFailed = (
  { terms: { orderId, currency } }: Promised,
  { shipmentId, amount, now, reason }: Settling & { readonly reason: string },
): PaymentEvent => ({ type: 'CaptureFailed', data: { orderId, shipmentId, currency, amount, reason, failedAt: now } });

/** What a charge leads to without asking anybody. */
const settledAtOnce = (payment: Promised, settling: Settling): readonly PaymentEvent[] => {
  if (isReleased(payment.ledger)) return [captureFailed(payment, { ...settling, reason: 'payment-voided' })];
  if (isCod(payment.terms) || (asksProvider(payment.terms) && settling.amount > 0)) return [];
  return [captured(payment, { ...settling, captureId: settling.shipmentId })];
};

export const chargeShipment = (
  { orderId, shipmentId, lines, now }: Command<'ChargeShipment'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const promised = requirePromised(orderId, payment);
  const { terms, ledger } = promised;
  if (ledger.charges[shipmentId]) return [];
  const charge = chargeFor(terms, Object.values(ledger.charges), lines);
  const settled = settledAtOnce(promised, { shipmentId, amount: charge.amount, now });
  const asked = settled.length === 0 && !isCod(terms) ? { provider: promised.mover } : {};
  return [
    { type: 'ShipmentCharged', data: { orderId, shipmentId, currency: terms.currency, ...charge, ...asked, chargedAt: now } },
    ...settled,
  ];
};

export const recordCapture = (
  { orderId, shipmentId, answer, now }: Command<'RecordCapture'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const promised = requirePromised(orderId, payment);
  const { status, amount } = requireCharge(promised, shipmentId);
  if (status !== 'due') return [];
  return answer.status === 'approved'
    ? [captured(promised, { shipmentId, amount, now, captureId: answer.reference })]
    : [captureFailed(promised, { shipmentId, amount, now, reason: answer.reason })];
};

const collected = ({ terms, ledger }: Promised, shipmentId: string, { amount, now }: Charge & { readonly now: string }): PaymentEvent => ({
  type: 'CodCollected',
  data: {
    orderId: terms.orderId,
    shipmentId,
    currency: terms.currency,
    amount,
    collectedAt: now,
    collectedTotal: ledger.collected + amount,
  },
});

/** A delivery means money only where the carrier collects it at the door. */
export const recordDelivery = ({ orderId, shipmentId, now }: Command<'RecordDelivery'>, payment: Payment): readonly PaymentEvent[] => {
  if (!isCod(requireKnown(orderId, payment).terms)) return [];
  const promised = requirePromised(orderId, payment);
  const charge = requireCharge(promised, shipmentId);
  return charge.status === 'due' ? [collected(promised, shipmentId, { ...charge, now })] : [];
};

const release = ({ terms, mover, ledger }: Promised, reason: string, now: string): readonly PaymentEvent[] => {
  const money = { orderId: terms.orderId, currency: terms.currency, amount: uncharged(ledger), reason };
  if (ledger.release || money.amount <= 0) return [];
  return asksProvider(terms)
    ? [{ type: 'VoidRequested', data: { ...money, provider: mover, requestedAt: now } }]
    : [{ type: 'PaymentVoided', data: { ...money, voidedAt: now } }];
};

export const cancelPayment = ({ orderId, reason, now }: Command<'CancelPayment'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  if (isPromised(known)) return release(known, reason, now);
  const over = known.status === 'declined' || known.status === 'abandoned' || (known.status === 'authorizing' && known.abandoned);
  return over ? [] : [{ type: 'PaymentAbandoned', data: { orderId, reason, abandonedAt: now } }];
};

export const recordVoid = ({ orderId, answer, now }: Command<'RecordVoid'>, payment: Payment): readonly PaymentEvent[] => {
  const { terms, ledger } = requirePromised(orderId, payment);
  if (ledger.release?.status !== 'requested') return [];
  const { amount, reason } = ledger.release;
  const money = { orderId, currency: terms.currency, amount };
  return answer.status === 'approved'
    ? [{ type: 'PaymentVoided', data: { ...money, reason, voidedAt: now } }]
    : [{ type: 'VoidFailed', data: { ...money, reason: answer.reason, failedAt: now } }];
};
