import { put, remove, tableOf, type Change, type Sql, type View } from '@cartage/views';
import type { AuthorizationRequest, PaymentEvent } from '../../domain/events';
import { refundKey } from '../../domain/ledger';
import type { ProviderCall } from '../../domain/outstanding';
import { isProvider } from '../../domain/terms';

type Operation = Exclude<ProviderCall['operation'], 'inquire'>;

interface Call {
  readonly operation: Operation;
  /** The thing that it is to bring about: a promise, a capture, a void, a refund. */
  readonly subject: string;
  readonly key: string;
  readonly provider: string;
  readonly since: string;
}

interface CallTerms {
  readonly orderId: string;
  readonly currency: string;
  readonly amount: number;
}

const opened = ({ orderId, currency, amount }: CallTerms, { operation, subject, key, provider, since }: Call): Change =>
  put({ operation, subject, call_key: key, order_id: orderId, provider, currency, amount, asked_at: since });

const answered = (operation: Operation, subject: string): Change => remove({ operation, subject });

const authorizing = (orderId: string, authorizations: readonly AuthorizationRequest[], since: string): readonly Change[] =>
  authorizations.map(({ authorizationId, provider, currency, amount }) =>
    opened({ orderId, currency, amount }, { operation: 'authorize', subject: authorizationId, key: authorizationId, provider, since }),
  );

const capturing = (
  terms: CallTerms,
  { captureId, ...call }: { readonly captureId: string; readonly key: string; readonly provider: string; readonly since: string },
): Change => opened(terms, { operation: 'capture', subject: captureId, ...call });

/** Which calls to payment providers have no known answer yet? Empty on a good day; what recovery works through. */
export const providerCallOpen: View<PaymentEvent> = {
  name: 'provider_call_open',
  about: 'One row for each call to a payment provider whose outcome is not known yet. A row older than a few minutes is a stuck payment.',
  columns: {
    operation: { type: 'text not null', about: 'authorize, capture, void or refund.' },
    subject: { type: 'text not null', about: 'What it is to bring about: the id of the authorisation, capture, void or refund.' },
    call_key: { type: 'text not null', about: 'The idempotency key of the call: the id of this try.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    provider: { type: 'text not null', about: 'Who was asked.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`.' },
    asked_at: { type: 'timestamptz not null', about: 'When the call was decided.' },
  },
  key: ['operation', 'subject'],
  indexes: ['(asked_at, call_key)'],
  revision: 3,
  on: {
    PaymentRequested: ({ data }) => authorizing(data.orderId, data.authorizations, data.requestedAt),
    ReviewDecided: ({ data }) => authorizing(data.orderId, data.authorizations, data.decidedAt),
    PaymentsAdded: ({ data }) => authorizing(data.orderId, data.authorizations, data.addedAt),
    AuthorizationRequested: ({ data }) => authorizing(data.orderId, [data], data.requestedAt),
    PaymentAuthorized: ({ data }) => answered('authorize', data.authorizationId),
    PaymentDeclined: ({ data }) => (data.authorizationId === undefined ? [] : answered('authorize', data.authorizationId)),
    ShipmentCharged: ({ data }) =>
      data.captures.flatMap(({ captureId, provider, amount }) =>
        provider === undefined ? [] : capturing({ ...data, amount }, { captureId, key: captureId, provider, since: data.chargedAt }),
      ),
    CaptureRequested: ({ data }) =>
      data.provider === undefined
        ? []
        : capturing(data, { captureId: data.captureId, key: data.attemptId, provider: data.provider, since: data.requestedAt }),
    PaymentCaptured: ({ data }) => answered('capture', data.captureId),
    CaptureFailed: ({ data }) => answered('capture', data.captureId),
    VoidRequested: ({ data }) =>
      opened(data, { operation: 'void', subject: data.voidId, key: data.attemptId, provider: data.provider, since: data.requestedAt }),
    PaymentVoided: ({ data }) => answered('void', data.voidId),
    VoidFailed: ({ data }) => answered('void', data.voidId),
    RefundRequested: ({ data }) =>
      isProvider(data.provider)
        ? opened(data, {
            operation: 'refund',
            subject: refundKey(data.refundId, data.paymentId),
            key: data.attemptId,
            provider: data.provider,
            since: data.requestedAt,
          })
        : [],
    RefundIssued: ({ data }) => answered('refund', refundKey(data.refundId, data.paymentId)),
    RefundFailed: ({ data }) => answered('refund', refundKey(data.refundId, data.paymentId)),
  },
};

export interface OpenCall {
  readonly key: string;
  readonly orderId: string;
  readonly askedAt: string;
}

/** Calls that were open before `until`, the oldest first. */
export const listOpenCalls = async (
  sql: Sql,
  until: string,
  { limit, after }: { readonly limit: number; readonly after?: OpenCall | undefined },
): Promise<readonly OpenCall[]> => {
  const from = after ? 'and (asked_at, call_key) > ($3::timestamptz, $4)' : '';
  const text = `select json_build_object('key', call_key, 'orderId', order_id, 'askedAt', asked_at) as row
    from ${tableOf(providerCallOpen)} where asked_at < $1::timestamptz ${from} order by asked_at, call_key limit $2`;
  const values = [until, limit, ...(after ? [after.askedAt, after.key] : [])];
  return (await sql.query<{ row: OpenCall }>(text, values)).rows.map(({ row }) => row);
};
