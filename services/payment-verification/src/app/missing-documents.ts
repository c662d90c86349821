import { isoTime, tableOf, type Sql } from '@cartage/views';
import { sellerOf, type LegalEntities } from '../domain/invoices/legal-entities';
import { invoiceList, type DocumentKind, type DocumentSlice } from './views/invoice-list';
import { paymentMovement } from './views/payment-movement';
import { shipmentPaidBefore } from './views/shipment-paid-before';

/** Money that moved, or goods that left, without a document. */
export interface MissingDocument {
  readonly movementId: string;
  readonly orderId: string;
  readonly kind: DocumentKind;
  readonly occasion: string;
  readonly currency: string;
  readonly amount: number;
  readonly movedAt: string;
}

interface Candidate extends MissingDocument {
  /** Money that was taken for no shipment: only some sellers invoice it. */
  readonly inAdvance: boolean;
  readonly channel: string | null;
  readonly country: string | null;
}

const occasionOf = `case when m.kind = 'refunded' or m.shipment_id is null then m.source::uuid else m.shipment_id end`;

/** What should have a document: money for shipments, money in advance where somebody invoices it, refunds, and shipments that were paid before. */
const occasions = `
  select m.movement_id, m.order_id, case when m.kind = 'refunded' then 'credit-note' else 'invoice' end as kind, ${occasionOf} as occasion,
    m.currency, m.amount, m.moved_at, m.kind = 'captured' and m.shipment_id is null as in_advance
  from ${tableOf(paymentMovement)} m
  where m.kind in ('captured', 'collected') and (m.shipment_id is not null or $4) or m.kind = 'refunded'
  union all
  select movement_id, order_id, 'invoice', shipment_id, currency, amount, charged_at, false from ${tableOf(shipmentPaidBefore)}`;

const candidates = `
  select json_build_object('movementId', o.movement_id, 'orderId', o.order_id, 'kind', o.kind, 'occasion', o.occasion, 'currency', o.currency,
    'amount', o.amount, 'movedAt', ${isoTime('o.moved_at', 'US')}, 'inAdvance', o.in_advance, 'channel', s.channel, 'country', s.country) as row
  from (${occasions}) o left join invoice_sale s on s.order_id = o.order_id
  where not exists (select from ${tableOf(invoiceList)} i where i.occasion = o.occasion)
    and ($1::timestamptz is null or (o.moved_at, o.movement_id) > ($1, $2::uuid))
  order by o.moved_at, o.movement_id limit $3`;

const isInvoicedInAdvance = (entities: LegalEntities, { channel, country }: Candidate): boolean =>
  channel !== null && sellerOf(entities, { channel, ...(country === null ? {} : { country }) })?.invoiceAt === 'capture';

const shown = ({ inAdvance: _, channel: __, country: ___, ...missing }: Candidate): MissingDocument => missing;

type Page = (after: DocumentSlice['after']) => Promise<readonly Candidate[]>;

const pages =
  (sql: Sql, limit: number, inAdvance: boolean): Page =>
  async (after = ['', '']) => {
    const [at, id] = after;
    const values = [at === '' ? null : at, id === '' ? null : id, limit, inAdvance];
    return (await sql.query<{ row: Candidate }>(candidates, values)).rows.map(({ row }) => row);
  };

/** The oldest first. Who sells decides whether money in advance should have had an invoice: rows are looked at until there are enough. */
export const listMissing = async (
  sql: Sql,
  entities: LegalEntities,
  { limit, after }: DocumentSlice,
): Promise<readonly MissingDocument[]> => {
  const pageAfter = pages(
    sql,
    limit,
    [...entities.values()].some(({ invoiceAt }) => invoiceAt === 'capture'),
  );
  const found: Candidate[] = [];
  for (let rows = await pageAfter(after); ;) {
    found.push(...rows.filter((row) => !row.inAdvance || isInvoicedInAdvance(entities, row)));
    const last = rows.at(-1);
    if (!last || rows.length < limit || found.length >= limit) return found.slice(0, limit).map(shown);
    rows = await pageAfter([last.movedAt, last.movementId]);
  }
};
