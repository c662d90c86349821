import type { PaymentMethod } from '@cartage/contracts';
import type { Authorizing, Payment, Promised } from './payment';
import { isPromised } from './payment';
import { asksProvider, CHANNEL } from './terms';

interface CallOf<Operation extends string> {
  readonly operation: Operation;
  /** The same call always has the same key: a provider that sees it twice moves money once. */
  readonly key: string;
  readonly provider: string;
  readonly orderId: string;
  readonly currency: string;
  readonly amount: number;
}

export type AuthorizeCall = CallOf<'authorize'> & { readonly method: PaymentMethod; readonly token?: string };
export type CaptureCall = CallOf<'capture'> & { readonly authorizationId: string; readonly shipmentId: string };
export type VoidCall = CallOf<'void'> & { readonly authorizationId: string };
/** Without an authorisation (cash on delivery) it is a payout to the customer. */
export type RefundCall = CallOf<'refund'> & { readonly refundId: string; readonly authorizationId?: string };
export type ProviderCall = AuthorizeCall | CaptureCall | VoidCall | RefundCall;

export const authorizeKey = (orderId: string): string => `authorize:${orderId}`;
export const captureKey = (shipmentId: string): string => `capture:${shipmentId}`;
export const voidKey = (orderId: string): string => `void:${orderId}`;
export const refundKey = (refundId: string): string => `refund:${refundId}`;

const authorization = ({ terms: { orderId, currency, total, method, token, provider } }: Authorizing): AuthorizeCall => ({
  operation: 'authorize',
  key: authorizeKey(orderId),
  provider,
  orderId,
  currency,
  amount: total,
  method,
  ...(token === undefined ? {} : { token }),
});

const base = ({ terms: { orderId, currency }, mover }: Promised) => ({ provider: mover, orderId, currency });

const captures = (payment: Promised, authorizationId: string): readonly CaptureCall[] =>
  Object.entries(payment.ledger.charges)
    .filter(([, { status }]) => status === 'due')
    .map(([shipmentId, { amount }]) => ({
      ...base(payment),
      operation: 'capture',
      key: captureKey(shipmentId),
      amount,
      authorizationId,
      shipmentId,
    }));

const release = (payment: Promised, authorizationId: string): readonly VoidCall[] => {
  const { release: asked } = payment.ledger;
  if (asked?.status !== 'requested') return [];
  return [{ ...base(payment), operation: 'void', key: voidKey(payment.terms.orderId), amount: asked.amount, authorizationId }];
};

const refunds = (payment: Promised): readonly RefundCall[] =>
  Object.entries(payment.ledger.refunds)
    .filter(([, { status }]) => status === 'requested')
    .map(([refundId, { amount }]) => ({
      ...base(payment),
      operation: 'refund',
      key: refundKey(refundId),
      amount,
      refundId,
      ...(payment.authorizationId === undefined ? {} : { authorizationId: payment.authorizationId }),
    }));

const promisedCalls = (payment: Promised): readonly ProviderCall[] => {
  if (payment.mover === CHANNEL) return [];
  const { authorizationId } = payment;
  const authorised = authorizationId !== undefined && asksProvider(payment.terms);
  return [...(authorised ? [...captures(payment, authorizationId), ...release(payment, authorizationId)] : []), ...refunds(payment)];
};

/** The calls to providers that were decided and whose answer is not known: to be made, or made again. */
export const outstandingCalls = (payment: Payment): readonly ProviderCall[] => {
  if (payment.status === 'authorizing') return [authorization(payment)];
  return isPromised(payment) ? promisedCalls(payment) : [];
};
