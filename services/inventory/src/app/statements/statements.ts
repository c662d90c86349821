import {
  handling,
  invalidField,
  Refused,
  type Deadlines,
  type EventStore,
  type Handled,
  type Meta,
  type OnDue,
  type Outcome,
  type Write,
} from '@cartage/eventsourcing';
import { hasNoStock } from '../../domain/adjusting';
import { SUPPLIER } from '../../domain/location';
import { unknownDifference, type Difference } from '../../domain/statements/difference';
import { driftTolerance, type DriftTolerance, type DriftToleranceChanged, type ToleranceState } from '../../domain/watching/drift';
import type { Ledger } from '../ledger';
import { lockingMore } from '../locking';
import { againWhenRaced } from '../racing';
import { carriedOnce, type Carried } from '../requests';
import { bookPage } from './booking-feeds';
import { comparePage, type ComparingNeeds } from './comparing';
import { settledDifference, type Settlement } from './settling-differences';
import type { StatedLine, Statement, StatementHead, StatementTable, StatementTransaction } from './statement';

/** What other systems believe to have, and where we differ. */
export interface Statements extends Pick<StatementTable, 'list' | 'differences' | 'tolerances'> {
  /** In one go. */
  readonly give: (head: StatementHead, lines: readonly StatedLine[], meta: Meta) => Promise<Statement>;
  /** Bit by bit: begun, added to, and compared when all of it is there. */
  readonly begin: (head: StatementHead) => Promise<string>;
  /** For each line: taken, or why not. */
  readonly add: (
    statement: { readonly statementId: string } & StatementHead,
    lines: readonly StatedLine[],
  ) => Promise<readonly (true | Refused)[]>;
  readonly finish: (statementId: string, meta: Meta) => Promise<Statement>;
  readonly get: (statementId: string) => Promise<Statement>;
  readonly difference: (differenceId: string) => Promise<Difference>;
  readonly settle: (settlement: Settlement, meta: Meta) => Promise<Carried<Difference>>;
  readonly setTolerance: (
    said: { readonly category: string; readonly tolerance?: DriftTolerance },
    meta: Meta,
  ) => Promise<Handled<ToleranceState, DriftToleranceChanged>>;
  readonly onDue: OnDue;
}

export interface StatementsNeeds extends ComparingNeeds {
  readonly store: EventStore;
  readonly ledger: Ledger<StatementTransaction>;
  readonly table: StatementTable;
  /** The rows of tolerances move in the transactions of their events. */
  readonly appendTolerances: (writes: readonly Write[]) => Promise<readonly Outcome[]>;
  readonly deadlines: Pick<Deadlines, 'set' | 'cancel'>;
  /** Statements are kept for so many days, and none is taken that is older. */
  readonly keptDays: number;
}

const STATEMENT_DUE = 'StockStatementDue';
/** Whoever is to compare and has not done it by then has died. */
const COMPARED_WITHIN_MS = 5 * 60_000;

export const createStatements = (needs: StatementsNeeds): Statements => {
  const { table, ledger } = needs;
  const now = (): string => needs.now().toISOString();
  const sendTolerance = handling({ ...needs, store: { ...needs.store, appendMany: needs.appendTolerances } }, driftTolerance);
  return {
    ...takingOf(needs),
    get: async (statementId) => {
      const found = await table.find(statementId);
      if (found) return found;
      throw new Refused('STATEMENT_UNKNOWN', `There is no statement ${statementId}.`, 'unknown');
    },
    difference: async (differenceId) => {
      const found = await table.difference(differenceId);
      if (found) return found;
      throw unknownDifference(differenceId);
    },
    settle: (settlement, meta) =>
      againWhenRaced(() =>
        lockingMore((more) =>
          ledger.transaction((transaction) =>
            carriedOnce(transaction, meta, () => settledDifference(needs, transaction, { settlement, more }, meta)),
          ),
        ),
      ),
    setTolerance: (said, meta) =>
      sendTolerance(`drift-${said.category}`, { type: 'SetDriftTolerance', data: { ...said, now: now() } }, meta),
    list: (query) => table.list(query),
    differences: (query) => table.differences(query),
    tolerances: () => table.tolerances(),
    onDue: async ({ name, data }, meta) => {
      if (name !== STATEMENT_DUE) return;
      const statement = await table.find((data as { readonly statementId: string }).statementId);
      if (statement?.status === 'given') await compare(needs, statement, meta);
    },
  };
};

