import type { Meta } from '@cartage/eventsourcing';
import type { StockCommand } from '../../domain/adjusting';
import type { StockFacts } from '../../domain/book';
import { unitsOf } from '../../domain/statements/difference';
import { append, journalOf } from '../drafting';
import type { More } from '../locking';
import { adjusting } from '../stock';
import { PAGE, type ComparedPage, type ComparingNeeds, type Transaction } from './comparing';
import type { ComparedSku, Statement } from './statement';

/*
 * What a supplier says it has is what can be sold of it. It says so as of an instant: what left, or was ordered of it, since then has done so for both. What it was asked to
 * send is never taken back by a feed, which may or may not count it: it sends that, or rejects it.
 */

interface Feed {
  readonly statement: Statement;
  readonly now: string;
}

const adjustmentTo =
  ({ statement: { source, statementId, location = '' }, now }: Feed, stock: StockFacts) =>
  (row: ComparedSku): readonly StockCommand[] => {
    const cell = { sku: row.sku, location };
    const { onHand = 0, allocated = 0 } = stock.at(cell) ?? {};
    const quantity = Math.max(unitsOf(row), allocated - onHand);
    if (quantity === 0) return [];
    const said = { cause: 'feed', detail: `As ${source} has it.`, reference: statementId };
    return [{ type: 'AdjustStock', data: { ...cell, ...said, quantity, now } }];
  };

/** Books the next SKUs of a feed; told again, there is nothing to book. */
export const bookPage = async (
  needs: ComparingNeeds,
  transaction: Transaction,
  { statement, after, more }: { readonly statement: Statement; readonly after: string; readonly more: More },
  meta: Meta,
): Promise<ComparedPage | undefined> => {
  await transaction.lockPlace(statement);
  const { location = '' } = statement;
  const page = { after, limit: PAGE };
  const named = await transaction.compared(statement, page);
  if (named.last === undefined) return undefined;
  const cells = named.rows.filter((row) => unitsOf(row) !== 0).map(({ sku }) => ({ sku, location }));
  const journal = journalOf(await transaction.lock({ cells: [...cells, ...more.cells], making: [...cells, ...more.making] }));
  // Nobody moves these rows any more.
  const locked = new Set(cells.map(({ sku }) => sku));
  const { rows } = await transaction.compared(statement, page);
  const now = needs.now().toISOString();
  const commands = rows.filter(({ sku }) => locked.has(sku)).flatMap(adjustmentTo({ statement, now }, journal.book));
  const work = await adjusting(needs, transaction, { journal, cause: { meta, now }, missing: 'unknown', commands });
  await append(transaction, await work.written());
  const units = commands.map(({ data }) => ('quantity' in data ? Math.abs(data.quantity) : 0));
  return { last: named.last, differences: commands.length, units: units.reduce((sum, each) => sum + each, 0) };
};
