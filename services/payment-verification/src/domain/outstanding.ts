import type { Sealed } from '@cartage/contracts';
import type { Taken } from './ledger';
import { isPromised, type Authorizing, type Payment, type Promised } from './payment';

interface CallOf<Operation extends string> {
  readonly operation: Operation;
  /** The id of the try: a provider that sees it twice moves money once. */
  readonly key: string;
  readonly provider: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
}

export type AuthorizeCall = CallOf<'authorize'> & { readonly method: string; readonly token?: Sealed };
/** `authorization` is the provider’s own number of it. */
export type CaptureCall = CallOf<'capture'> & { readonly authorization: string; readonly shipmentId?: string };
export type VoidCall = CallOf<'void'> & { readonly authorization: string };
/** Without an authorisation (cash on delivery) it is a payout to the customer. */
export type RefundCall = CallOf<'refund'> & {
  readonly refundId: string;
  readonly authorization?: string;
  /** Of which captures it is taken, with the provider’s own numbers. */
  readonly captures: readonly (Taken & { readonly reference?: string })[];
};
export type ProviderCall = AuthorizeCall | CaptureCall | VoidCall | RefundCall;

const authorization = ({ terms, authorizationId }: Authorizing): AuthorizeCall => {
  const { paymentId, method, amount, token, provider } = terms.payments[0];
  const { orderId, currency } = terms;
  return {
    ...{ operation: 'authorize', key: authorizationId, provider, orderId, paymentId, currency, amount, method },
    ...(token === undefined ? {} : { token }),
  };
};

const base = ({ terms: { orderId, currency, payments }, mover }: Promised) => ({
  provider: mover,
  orderId,
  paymentId: payments[0].paymentId,
  currency,
});

const requestedOf = <Thing extends { readonly status: string }>(
  things: ReadonlyMap<string, Thing>,
): readonly (readonly [string, Thing])[] => [...things].filter(([, { status }]) => status === 'requested');

const captures = (payment: Promised, reference: string): readonly CaptureCall[] =>
  requestedOf(payment.ledger.captures).map(([key, { amount, shipmentId }]) => ({
    ...base(payment),
    ...{ operation: 'capture', key, amount, authorization: reference },
    ...(shipmentId === undefined ? {} : { shipmentId }),
  }));

const voids = (payment: Promised, reference: string): readonly VoidCall[] =>
  requestedOf(payment.ledger.voids).map(([key, { amount }]) => ({
    ...base(payment),
    ...{ operation: 'void', key, amount, authorization: reference },
  }));

const withReference = ({ ledger }: Promised, taken: Taken): RefundCall['captures'][number] => {
  const reference = ledger.captures.get(taken.captureId)?.reference;
  return { ...taken, ...(reference === undefined ? {} : { reference }) };
};

const refunds = (payment: Promised): readonly RefundCall[] =>
  requestedOf(payment.ledger.refunds).map(([refundId, refund]) => ({
    ...base(payment),
    ...{ operation: 'refund', key: refund.attemptId ?? refundId, amount: refund.amount, refundId },
    captures: refund.captures.map((taken) => withReference(payment, taken)),
    ...(payment.reference === undefined ? {} : { authorization: payment.reference }),
  }));

/** The calls to providers that were decided and whose answer is not known: to be made, or made again. */
export const outstandingCalls = (payment: Payment): readonly ProviderCall[] => {
  if (payment.status === 'authorizing') return [authorization(payment)];
  if (!isPromised(payment)) return [];
  const { reference } = payment;
  return [...(reference === undefined ? [] : [...captures(payment, reference), ...voids(payment, reference)]), ...refunds(payment)];
};