/** Statements as they come in. */
const takingOf = (needs: StatementsNeeds): Pick<Statements, 'give' | 'begin' | 'add' | 'finish'> => {
  const { table, idFor, deadlines } = needs;
  const begin = async (head: StatementHead): Promise<string> => {
    await requireSayable(needs, head);
    const statementId = idFor('stock-statement', head.source, head.location ?? '', head.channel ?? '', head.asOf);
    await table.begin(statementId, head);
    return statementId;
  };
  const finish = async (statementId: string, meta: Meta): Promise<Statement> => {
    const due = `${STATEMENT_DUE}-${statementId}-${meta.commandId}`;
    const dueAt = new Date(needs.now().getTime() + COMPARED_WITHIN_MS).toISOString();
    await deadlines.set({ id: due, stream: `statement-${statementId}`, name: STATEMENT_DUE, dueAt, data: { statementId } });
    const compared = await compare(needs, await table.give(statementId, needs.now().toISOString()), meta);
    await deadlines.cancel(due);
    return compared;
  };
  return {
    ...{ begin, finish },
    add: ({ statementId, location }, lines) => addedTo(needs, { statementId, location }, lines),
    give: async (head, lines, meta) => {
      await requireNoKits(needs, head, lines);
      const statementId = await begin(head);
      await table.add(statementId, lastOf(lines));
      return finish(statementId, meta);
    },
  };
};

const addedTo = async (
  { table }: StatementsNeeds,
  { statementId, location }: { readonly statementId: string; readonly location: string | undefined },
  lines: readonly StatedLine[],
): Promise<readonly (true | Refused)[]> => {
  const kits = location === undefined ? new Set<string>() : await table.kitsAmong(lines.map(({ sku }) => sku));
  const right = lines.filter(({ sku }) => !kits.has(sku));
  await table.add(statementId, lastOf(right));
  return lines.map(({ sku }) => (kits.has(sku) ? hasNoStock(sku) : true));
};

/** Of a SKU that is named twice the last stands. */
const lastOf = (lines: readonly StatedLine[]): readonly StatedLine[] => [...new Map(lines.map((line) => [line.sku, line])).values()];

/** Page by page; whoever dies with it in hand is followed by another, for whom the same is nothing new. */
const compare = async (needs: StatementsNeeds, statement: Statement, meta: Meta): Promise<Statement> => {
  let [after, differences, units] = ['', 0, 0];
  const isFeed = await isOfSupplier(needs, statement);
  for (;;) {
    const at = { statement, after };
    const page = await againWhenRaced(() =>
      isFeed
        ? lockingMore((more) => needs.ledger.transaction((transaction) => bookPage(needs, transaction, { ...at, more }, meta)))
        : needs.ledger.transaction((transaction) => comparePage(needs, transaction, at, meta)),
    );
    if (!page) return needs.table.end(statement.statementId, { differences, units, at: needs.now().toISOString() });
    [after, differences, units] = [page.last, differences + page.differences, units + page.units];
  }
};

/** Of goods that are never ours its word is all that there is: there is nothing to compare it with. */
const isOfSupplier = async ({ table }: StatementsNeeds, { location }: Statement): Promise<boolean> =>
  location !== undefined && (await table.kindOf(location)) === SUPPLIER;

/** Of a place that is there; and not of a time of which later statements may have been forgotten. */
const requireSayable = async ({ table, now, keptDays }: StatementsNeeds, { location, asOf }: StatementHead): Promise<void> => {
  if (location !== undefined && (await table.kindOf(location)) === undefined)
    throw invalidField('location', 'LOCATION_UNKNOWN', `There is no location ${location}.`);
  if (Date.parse(asOf) < now().getTime() - keptDays * 86_400_000)
    throw invalidField('asOf', 'STATEMENT_TOO_OLD', `Statements are kept for ${keptDays} days; ${asOf} is longer ago.`);
};

const requireNoKits = async ({ table }: StatementsNeeds, { location }: StatementHead, lines: readonly StatedLine[]): Promise<void> => {
  if (location === undefined) return;
  const kits = await table.kitsAmong(lines.map(({ sku }) => sku));
  const at = lines.findIndex(({ sku }) => kits.has(sku));
  if (at >= 0) throw invalidField(`lines[${at}].sku`, 'KIT_HAS_NO_STOCK', `${lines[at]?.sku} is a kit: name its parts.`);
};
