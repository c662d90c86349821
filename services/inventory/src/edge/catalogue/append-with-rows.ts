import type { PostgresEventStore } from '@cartage/event-store';
import { factsOf, type Named, type NewEvent, type Outcome, type Write } from '@cartage/eventsourcing';
import type { PoolClient } from 'pg';
import { landed } from '../../app/drafting';
import { Raced } from '../../app/ledger';

/** The log and the rows that follow from it move together; a lost race undoes both, and each write is decided again. */
export const appendWithRows = async <Event extends Named>(
  store: Pick<PostgresEventStore, 'transaction'>,
  writes: readonly Write[],
  writeRows: (client: PoolClient, events: readonly Event[]) => Promise<void>,
): Promise<readonly Outcome[]> => {
  try {
    return await store.transaction(async ({ client, appendMany }) => {
      await writeRows(client, factsOf(writes.flatMap(({ events }) => events as readonly NewEvent<Event>[])));
      return (await appendMany(writes)).map(landed);
    });
  } catch (error) {
    if (error instanceof Raced) return writes.map(() => ({ status: 'conflict' }));
    throw error;
  }
};
