import { factsOf, type StoredEvent } from '@cartage/eventsourcing';
import { recomputed, recomputedNames, type Recomputed } from '../domain/books/explanation';
import { paymentStream } from '../domain/decider';
import { entrySources, verifiedEntries, type EntriesNeeds, type EntrySource } from './entry-verification';
import { verifiedGoods } from './goods-verification';
import { movementSums } from './movement-sums';
import { openLinesOf, type SettlementLineRow } from './settlements/settlement-lines';
import { listPaymentsWithin, type Slice, type SummaryRow, type Within } from './views/payment-list';
import { stockValueMovement } from './views/stock-value-movement';

export const COST_OF_GOODS = 'costOfGoods';

/** Where a view and the log say differently. */
export interface Drift {
  /** Null: it is of no payment. */
  readonly orderId: string | null;
  /** Of what is of no payment: the movement of goods, the disposal, or the carrier’s bill. */
  readonly source?: string;
  readonly view: string;
  /** A sum of a payment, or a kind of entries of the journal. */
  readonly field: string;
  /** Of goods and bills: they may be in another currency than the customer paid in. */
  readonly currency?: string;
  readonly shown: number;
  readonly recomputed: number;
}

/** How far it came: in which part, and the sort key of the last that was compared there. */
export type VerifiedUntil = readonly [part: number, at: string, id: string];

export interface Verified {
  readonly checked: number;
  /** Whose views had not yet shown everything: look again. */
  readonly behind: readonly string[];
  readonly drifts: readonly Drift[];
  /** Lines of settlement files about these payments that do not agree with what moved. */
  readonly mismatches: readonly SettlementLineRow[];
}

type Part = (
  needs: EntriesNeeds,
  within: Within,
  slice: Slice,
) => Promise<Verified & { readonly last?: readonly [at: string, id: string] | undefined }>;

const driftsOf = (orderId: string, view: string, shown: Partial<Recomputed>, facts: Recomputed): readonly Drift[] =>
  recomputedNames
    .filter((field) => (shown[field] ?? 0) !== facts[field])
    .map((field) => ({ orderId, view, field, shown: shown[field] ?? 0, recomputed: facts[field] }));

/** What only remembers a request is shown nowhere: no view is behind for it. */
const comparedPayment = (row: SummaryRow, events: readonly StoredEvent[], moved: Partial<Recomputed>) => {
  const facts = factsOf(events);
  if (row.version < (facts.at(-1)?.version ?? 0)) return { behind: [row.orderId], drifts: [] };
  const sums = recomputed(facts);
  const drifts = [...driftsOf(row.orderId, 'payment_summary', row, sums), ...driftsOf(row.orderId, 'payment_movement', moved, sums)];
  return { behind: [], drifts };
};

const payments: Part = async ({ sql, store }, within, slice) => {
  const rows = await listPaymentsWithin(sql, within, slice);
  const orderIds = rows.map(({ orderId }) => orderId);
  const streams = await store.readMany(orderIds.map(paymentStream));
  const moved = await movementSums(sql, orderIds);
  const compared = rows.map((row, i) => comparedPayment(row, streams[i]?.events ?? [], moved.get(row.orderId) ?? {}));
  const goods = await verifiedGoods(sql, store, orderIds);
  const last = rows.at(-1);
  return {
    checked: rows.length,
    behind: [...new Set([...compared.flatMap(({ behind }) => behind), ...goods.behind])],
    drifts: [
      ...compared.flatMap(({ drifts }) => drifts),
      ...goods.drifts.map((drift) => ({ ...drift, view: stockValueMovement.name, field: COST_OF_GOODS })),
    ],
    mismatches: await openLinesOf(sql, orderIds),
    last: last && [last.requestedAt, last.orderId],
  };
};

const entriesOf =
  (source: EntrySource): Part =>
  async (needs, within, slice) => {
    const { drifts, ...verified } = await verifiedEntries(needs, source, within, slice);
    const named = drifts.map(({ subject, kind, ...drift }) => ({
      ...{ ...drift, orderId: null, source: subject, view: source.view.name, field: kind },
    }));
    return { ...verified, drifts: named, mismatches: [] };
  };

const parts: readonly Part[] = [payments, ...entrySources.map(entriesOf)];

type Page = Verified & { readonly last?: VerifiedUntil };

const nothing: Page = { checked: 0, behind: [], drifts: [], mismatches: [] };

const joined = (page: Page, part: number, more: Awaited<ReturnType<Part>>): Page => ({
  checked: page.checked + more.checked,
  behind: [...page.behind, ...more.behind],
  drifts: [...page.drifts, ...more.drifts],
  mismatches: [...page.mismatches, ...more.mismatches],
  ...(page.last ? { last: page.last } : {}),
  ...(more.last ? { last: [part, ...more.last] } : {}),
});

/** A page of all that the log and the views are compared by: payments, then what of the books has none. It goes on in the next part where one is through. */
export const verifiedBooks = async (
  needs: EntriesNeeds,
  within: Within,
  { limit, after }: { readonly limit: number; readonly after?: VerifiedUntil | undefined },
): Promise<Page> => {
  const [begin = 0, ...key] = after ?? [];
  let page = nothing;
  for (const [part, verify] of parts.entries()) {
    if (part < begin || page.checked >= limit) continue;
    const from = part === begin && key.length === 2 ? { after: key } : {};
    page = joined(page, part, await verify(needs, within, { limit: limit - page.checked, ...from }));
  }
  return page;
};
