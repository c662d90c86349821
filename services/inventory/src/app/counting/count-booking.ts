import { fold, type Meta, type Stream } from '@cartage/eventsourcing';
import type { StockCommand } from '../../domain/adjusting';
import { countSheet, type CountCommand, type CountLines } from '../../domain/counting/counting';
import { differenceOf, lastCount, type CountLine, type CountSheet, type CountSheetEvent } from '../../domain/counting/count-sheet';
import { worthFor, worthOf, type WorthReading } from '../costing/worth';
import { append, journalOf, type DraftingNeeds } from '../drafting';
import type { LedgerTransaction } from '../ledger';
import type { More } from '../locking';
import { adjusting } from '../stock';
import { draftFacts } from '../supply/booking';
import { shownLine, shownSheet, type ShownCountLine, type ShownSheet } from './sheets';

/** In the transactions of the ledger. */
export interface CountTransaction {
  /** Units that the books had there of each when it was counted, in their order. */
  onHandAt(location: string, counts: readonly Pick<Entry, 'sku' | 'countedAt'>[]): Promise<readonly number[]>;
  writeSheet(sheet: CountSheet, changed: readonly CountLine[]): Promise<void>;
}

/** Units of a SKU that somebody counted. */
export interface CountEntry {
  readonly sku: string;
  readonly quantity: number;
  readonly countedBy?: string | undefined;
  /** Absent: just now. */
  readonly countedAt?: string | undefined;
}

/** What became of a sheet, and of the lines that were named. */
export interface CountDone {
  readonly sheet: ShownSheet;
  readonly lines: readonly ShownCountLine[];
}

export interface CountBookingNeeds extends DraftingNeeds {
  /** What units are worth, where a sheet asks. */
  readonly worth: WorthReading;
}

type Entry = CountEntry & { readonly countedAt: string };
/** What somebody counted, before the books are asked. */
export type Counting = {
  readonly type: 'Count';
  readonly data: { readonly countId: string; readonly counts: readonly Entry[]; readonly now: string };
};

/** What stands in several places is counted in parts, and told together: it is one count, as of the last of them. */
export const together = (counts: readonly CountEntry[], now: string): readonly Entry[] => {
  const bySku = new Map<string, Entry>();
  for (const entry of counts) bySku.set(entry.sku, added(bySku.get(entry.sku), entry, now));
  return [...bySku.values()];
};

/** Nobody counts in the future, whatever the scanner's clock says. */
const added = (known: Entry | undefined, entry: CountEntry, now: string): Entry => {
  const { countedAt = now } = entry;
  const { quantity, countedAt: before } = known ?? { quantity: 0, countedAt };
  const last = before > countedAt ? before : countedAt;
  return { ...known, ...entry, quantity: quantity + entry.quantity, countedAt: last > now ? now : last };
};

export const countStream = (countId: string): string => `count-${countId}`;

type Transaction = LedgerTransaction & CountTransaction;

interface Work {
  readonly command: CountCommand | Counting;
  readonly more: More;
  readonly meta: Meta;
}

export const decidedCount = async (needs: CountBookingNeeds, transaction: Transaction, { command, more, meta }: Work) => {
  const { countId, now } = command.data;
  const [read] = await transaction.readMany([countStream(countId)]);
  if (!read) throw new Error('A stream that is not there is read as an empty one.');
  const stream = read as Stream<never>;
  const decider = countSheet(countId);
  const before = fold(decider, stream.events as readonly CountSheetEvent[]);
  const cells = skusIn(command)
    .filter((sku) => before.lines.has(sku))
    .map((sku) => ({ sku, location: before.location }));
  const journal = journalOf(await transaction.lock({ cells: [...cells, ...more.cells], making: [...cells, ...more.making] }));
  const events = decider.decide(await judgeable(needs, transaction, { command, sheet: before, journal, meta }), before);
  const sheet = fold(decider, events, before);
  if (events.length === 0) return { answer: answerOf(sheet, cells), landed: [] };
  const commands = events.flatMap((event) => (event.type === 'CountBooked' ? booking(sheet, event.data) : []));
  const work = await adjusting(needs, transaction, { journal, cause: { meta, now }, missing: 'unknown', commands });
  await transaction.writeSheet(
    sheet,
    [...sheet.lines.values()].filter((line) => before.lines.get(line.sku) !== line),
  );
  const landed = await append(transaction, [draftFacts(needs, stream, events, meta), ...(await work.written())]);
  return { answer: answerOf(sheet, cells), landed };
};

