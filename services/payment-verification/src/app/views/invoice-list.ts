import { isoTime, put, tableOf, type Sql, type View } from '@cartage/views';
import type { DocumentEvent } from '../../domain/invoices/documents';
import { soldBy } from './payment-list';

export const documentKinds = ['invoice', 'credit-note'] as const;
export type DocumentKind = (typeof documentKinds)[number];

const row = (kind: DocumentKind, data: DocumentEvent['data'], occasion: string) =>
  put({
    document_id: data.documentId,
    order_id: data.orderId,
    kind,
    number: data.number,
    legal_entity: data.legalEntity,
    occasion,
    currency: data.currency,
    net: data.net,
    tax: data.tax,
    total: data.total,
    issued_at: data.issuedAt,
  });

const minor = (about: string) => ({ type: 'bigint not null', about: `${about} Minor units of \`currency\`.` });

/** Which invoices and credit notes were issued? */
export const invoiceList: View<DocumentEvent> = {
  name: 'invoice',
  about: 'One row for each invoice and credit note.',
  columns: {
    document_id: { type: 'uuid not null', about: 'The document.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    kind: { type: 'text not null', about: `One of ${documentKinds.join(', ')}.` },
    number: { type: 'text not null', about: 'Without gaps within legal entity and kind.' },
    legal_entity: { type: 'text not null', about: 'Who issued it.' },
    occasion: {
      type: 'uuid not null',
      about: 'The shipment that was invoiced, the capture of money in advance, or the refund that was credited.',
    },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    net: minor('Without tax.'),
    tax: minor('Tax.'),
    total: minor('With tax.'),
    issued_at: { type: 'timestamptz not null', about: 'When.' },
  },
  key: ['document_id'],
  indexes: ['(legal_entity, kind, number)', '(order_id)', '(occasion)', '(issued_at, document_id)'],
  revision: 2,
  on: {
    InvoiceIssued: ({ data }) => row('invoice', data, data.shipmentId ?? data.captureId ?? data.documentId),
    CreditNoteIssued: ({ data }) => row('credit-note', data, data.refundId),
  },
};

export interface DocumentRow {
  readonly documentId: string;
  readonly orderId: string;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly legalEntity: string;
  readonly occasion: string;
  readonly currency: string;
  readonly net: number;
  readonly tax: number;
  readonly total: number;
  readonly issuedAt: string;
}

export interface DocumentFilter {
  readonly channel?: string | undefined;
  readonly legalEntity?: string | undefined;
  readonly orderId?: string | undefined;
}

export interface DocumentSlice {
  readonly limit: number;
  readonly after?: readonly [at: string, id: string] | undefined;
}

/** In the order in which they were issued. */
export const listDocuments = async (
  sql: Sql,
  { channel, legalEntity, orderId }: DocumentFilter,
  { limit, after }: DocumentSlice,
): Promise<readonly DocumentRow[]> => {
  const text = `select json_build_object('documentId', document_id, 'orderId', order_id, 'kind', kind, 'number', number, 'legalEntity', legal_entity,
      'occasion', occasion, 'currency', currency, 'net', net, 'tax', tax, 'total', total, 'issuedAt', ${isoTime('issued_at')}) as row
    from ${tableOf(invoiceList)}
    where ($1::text is null or legal_entity = $1) and ($2::uuid is null or order_id = $2) and ${soldBy('$6')}
      and ($3::timestamptz is null or (issued_at, document_id) > ($3, $4::uuid))
    order by issued_at, document_id limit $5`;
  const values = [legalEntity ?? null, orderId ?? null, after?.[0] ?? null, after?.[1] ?? null, limit, channel ?? null];
  return (await sql.query<{ row: DocumentRow }>(text, values)).rows.map((each) => each.row);
};
