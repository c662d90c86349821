import { Refused, type EventStore, type Position, type StoredEvent } from '@cartage/eventsourcing';
import { isoTime, tableOf, type AnyView, type Sql } from '@cartage/views';
import { bookedBillStream, journalKinds, type CarrierBillEvent } from '../domain/carrier-bills/carrier-bill';
import { PROCEEDS, proceedsStream, type ProceedsEvent } from '../domain/goods/proceeds';
import { journalKindOf, stockKinds, stockValueStream, type StockValueEvent } from '../domain/goods/stock-value';
import { carrierBillMovement } from './views/carrier-bill-movement';
import { disposalProceedsMovement } from './views/disposal-proceeds-movement';
import type { Within } from './views/payment-list';
import { stockValueMovement } from './views/stock-value-movement';

/** What an event of the log is in the books. */
interface Entry {
  readonly kind: string;
  readonly currency: string;
  readonly amount: number;
}

/** Entries of the books with no payment that they could be compared with: each belongs to something that has a stream of its own. */
export interface EntrySource {
  readonly view: AnyView;
  /** The column that names what they belong to. */
  readonly subject: string;
  readonly where: string;
  readonly streamOf: (subject: string) => string;
  readonly entriesOf: (event: StoredEvent) => readonly Entry[];
}

/** Apart from any fold that decisions stand on. */
const dataOf = <Event extends { readonly data: unknown }>({ data }: StoredEvent) => data as Event['data'];

const writeOffs: EntrySource = {
  view: stockValueMovement,
  subject: 'stock_movement_id',
  where: 'order_id is null',
  streamOf: (movementId) => stockValueStream({ movementId }),
  entriesOf: (event) => {
    const value = dataOf<StockValueEvent>(event);
    return [{ kind: journalKindOf(value), currency: value.currency, amount: value.amount }];
  },
};

const proceeds: EntrySource = {
  view: disposalProceedsMovement,
  subject: 'disposal_id',
  where: 'true',
  streamOf: proceedsStream,
  entriesOf: (event) => [{ ...dataOf<ProceedsEvent>(event), kind: PROCEEDS }],
};

const bills: EntrySource = {
  view: carrierBillMovement,
  subject: 'bill_id',
  where: 'true',
  streamOf: bookedBillStream,
  entriesOf: (event) => dataOf<CarrierBillEvent>(event).changes.map(({ part, ...change }) => ({ ...change, kind: journalKinds[part] })),
};

export const entrySources: readonly EntrySource[] = [writeOffs, proceeds, bills];

/** In the words of the journal. */
export const entryKinds: readonly string[] = [...stockKinds, PROCEEDS, ...Object.values(journalKinds)];

/** Where entries are shown otherwise than the log says: of one kind, in one currency. */
export interface EntryDrift extends Omit<Entry, 'amount'> {
  readonly subject: string;
  readonly shown: number;
  readonly recomputed: number;
}

export interface EntriesVerified {
  readonly checked: number;
  /** Whose view had not yet shown everything. */
  readonly behind: readonly string[];
  readonly drifts: readonly EntryDrift[];
  readonly last?: readonly [at: string, subject: string];
}

export interface EntrySlice {
  readonly limit: number;
  readonly after?: readonly [at: string, subject: string] | undefined;
}

export interface EntriesNeeds {
  readonly sql: Sql;
  readonly store: Pick<EventStore, 'readMany'>;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
}

interface Subject {
  readonly at: string;
  readonly subject: string;
}

/** Each once, where it was first in the books, the newest first. */
const subjectsWithin = async (
  sql: Sql,
  { view, subject, where }: EntrySource,
  { from, to }: Within,
  { limit, after }: EntrySlice,
): Promise<readonly Subject[]> => {
  const text = `select json_build_object('at', ${isoTime('moved_at', 'US')}, 'subject', ${subject}) as row from ${tableOf(view)} entry
    where ${where} and ($1::timestamptz is null or moved_at >= $1) and ($2::timestamptz is null or moved_at < $2)
      and ($3::timestamptz is null or (moved_at, ${subject}) < ($3, $4::uuid))
      and not exists (select 1 from ${tableOf(view)} earlier where ${where} and earlier.${subject} = entry.${subject}
        and (earlier.moved_at, earlier.movement_id) < (entry.moved_at, entry.movement_id))
    order by moved_at desc, ${subject} desc limit $5`;
  const values = [from ?? null, to ?? null, after?.[0] ?? null, after?.[1] ?? null, limit];
  return (await sql.query<{ row: Subject }>(text, values)).rows.map(({ row }) => row);
};

