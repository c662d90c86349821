import { put, remove, tableOf, type Change, type Sql, type View } from '@cartage/views';
import type { AuthorizationRequest, PaymentEvent } from '../../domain/events';
import type { ProviderCall } from '../../domain/outstanding';

type Operation = ProviderCall['operation'];

interface Call {
  readonly operation: Operation;
  /** The thing that it is to bring about: a payment’s promise, a capture, a void, a refund. */
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
  authorizations.map(({ paymentId, authorizationId, provider, currency, amount }) =>
    opened({ orderId, currency, amount }, { operation: 'authorize', subject: paymentId, key: authorizationId, provider, since }),
  );

/** Which calls to payment providers have no known answer yet? Empty on a good day; what recovery works through. */
export const providerCallOpen: View<PaymentEvent> = {
  name: 'provider_call_open',
  about: 'One row for each call to a payment provider whose outcome is not known yet. A row older than a few minutes is a stuck payment.',
  columns: {
    operation: { type: 'text not null', about: 'authorize, capture, void or refund.' },
    subject: { type: 'uuid not null', about: 'What it is to bring about: the id of the payment, capture, void or refund.' },
    call_key: { type: 'text not null', about: 'The idempotency key of the call: the id of this try.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    provider: { type: 'text not null', about: 'Who was asked.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`.' },
    asked_at: { type: 'timestamptz not null', about: 'When the call was decided.' },
  },
  key: ['operation', 'subject'],
  indexes: ['(asked_at, call_key)'],
  revision: 2,
  on: {
    PaymentRequested: ({ data }) => authorizing(data.orderId, data.authorizations, data.requestedAt),
    ReviewDecided: ({ data }) => authorizing(data.orderId, data.authorizations, data.decidedAt),
    PaymentAuthorized: ({ data }) => answered('authorize', data.paymentId),
    PaymentDeclined: ({ data }) => answered('authorize', data.paymentId),
    ShipmentCharged: ({ data }) =>
      data.captureId === undefined || data.provider === undefined
        ? []
        : opened(data, {
            operation: 'capture',
            subject: data.captureId,
            key: data.captureId,
            provider: data.provider,
            since: data.chargedAt,
          }),
    PaymentCaptured: ({ data }) => answered('capture', data.captureId),
    CaptureFailed: ({ data }) => answered('capture', data.captureId),
    VoidRequested: ({ data }) =>
      opened(data, { operation: 'void', subject: data.voidId, key: data.voidId, provider: data.provider, since: data.requestedAt }),
    PaymentVoided: ({ data }) => answered('void', data.voidId),
    VoidFailed: ({ data }) => answered('void', data.voidId),
    RefundRequested: ({ data }) =>
      opened(data, { operation: 'refund', subject: data.refundId, key: data.attemptId, provider: data.provider, since: data.requestedAt }),
    RefundIssued: ({ data }) => answered('refund', data.refundId),
    RefundFailed: ({ data }) => answered('refund', data.refundId),
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
