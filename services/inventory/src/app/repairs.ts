import type { Meta } from '@cartage/eventsourcing';
import { Refused } from '@cartage/eventsourcing';
import { hasNoStock } from '../domain/adjusting';
import { repairOf, type Correction, type Recounted, type Repair } from '../domain/repair';
import type { Cell } from '../domain/stock';
import { rowsOf } from './claimed-rows';
import { append, draftOf, journalOf, type DraftingNeeds } from './drafting';
import type { CartRow, ClaimedLineRow, Ledger, LedgerTransaction } from './ledger';
import { lockingMore, type More } from './locking';
import { cartHistory, cartRow, cartStream } from './open-carts';
import { historyOf, streamOf } from './open-orders';
import { againWhenRaced } from './racing';
import { carriedOnce, type Carried } from './requests';
import { adjusting } from './stock';

/** What was set right of a SKU, so that its rows and the log say one thing. All empty where they did. */
export interface Repaired {
  readonly sku: string;
  readonly adjustments: Repair['adjustments'];
  readonly corrections: readonly Correction[];
  /** Orders and carts whose claims stood otherwise in rows than in the log. */
  readonly claims: readonly string[];
}

/** Rows of a SKU in doubt, in the transactions of the ledger. */
export interface RecountTransaction {
  /** Where it has a row, or something moved; nothing, where it was never seen. */
  locationsOf(sku: string): Promise<readonly string[] | undefined>;
  /** Orders and carts that have a claim on it, by rows or by movements, and that those say otherwise of; those who wait. */
  claimsInDoubt(sku: string): Promise<readonly string[]>;
  /** Those of these rows that stand otherwise. */
  unlike(lines: readonly ClaimedLineRow[], carts: readonly CartRow[]): Promise<readonly string[]>;
  rewriteClaims(lines: readonly ClaimedLineRow[], carts: readonly CartRow[]): Promise<void>;
  recount(sku: string): Promise<Recounted>;
  rewrite(rows: Pick<Repair, 'network' | 'stock'>): Promise<void>;
}

export interface Repairs {
  readonly repair: (sku: string, meta: Meta) => Promise<Carried<Repaired>>;
}

export interface RepairsNeeds extends DraftingNeeds {
  readonly ledger: Ledger<RecountTransaction>;
  readonly now: () => Date;
}

type Transaction = LedgerTransaction & RecountTransaction;

export const createRepairs = (needs: RepairsNeeds): Repairs => ({
  repair: (sku, meta) =>
    againWhenRaced(() =>
      lockingMore((more) =>
        needs.ledger.transaction((transaction) =>
          carriedOnce(transaction, meta, () => repairOnce(needs, transaction, { sku, more }, meta)),
        ),
      ),
    ),
});

const repairOnce = async (needs: RepairsNeeds, transaction: Transaction, { sku, more }: { sku: string; more: More }, meta: Meta) => {
  const locations = await transaction.locationsOf(sku);
  if (!locations) throw new Refused('SKU_UNKNOWN', `Nothing of ${sku} was ever in stock.`, 'unknown');
  const here: readonly Cell[] = [{ sku }, ...locations.map((location) => ({ sku, location }))];
  const rows = { cells: [...here, ...more.cells], making: [...here, ...more.making] };
  const before = await transaction.lock(rows);
  if (before.kitOf(sku)) throw hasNoStock(sku);
  const claims = await rewrittenClaims(transaction, sku);
  const repair = repairOf(await transaction.recount(sku));
  await transaction.rewrite(repair);
  const journal = journalOf(await transaction.lock(rows));
  const answer: Repaired = { sku, adjustments: repair.adjustments, corrections: repair.corrections, claims };
  return { answer, landed: await told({ needs, transaction, journal }, answer, meta) };
};

interface Telling {
  readonly needs: RepairsNeeds;
  readonly transaction: Transaction;
  readonly journal: ReturnType<typeof journalOf>;
}

/** Never silently: the log says what was set right, and stock is adjusted as by anybody else. What comes free is offered. */
const told = async ({ needs, transaction, journal }: Telling, { sku, adjustments, corrections, claims }: Repaired, meta: Meta) => {
  const now = needs.now().toISOString();
  const [head] = await transaction.heads([`recount-${sku}`]);
  if (!head) throw new Error('A stream that is not there has a head, too.');
  const recount = draftOf(needs, head, journal);
  if (corrections.length + claims.length > 0)
    recount.add({ type: 'StockRecounted', data: { sku, corrections, claims, recountedAt: now } }, meta, now);
  const detail = 'Its row and its movements did not say the same.';
  const work = await adjusting(needs, transaction, {
    journal,
    cause: { meta, now },
    missing: 'invalid',
    commands: adjustments.map((each) => ({ type: 'AdjustStock', data: { ...each, sku, cause: 'drift', detail, now } })),
  });
  await work.orders.offerAll([sku], { meta, now });
  return append(transaction, [recount, ...(await work.written())]);
};

/** Rows of claims follow from the log alone. */
const rewrittenClaims = async (transaction: Transaction, sku: string): Promise<readonly string[]> => {
  const references = await transaction.claimsInDoubt(sku);
  if (references.length === 0) return [];
  const orders = (await transaction.readMany(references.map(streamOf))).filter(({ version }) => version > 0).map(historyOf);
  const carts = (await transaction.readMany(references.map(cartStream))).filter(({ version }) => version > 0).map(cartHistory);
  const lines = orders.flatMap(({ stream, state }) =>
    [...state.lines.values()].flatMap((line) => rowsOf(line, { orderId: stream.slice(streamOf('').length), channel: state.channel })),
  );
  const kept = carts.map(({ stream, state }) => cartRow(stream.slice(cartStream('').length), state));
  const unlike = await transaction.unlike(lines, kept);
  await transaction.rewriteClaims(lines, kept);
  return unlike;
};