type Row = Entry & { readonly subject: string };

const shownOf = async (sql: Sql, { view, subject, where }: EntrySource, subjects: readonly string[]): Promise<readonly Row[]> => {
  const text = `select json_build_object('subject', ${subject}, 'kind', kind, 'currency', currency, 'amount', sum(amount)) as row
    from ${tableOf(view)} where ${where} and ${subject} = any($1::uuid[]) group by ${subject}, kind, currency`;
  return (await sql.query<{ row: Row }>(text, [subjects])).rows.map(({ row }) => row);
};

const sumsOf = (entries: readonly Entry[]): ReadonlyMap<string, Entry> => {
  const sums = new Map<string, Entry>();
  for (const { kind, currency, amount } of entries) {
    const name = `${kind} ${currency}`;
    sums.set(name, { kind, currency, amount: (sums.get(name)?.amount ?? 0) + amount });
  }
  return sums;
};

const driftsOf = (subject: string, shown: readonly Entry[], facts: readonly Entry[]): readonly EntryDrift[] => {
  const [inView, inLog] = [sumsOf(shown), sumsOf(facts)];
  return [...new Map([...inView, ...inLog])]
    .map(([name, { kind, currency }]) => ({
      ...{ subject, kind, currency },
      shown: inView.get(name)?.amount ?? 0,
      recomputed: inLog.get(name)?.amount ?? 0,
    }))
    .filter((drift) => drift.shown !== drift.recomputed);
};

/** Whether the view shows by now all that was in the log. */
const caughtUp = ({ viewReached }: EntriesNeeds, view: AnyView, position: Position): Promise<boolean> =>
  viewReached(view, position).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Refused && error.kind === 'stale') return false;
      throw error;
    },
  );

/** What differs is looked at again once the view is as new as the log was: what is on its way is no drift. */
const verifiedAgain = async (
  needs: EntriesNeeds,
  source: EntrySource,
  subject: string,
): Promise<Pick<EntriesVerified, 'behind' | 'drifts'>> => {
  const [stream] = await needs.store.readMany([source.streamOf(subject)]);
  const events = stream?.events ?? [];
  const last = events.at(-1);
  if (last && !(await caughtUp(needs, source.view, last.position))) return { behind: [subject], drifts: [] };
  const shown = await shownOf(needs.sql, source, [subject]);
  return { behind: [], drifts: driftsOf(subject, shown, events.flatMap(source.entriesOf)) };
};

/** A part of the entries of one source: the view against the log. */
export const verifiedEntries = async (
  needs: EntriesNeeds,
  source: EntrySource,
  within: Within,
  slice: EntrySlice,
): Promise<EntriesVerified> => {
  const subjects = await subjectsWithin(needs.sql, source, within, slice);
  const ids = subjects.map(({ subject }) => subject);
  const [shown, streams] = [await shownOf(needs.sql, source, ids), await needs.store.readMany(ids.map(source.streamOf))];
  const shownOne = (id: string) => shown.filter(({ subject }) => subject === id);
  const differ = ids.filter((id, i) => driftsOf(id, shownOne(id), (streams[i]?.events ?? []).flatMap(source.entriesOf)).length > 0);
  const again = await Promise.all(differ.map((id) => verifiedAgain(needs, source, id)));
  const last = subjects.at(-1);
  return {
    checked: ids.length,
    ...{ behind: again.flatMap(({ behind }) => behind), drifts: again.flatMap(({ drifts }) => drifts) },
    ...(last ? { last: [last.at, last.subject] } : {}),
  };
};
