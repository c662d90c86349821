import { roundTrips } from '@cartage/eventsourcing';

/** Calls at the same time share one round trip; `run` answers for each item, in order. */
export const together = <Item, Result>(run: (items: readonly Item[]) => Promise<readonly Result[]>): ((item: Item) => Promise<Result>) =>
  roundTrips(async (items) => (await run(items)).map((value) => ({ ok: true, value })));

/** In one order everywhere, so that two processes never wait for each other’s rows. */
export const sorted = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] =>
  [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
