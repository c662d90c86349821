import type { Reason } from '@cartage/contracts';
import type { StoredEvent } from '@cartage/eventsourcing';
import { isoTime, patch, put, tableOf, type Change, type Sql, type View } from '@cartage/views';
import type { PaymentEvent } from '../../domain/events';
import type { SettlementEvent } from '../../domain/settlements/settlement';

export const movementKinds = [
  'authorized',
  'cod-accepted',
  'expired',
  'voided',
  'void-failed',
  'captured',
  'capture-failed',
  'collected',
  'cod-short',
  'cod-written-off',
  'remitted',
  'refunded',
  'refund-failed',
  'refund-returned',
  'pending',
] as const;
export type MovementKind = (typeof movementKinds)[number];

interface Movement {
  readonly kind: MovementKind;
  /** The thing that moved it: authorisation, payment, capture, void, refund, shipment (cash), carrier’s reference (remittance). */
  readonly source: string;
  /** 1: money came in; −1: it went back; 0: only a promise, or nothing. */
  readonly direction: -1 | 0 | 1;
  readonly at: string;
}

interface Money {
  readonly orderId: string;
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
  readonly shipmentId?: string;
  readonly reason?: Reason;
  readonly reference?: string;
  readonly settlementId?: string;
  readonly balanceId?: string;
}
type MoneyEvent = StoredEvent & { readonly data: Money };

const movement = ({ id, version, data }: MoneyEvent, { kind, source, direction, at }: Movement): Change =>
  put({
    movement_id: id,
    order_id: data.orderId,
    payment_id: data.paymentId,
    shipment_id: data.shipmentId ?? null,
    version,
    kind,
    currency: data.currency,
    amount: data.amount,
    effect: direction * data.amount,
    source,
    reference: data.reference ?? null,
    balance_id: data.balanceId ?? null,
    reason: data.reason?.code ?? null,
    settlement_id: data.settlementId ?? null,
    moved_at: at,
  });

/** Nothing of these movements is missing in the files of whoever settles them. */
const settled = ({
  data: { complete, at },
}: {
  readonly data: { readonly complete: readonly string[]; readonly at: string };
}): readonly Change[] => complete.map((movementId) => patch({ movement_id: movementId }, { settled_at: at }));

/** Money that came in and no file has said yet that we have it. */
const outstandingIndex = "(moved_at, movement_id) where settled_at is null and kind in ('captured', 'collected')";

