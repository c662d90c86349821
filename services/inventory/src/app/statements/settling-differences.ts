import type { Reason } from '@cartage/contracts';
import { fold, type Meta } from '@cartage/eventsourcing';
import {
  difference,
  unknownDifference,
  type Difference,
  type DifferenceCommand,
  type DifferenceEvent,
} from '../../domain/statements/difference';
import type { StockCommand } from '../../domain/adjusting';
import type { Cell } from '../../domain/stock';
import { append, journalOf } from '../drafting';
import type { More } from '../locking';
import { adjusting } from '../stock';
import { draftFacts } from '../supply/booking';
import { differenceStream, driftAlerts, readDifference, type ComparingNeeds, type Transaction } from './comparing';

/** What a person says of a difference. */
export interface Settlement {
  readonly differenceId: string;
  readonly accept: 'theirs' | 'ours';
  readonly reason: Reason;
}

/**
 * Books what the other system counts, or leaves the books and says why. The difference is one as of the instant of the statement: what moved since has moved for
 * both, and what was corrected since is not corrected again.
 */
export const settledDifference = async (
  needs: ComparingNeeds,
  transaction: Transaction,
  { settlement, more }: { readonly settlement: Settlement; readonly more: More },
  meta: Meta,
) => {
  const [stream] = await transaction.readMany([differenceStream(settlement.differenceId)]);
  const known = stream && readDifference(stream);
  if (!known) throw unknownDifference(settlement.differenceId);
  await transaction.lockPlace(known);
  const cells = cellsOf(known, settlement);
  const journal = journalOf(await transaction.lock({ cells: [...cells, ...more.cells], making: [...cells, ...more.making] }));
  const now = needs.now().toISOString();
  const events = difference.decide(await commandOf(transaction, known, { settlement, now }), known);
  const state = fold(difference, events, known) ?? known;
  if (events.length === 0) return { answer: state, landed: [] };
  const commands = cells.flatMap((cell) => adjustmentsOf(state, events, { ...cell, now }));
  const work = await adjusting(needs, transaction, { journal, cause: { meta, now }, missing: 'unknown', commands });
  await transaction.writeDifferences([state]);
  const alerts = await driftAlerts(needs, transaction, known, [known.sku]);
  const landed = await append(transaction, [draftFacts(needs, stream, events, meta), ...alerts, ...(await work.written())]);
  return { answer: state, landed };
};

/** Where the books may have to be set: of a channel there are none. */
const cellsOf = ({ sku, location }: Difference, { accept }: Settlement): readonly Required<Cell>[] =>
  accept === 'theirs' && location !== undefined ? [{ sku, location }] : [];

const commandOf = async (
  transaction: Transaction,
  known: Difference,
  { settlement: { accept, reason }, now }: { readonly settlement: Settlement; readonly now: string },
): Promise<DifferenceCommand> =>
  accept === 'theirs'
    ? { type: 'AcceptTheirs', data: { ours: await transaction.oursOf(known), reason, now } }
    : { type: 'AcceptOurs', data: { reason, now } };

const adjustmentsOf = (
  { source, statementId, reason }: Difference,
  events: readonly DifferenceEvent[],
  cell: Required<Cell> & { readonly now: string },
): readonly StockCommand[] =>
  events.flatMap(({ type, data }): readonly StockCommand[] => {
    if (type !== 'TheirStockAccepted' || data.units === 0) return [];
    const said = { cause: 'drift', detail: reason?.detail ?? `As ${source} has it.`, reference: statementId };
    return [{ type: 'AdjustStock', data: { ...cell, ...said, quantity: data.units } }];
  });
