import type { Sealed } from '@cartage/contracts';
import type { Authorization, Capture, Ledger, Refund, Taken } from './ledger';
import { isKnown, type Known, type Payment } from './payment';
import { CREDIT, isProvider } from './terms';

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

/** How often it was asked for in vain before. */
interface Again {
  readonly failures: number;
}

export type AuthorizeCall = CallOf<'authorize'> & {
  readonly method: string;
  readonly token?: Sealed;
  /** Whose store credit it is, where it is paid with that. */
  readonly customerId?: string;
};
/** What has become of a payment that the customer has to act on. */
export type InquireCall = CallOf<'inquire'> & { readonly authorization: string };
/** `authorization` is the provider’s own number of it. */
export type CaptureCall = CallOf<'capture'> &
  Again & { readonly captureId: string; readonly authorization: string; readonly shipmentId?: string };
export type VoidCall = CallOf<'void'> & Again & { readonly voidId: string; readonly authorization: string };
/** Without an authorisation (cash on delivery, store credit) it is a payout to the customer. */
export type RefundCall = CallOf<'refund'> &
  Again & {
    readonly refundId: string;
    readonly authorization?: string;
    /** The order that it pays for, where it goes into an exchange. */
    readonly exchangeOrderId?: string;
    /** Whose credit it is added to, where it does not go back as it came. */
    readonly customerId?: string;
    /** It was given up once without a word on it: whether it was carried out is looked for first. */
    readonly isOld?: boolean;
    /** Of which captures it is taken, with the provider’s own numbers. */
    readonly captures: readonly (Taken & { readonly reference?: string; readonly authorization?: string })[];
  };
export type ProviderCall = AuthorizeCall | InquireCall | CaptureCall | VoidCall | RefundCall;

const base = (
  { terms: { orderId, currency } }: Known,
  { paymentId, amount }: Pick<Authorization, 'paymentId' | 'amount'>,
  provider: string,
) => ({
  ...{ provider, orderId, paymentId, currency, amount },
});

const authorizations = (known: Known): readonly (AuthorizeCall | InquireCall)[] =>
  [...known.ledger.authorizations.values()].flatMap((authorization): readonly (AuthorizeCall | InquireCall)[] => {
    const { authorizationId: key, paymentId, status, mover, method, reference } = authorization;
    if (status === 'pending') return [{ ...base(known, authorization, mover), operation: 'inquire', key, authorization: reference ?? '' }];
    const token = known.terms.payments.find((tender) => tender.paymentId === paymentId)?.token;
    const { customerId } = known.terms;
    return status === 'requested'
      ? [
          {
            ...base(known, authorization, mover),
            ...{ operation: 'authorize', key, method },
            ...(token === undefined ? {} : { token }),
            ...(mover === CREDIT && customerId !== undefined ? { customerId } : {}),
          },
        ]
      : [];
  });

const requestedOf = <Thing extends { readonly status: string; readonly attemptId?: string }>(
  things: ReadonlyMap<string, Thing>,
): readonly (readonly [id: string, thing: Thing, key: string])[] =>
  [...things].flatMap(([id, thing]) =>
    thing.status === 'requested' && thing.attemptId !== undefined ? [[id, thing, thing.attemptId] as const] : [],
  );

/** The promise that something is taken from, with who holds it. */
const heldBy = (
  { authorizations: all }: Ledger,
  authorizationId = '',
): Pick<Authorization, 'mover'> & { readonly authorization: string } => {
  const { mover = '', reference = '' } = all.get(authorizationId) ?? {};
  return { mover, authorization: reference };
};

const captures = (known: Known): readonly CaptureCall[] =>
  requestedOf(known.ledger.captures).map(([captureId, capture, key]) => {
    const { mover, authorization } = heldBy(known.ledger, capture.authorizationId);
    return {
      ...{ ...base(known, capture, mover), operation: 'capture', key, captureId, authorization, failures: capture.failures },
      ...(capture.shipmentId === undefined ? {} : { shipmentId: capture.shipmentId }),
    };
  });

const voids = (known: Known): readonly VoidCall[] =>
  requestedOf(known.ledger.voids).map(([voidId, asked, key]) => {
    const { mover, authorization } = heldBy(known.ledger, asked.authorizationId);
    return { ...base(known, asked, mover), operation: 'void', key, voidId, authorization, failures: asked.failures };
  });

const withReferences = ({ ledger }: Known, taken: Taken): RefundCall['captures'][number] => {
  const { reference, authorizationId }: Partial<Capture> = ledger.captures.get(taken.captureId) ?? {};
  const { authorization } = heldBy(ledger, authorizationId);
  return { ...taken, ...(reference === undefined ? {} : { reference }), ...(authorization === '' ? {} : { authorization }) };
};

const refund = (
  known: Known,
  { refundId, captures: taken, tender, failures, mover, exchangeOrderId, outcomeUnknown, ...part }: Refund,
  key: string,
): RefundCall => {
  const from = taken.map((each) => withReferences(known, each));
  const [{ authorization } = {}] = tender === 'original' ? from : [];
  const { customerId } = known.terms;
  return {
    ...{ ...base(known, part, mover), operation: 'refund', key, refundId, failures, captures: from },
    ...(authorization === undefined ? {} : { authorization }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(exchangeOrderId === undefined ? {} : { exchangeOrderId }),
    ...(outcomeUnknown ? { isOld: true } : {}),
  };
};

const refunds = (known: Known): readonly RefundCall[] =>
  requestedOf(known.ledger.refunds)
    .filter(([, { mover }]) => isProvider(mover))
    .map(([, part, key]) => refund(known, part, key));

/** The calls to providers that were decided and whose answer is not known: to be made, or made again. */
export const outstandingCalls = (payment: Payment): readonly ProviderCall[] =>
  isKnown(payment) ? [...authorizations(payment), ...captures(payment), ...voids(payment), ...refunds(payment)] : [];