/** Where did each cent come from, and where did it go? */
export const paymentMovement: View<PaymentEvent | SettlementEvent> = {
  name: 'payment_movement',
  about:
    'One row for each movement of money of an order, or promise of one, with its source. The sum of `effect` is the money we have of it.',
  columns: {
    movement_id: { type: 'uuid not null', about: 'The event that recorded it.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    payment_id: { type: 'uuid not null', about: 'The way of paying.' },
    shipment_id: { type: 'uuid', about: 'The shipment that it is for; null for none in particular.' },
    version: { type: 'integer not null', about: 'Its place in the payment’s history.' },
    kind: { type: 'text not null', about: `One of ${movementKinds.join(', ')}.` },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`.' },
    effect: {
      type: 'bigint not null',
      about: 'What it adds to the money that came in: negative for a refund, 0 for a promise. Minor units.',
    },
    source: {
      type: 'text not null',
      about:
        'What moved it: the id of the authorisation, payment, capture, void, refund or shipment (cash), or the carrier’s reference of a remittance.',
    },
    reference: { type: 'text', about: 'The provider’s own number of it, or the carrier’s of a remittance: what their files name.' },
    balance_id: { type: 'uuid', about: 'The gift card or store credit that paid, or that it went to; null: money moved.' },
    reason: { type: 'text', about: 'Why it failed or was given back: a stable code.' },
    settlement_id: { type: 'uuid', about: 'Of a remittance: the file that said it; null: a person did.' },
    moved_at: { type: 'timestamptz not null', about: 'When it happened.' },
    settled_at: { type: 'timestamptz', about: 'When a settlement file was found to hold all of it, or somebody closed what was missing.' },
  },
  key: ['movement_id'],
  indexes: ['(order_id, version)', '(moved_at, movement_id)', '(source)', '(reference) where reference is not null', outstandingIndex],
  revision: 7,
  on: {
    PaymentAuthorized: (event) =>
      movement(event, { kind: 'authorized', source: event.data.authorizationId, direction: 0, at: event.data.authorizedAt }),
    PaymentPending: (event) =>
      movement(event, { kind: 'pending', source: event.data.authorizationId, direction: 0, at: event.data.pendingAt }),
    CodAccepted: (event) =>
      movement(event, { kind: 'cod-accepted', source: event.data.paymentId, direction: 0, at: event.data.acceptedAt }),
    AuthorizationExpired: (event) =>
      movement(event, { kind: 'expired', source: event.data.authorizationId, direction: 0, at: event.data.expiredAt }),
    VoidFailed: (event) => movement(event, { kind: 'void-failed', source: event.data.voidId, direction: 0, at: event.data.failedAt }),
    PaymentVoided: (event) => movement(event, { kind: 'voided', source: event.data.voidId, direction: 0, at: event.data.voidedAt }),
    PaymentCaptured: (event) =>
      movement(event, { kind: 'captured', source: event.data.captureId, direction: 1, at: event.data.capturedAt }),
    CaptureFailed: (event) =>
      movement(event, { kind: 'capture-failed', source: event.data.captureId, direction: 0, at: event.data.failedAt }),
    CodCollected: (event) =>
      movement(event, { kind: 'collected', source: event.data.shipmentId, direction: 1, at: event.data.collectedAt }),
    CodShort: (event) => movement(event, { kind: 'cod-short', source: event.data.shipmentId, direction: -1, at: event.data.shortAt }),
    CodShortResolved: (event) =>
      event.data.resolution === 'write-off'
        ? movement(event, { kind: 'cod-written-off', source: event.data.shipmentId, direction: 0, at: event.data.resolvedAt })
        : [],
    CodRemitted: (event) => movement(event, { kind: 'remitted', source: event.data.reference, direction: 0, at: event.data.remittedAt }),
    RefundIssued: (event) => movement(event, { kind: 'refunded', source: event.data.refundId, direction: -1, at: event.data.issuedAt }),
    RefundReturned: (event) =>
      movement(event, { kind: 'refund-returned', source: event.data.refundId, direction: 1, at: event.data.returnedAt }),
    CreditReturned: (event) =>
      movement(event, { kind: 'refund-returned', source: event.data.refundId, direction: 1, at: event.data.returnedAt }),
    RefundFailed: (event) => movement(event, { kind: 'refund-failed', source: event.data.refundId, direction: 0, at: event.data.failedAt }),
    PaymentSettled: settled,
    SettlementMismatch: settled,
    SettlementMismatchResolved: settled,
  },
};

export interface MovementRow {
  readonly movementId: string;
  readonly paymentId: string;
  readonly shipmentId: string | null;
  readonly version: number;
  readonly kind: MovementKind;
  readonly currency: string;
  readonly amount: number;
  readonly effect: number;
  readonly source: string;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly movedAt: string;
}

/** In the order in which they happened. */
export const listMovements = async (
  sql: Sql,
  orderId: string,
  { limit, afterVersion }: { readonly limit: number; readonly afterVersion: number },
): Promise<readonly MovementRow[]> => {
  const text = `select json_build_object('movementId', movement_id, 'paymentId', payment_id, 'shipmentId', shipment_id, 'version', version, 'kind', kind, 'currency', currency,
      'amount', amount, 'effect', effect, 'source', source, 'reference', reference, 'reason', reason,
      'movedAt', ${isoTime('moved_at')}) as row
    from ${tableOf(paymentMovement)} where order_id = $1 and version > $2 order by version limit $3`;
  return (await sql.query<{ row: MovementRow }>(text, [orderId, afterVersion, limit])).rows.map(({ row }) => row);
};