const skusIn = (command: CountCommand | Counting): readonly string[] => {
  if (command.type === 'Count') return command.data.counts.map(({ sku }) => sku);
  return command.type === 'ApproveCount' || command.type === 'RejectCount' ? [command.data.sku] : [];
};

interface Judging {
  readonly command: CountCommand | Counting;
  readonly sheet: CountSheet;
  readonly journal: ReturnType<typeof journalOf>;
  readonly meta: Meta;
}

/** With what the books say of the shelf, now and when it was counted; its rows are locked. */
const judgeable = async (
  needs: CountBookingNeeds,
  transaction: Transaction,
  { command, sheet, journal, meta }: Judging,
): Promise<CountCommand> => {
  const { location } = sheet;
  const onHandOf = (sku: string): number => journal.book.at({ sku, location })?.onHand ?? 0;
  if (command.type === 'ApproveCount') return { ...command, data: { ...command.data, onHand: onHandOf(command.data.sku) } };
  if (command.type !== 'Count') return command;
  const { counts: entries, countId, now } = command.data;
  const worth = await worthFor(needs.worth, entries, sheet.approval?.currency);
  const earlier = entries.filter(({ countedAt }) => countedAt < now);
  const units = earlier.length === 0 ? [] : await transaction.onHandAt(location, earlier);
  const then = new Map(earlier.map(({ sku }, i) => [sku, units[i]]));
  const counts = entries.map((entry): CountLines['data']['counts'][number] => {
    const onHand = onHandOf(entry.sku);
    const expected = then.get(entry.sku) ?? onHand;
    const counted = { ...present(entry, sheet, meta), expected, onHand };
    const known = worth && worthOf(differenceOf(counted), { sku: entry.sku, location }, worth);
    return known ? { ...counted, worth: known } : counted;
  });
  return { type: 'CountLines', data: { countId, counts, now } };
};

/** Where somebody else is to approve, whoever sends a count has counted, unless it says who. */
const present = ({ countedBy, ...entry }: Entry, { fourEyes = false }: CountSheet, { actor }: Meta) => {
  const counter = countedBy ?? (fourEyes ? actor : undefined);
  return { ...entry, ...(counter === undefined ? {} : { countedBy: counter }) };
};

interface Booked {
  readonly sku: string;
  readonly approvedBy?: string;
  readonly bookedAt: string;
}

/** The difference is booked, whatever moved since: it was reckoned as of the time of counting. */
const booking = (
  { countId, location, reference = countId, lines }: CountSheet,
  { sku, bookedAt: now, ...approval }: Booked,
): readonly StockCommand[] => {
  const line = lines.get(sku);
  const last = line && lastCount(line);
  if (!last) return [];
  const [cell, difference] = [{ sku, location }, differenceOf(last)];
  const record: StockCommand = { type: 'RecordCount', data: { ...cell, ...last, ...approval, countId, difference, now } };
  const adjustment: StockCommand = { type: 'AdjustStock', data: { ...cell, quantity: difference, cause: 'count', reference, now } };
  return difference === 0 ? [record] : [record, adjustment];
};

const answerOf = (sheet: CountSheet, cells: readonly { readonly sku: string }[]): CountDone => ({
  sheet: shownSheet(sheet),
  lines: cells.flatMap(({ sku }) => {
    const line = sheet.lines.get(sku);
    return line ? [shownLine(line, sheet.blind)] : [];
  }),
});
