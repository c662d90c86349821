import type { Reason } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import { shipmentCharges } from './charges';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { isReleased, uncharged } from './ledger';
import { isPromised, requireKnown, requirePromised, type Payment, type Promised } from './payment';
import { asksProvider, isCod, moneyOf, type Terms } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

interface Try {
  readonly captureId: string;
  readonly amount: number;
  readonly shipmentId?: string;
  readonly now: string;
}

const captureOf = (terms: Terms, { captureId, shipmentId, amount }: Try) => ({
  ...moneyOf(terms, amount),
  captureId,
  ...(shipmentId === undefined ? {} : { shipmentId }),
});

const captured = (terms: Terms, tried: Try, reference?: string): PaymentEvent => ({
  type: 'PaymentCaptured',
  data: { ...captureOf(terms, tried), ...(reference === undefined ? {} : { reference }), capturedAt: tried.now },
});

const captureFailed = (terms: Terms, tried: Try, reason: Reason): PaymentEvent => ({
  type: 'CaptureFailed',
  data: { ...captureOf(terms, tried), reason, failedAt: tried.now },
});

interface Capturing {
  readonly request: { readonly captureId?: string; readonly provider?: string };
  /** What is known of it without asking anybody. */
  readonly outcome: readonly PaymentEvent[];
}
const nothing: Capturing = { request: {}, outcome: [] };

/** How the money for a shipment is to be got: by asking a provider, at once, or not at all, because there is none or the carrier will collect it. */
const capturing = ({ terms, ledger, mover }: Promised, tried: Try): Capturing => {
  const { captureId, amount } = tried;
  if (amount === 0) return nothing;
  if (isReleased(ledger))
    return { request: { captureId }, outcome: [captureFailed(terms, tried, { code: 'payment-voided', by: 'system' })] };
  if (isCod(terms)) return nothing;
  return asksProvider(terms)
    ? { request: { captureId, provider: mover }, outcome: [] }
    : { request: { captureId }, outcome: [captured(terms, tried)] };
};

/** What an order is charged for a shipment. An order that costs nothing is charged nothing: no trace is left. */
export const chargeShipment = (command: Command<'ChargeShipment'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, shipmentId, lines, captureId, now } = command;
  const promised = requirePromised(orderId, payment);
  const { terms, ledger } = promised;
  if (terms.total === 0 || ledger.charges.has(shipmentId)) return [];
  const { amount, ...charges } = shipmentCharges(terms, [...ledger.charges.values()], lines);
  const { request, outcome } = capturing(promised, { captureId, amount, shipmentId, now });
  return [{ type: 'ShipmentCharged', data: { ...moneyOf(terms, amount), shipmentId, ...charges, ...request, chargedAt: now } }, ...outcome];
};

export const recordCapture = ({ orderId, captureId, answer, now }: Command<'RecordCapture'>, payment: Payment): readonly PaymentEvent[] => {
  const { terms, ledger } = requirePromised(orderId, payment);
  const capture = ledger.captures.get(captureId);
  if (!capture) throw new Refused('CAPTURE_UNKNOWN', `Capture ${captureId} of order ${orderId} was not asked for.`, 'unknown');
  if (capture.status !== 'requested') return [];
  const { amount, shipmentId } = capture;
  const tried = { captureId, amount, now, ...(shipmentId === undefined ? {} : { shipmentId }) };
  return [
    answer.status === 'approved'
      ? captured(terms, tried, answer.reference)
      : captureFailed(terms, tried, { code: answer.reason, by: 'provider' }),
  ];
};

const release = ({ terms, mover, ledger }: Promised, { reason, voidId, now }: Command<'CancelPayment'>): readonly PaymentEvent[] => {
  const money = { ...moneyOf(terms, uncharged(ledger)), voidId, reason };
  if (isReleased(ledger) || money.amount <= 0) return [];
  return asksProvider(terms)
    ? [{ type: 'VoidRequested', data: { ...money, provider: mover, requestedAt: now } }]
    : [{ type: 'PaymentVoided', data: { ...money, voidedAt: now } }];
};

/** Gives back what was promised and is not needed. Asked again after the provider would not, it is another try. */
export const cancelPayment = (command: Command<'CancelPayment'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, reason, now } = command;
  const known = requireKnown(orderId, payment);
  if (isPromised(known)) return release(known, command);
  const over = known.status === 'declined' || known.status === 'abandoned' || (known.status === 'authorizing' && known.abandoned);
  return over ? [] : [{ type: 'PaymentAbandoned', data: { orderId, reason, abandonedAt: now } }];
};

export const recordVoid = ({ orderId, voidId, answer, now }: Command<'RecordVoid'>, payment: Payment): readonly PaymentEvent[] => {
  const { terms, ledger } = requirePromised(orderId, payment);
  const asked = ledger.voids.get(voidId);
  if (!asked) throw new Refused('VOID_UNKNOWN', `Void ${voidId} of order ${orderId} was not asked for.`, 'unknown');
  if (asked.status !== 'requested') return [];
  const money = { ...moneyOf(terms, asked.amount), voidId };
  return answer.status === 'approved'
    ? [{ type: 'PaymentVoided', data: { ...money, reference: answer.reference, reason: asked.reason, voidedAt: now } }]
    : [{ type: 'VoidFailed', data: { ...money, reason: { code: answer.reason, by: 'provider' }, failedAt: now } }];
};
