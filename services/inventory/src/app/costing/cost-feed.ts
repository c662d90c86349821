import type { EventStore, Position, StoredEvent } from '@cartage/eventsourcing';
import { costBook, costsOf, type CostBook, type CostBasisRow, type CostEntry, type CostPoolRow } from '../../domain/cost-book';
import { landed, type DraftingNeeds } from '../drafting';
import { valuationWrites } from './valuation-writes';

/** What stock is worth, what is told of that, and how far the log was followed, move in one transaction: a crash books nothing twice, and leaves nothing out. */
export interface CostTransaction extends Pick<EventStore, 'heads' | 'appendMany'> {
  /** Keeps everybody else from following; nothing, while somebody else does. */
  place(): Promise<Position | undefined>;
  pools(skus: readonly string[]): Promise<readonly CostPoolRow[]>;
  bases(skus: readonly string[]): Promise<readonly CostBasisRow[]>;
  /** Codes of locations that are suppliers’. */
  suppliers(): Promise<ReadonlySet<string>>;
  write(changed: ReturnType<CostBook['changed']>): Promise<void>;
  moveTo(position: Position): Promise<void>;
}

export interface CostFeedNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'follow' | 'head'>;
  /** Where it stands; keeps nobody from following. */
  readonly place: () => Promise<Position>;
  readonly transaction: <Result>(work: (transaction: CostTransaction) => Promise<Result>) => Promise<Result>;
}

/**
 * Follows the log from its beginning, books what each fact does to the value of stock, in the order of the log, and tells the books of it. Never in the transaction of
 * an order: what goods cost decides nothing about who gets them.
 */
export class CostFeed {
  constructor(private readonly needs: CostFeedNeeds) {}

  /** Up to where the log stands now, or somebody else follows it. */
  async catchUp(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.turn(signal)));
  }

  /** Answers whether there is more to do. The log is read before the transaction, which would take a second connection for it; who finds then that somebody else has gone on begins from there. */
  private async turn(signal: AbortSignal): Promise<boolean> {
    const [before, head] = [await this.needs.place(), await this.needs.store.head()];
    const events = before < head ? await this.next(before, signal) : [];
    const last = events.at(-1);
    if (!last) return false;
    return this.needs.transaction(async (transaction) => {
      const place = await transaction.place();
      if (place === undefined) return false;
      if (place !== before) return true;
      const entries = await book(transaction, events);
      await transaction.moveTo(last.position);
      (await transaction.appendMany(await valuationWrites(this.needs, transaction, { events, entries }))).forEach(landed);
      return last.position < head;
    });
  }

  private async next(from: Position, signal: AbortSignal): Promise<readonly StoredEvent[]> {
    for await (const events of this.needs.store.follow({ from, signal })) if (events.length > 0) return events;
    return [];
  }
}

const book = async (transaction: CostTransaction, events: readonly StoredEvent[]): Promise<readonly CostEntry[]> => {
  const skus = [...new Set(events.flatMap(costsOf))];
  if (skus.length === 0) return [];
  const costs = costBook({
    pools: await transaction.pools(skus),
    bases: await transaction.bases(skus),
    suppliers: await transaction.suppliers(),
  });
  for (const event of events) costs.enter(event);
  const changed = costs.changed();
  await transaction.write(changed);
  return changed.entries;
};
