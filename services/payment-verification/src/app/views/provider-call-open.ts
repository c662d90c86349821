import { put, remove, type Change, type Sql, type View } from '@cartage/views';
import type { PaymentEvent } from '../../domain/events';
import { authorizeKey, captureKey, refundKey, voidKey } from '../../domain/outstanding';

interface Asked {
  readonly key: string;
  readonly operation: string;
  readonly provider: string;
  readonly since: string;
}

const asked = (
  { orderId, currency, amount }: { readonly orderId: string; readonly currency: string; readonly amount: number },
  { key, operation, provider, since }: Asked,
): Change => put({ call_key: key, order_id: orderId, operation, provider, currency, amount, asked_at: since });

const answered = (key: string): Change => remove({ call_key: key });

/** Which calls to payment providers have no known answer yet? Empty on a good day; what recovery works through. */
export const providerCallOpen: View<PaymentEvent> = {
  name: 'provider_call_open',
  about: 'One row for each call to a payment provider whose outcome is not known yet. A row older than a few minutes is a stuck payment.',
  columns: {
    call_key: { type: 'text not null', about: 'The idempotency key of the call.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    operation: { type: 'text not null', about: 'authorize, capture, void or refund.' },
    provider: { type: 'text not null', about: 'Who was asked.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`.' },
    asked_at: { type: 'timestamptz not null', about: 'When the call was decided.' },
  },
  key: ['call_key'],
  indexes: ['(asked_at, call_key)'],
  revision: 1,
  on: {
    AuthorizationRequested: ({ data }) =>
      asked(data, { key: authorizeKey(data.orderId), operation: 'authorize', provider: data.provider, since: data.requestedAt }),
    PaymentAuthorized: ({ data }) => answered(authorizeKey(data.orderId)),
    PaymentDeclined: ({ data }) => answered(authorizeKey(data.orderId)),
    ShipmentCharged: ({ data }) =>
      data.provider === undefined
        ? []
        : asked(data, { key: captureKey(data.shipmentId), operation: 'capture', provider: data.provider, since: data.chargedAt }),
    PaymentCaptured: ({ data }) => answered(captureKey(data.shipmentId)),
    CaptureFailed: ({ data }) => answered(captureKey(data.shipmentId)),
    VoidRequested: ({ data }) =>
      asked(data, { key: voidKey(data.orderId), operation: 'void', provider: data.provider, since: data.requestedAt }),
    PaymentVoided: ({ data }) => answered(voidKey(data.orderId)),
    VoidFailed: ({ data }) => answered(voidKey(data.orderId)),
    RefundRequested: ({ data }) =>
      asked(data, { key: refundKey(data.refundId), operation: 'refund', provider: data.provider, since: data.requestedAt }),
    RefundIssued: ({ data }) => answered(refundKey(data.refundId)),
    RefundFailed: ({ data }) => answered(refundKey(data.refundId)),
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
    from provider_call_open where asked_at < $1::timestamptz ${from} order by asked_at, call_key limit $2`;
  const values = [until, limit, ...(after ? [after.askedAt, after.key] : [])];
  return (await sql.query<{ row: OpenCall }>(text, values)).rows.map(({ row }) => row);
};
