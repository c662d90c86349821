import type { Reason } from '@cartage/contracts';
import { invalidField, Refused, type Deadlines, type Meta, type OnDue } from '@cartage/eventsourcing';
import { unknownCount, type CountCommand } from '../../domain/counting/counting';
import { notOurs, SUPPLIER } from '../../domain/location';
import type { CountLine, CountSheetPlan } from '../../domain/counting/count-sheet';
import type { Ledger } from '../ledger';
import { lockingMore } from '../locking';
import { againWhenRaced, inTurns } from '../racing';
import { carriedOnce, type Carried } from '../requests';
import {
  countStream,
  decidedCount,
  together,
  type CountBookingNeeds,
  type CountDone,
  type CountEntry,
  type Counting,
  type CountTransaction,
} from './count-booking';
import type { CountReading, CountScope, ShownSheet } from './sheets';

export type CarriedSheet = Carried<CountDone>;

/** Counting what is on shelves, sheet by sheet. */
export interface Counts {
  readonly open: (plan: CountSheetPlan & { readonly scope: CountScope }, meta: Meta) => Promise<CarriedSheet>;
  readonly count: (countId: string, counts: readonly CountEntry[], meta: Meta) => Promise<CarriedSheet>;
  readonly approve: (
    line: { readonly countId: string; readonly sku: string; readonly approvedBy: string },
    meta: Meta,
  ) => Promise<CarriedSheet>;
  readonly reject: (line: { readonly countId: string; readonly sku: string; readonly reason: Reason }, meta: Meta) => Promise<CarriedSheet>;
  readonly cancel: (countId: string, reason: Reason, meta: Meta) => Promise<CarriedSheet>;
  readonly get: (countId: string) => Promise<ShownSheet>;
  readonly list: CountReading['list'];
  readonly lines: CountReading['lines'];
  readonly onDue: OnDue;
}

export interface CountsNeeds extends CountBookingNeeds {
  readonly ledger: Ledger<CountTransaction>;
  readonly reading: CountReading;
  readonly deadlines: Pick<Deadlines, 'set'>;
  /** Whoever counted may not approve, from now on. */
  readonly fourEyes: boolean;
  readonly now: () => Date;
}

const SHEET_DUE = 'CountSheetDue';

export const createCounts = (needs: CountsNeeds): Counts => {
  const { fourEyes } = needs;
  const now = (): string => needs.now().toISOString();
  const turns = inTurns();
  const transacted = (command: CountCommand | Counting, meta: Meta): Promise<CarriedSheet> =>
    lockingMore((more) =>
      needs.ledger.transaction((transaction) =>
        carriedOnce(transaction, meta, () => decidedCount(needs, transaction, { command, more, meta })),
      ),
    );
  // A whole shift counts on one sheet, which is one stream: nobody loses more often than the other processes have something to write.
  const carried = (command: CountCommand | Counting, meta: Meta): Promise<CarriedSheet> =>
    turns(command.data.countId, () => againWhenRaced(() => transacted(command, meta), { attempts: 40 }));
  return {
    open: async ({ scope, ...plan }, meta) => {
      const countId = needs.newId();
      const lines = await inBins(needs, plan.location, await linesOf(needs, plan.location, scope));
      await watchDue(needs, { countId, dueAt: plan.dueAt }, meta);
      return carried({ type: 'OpenCountSheet', data: { ...plan, ...(fourEyes ? { fourEyes } : {}), countId, lines, now: now() } }, meta);
    },
    count: (countId, counts, meta) => carried({ type: 'Count', data: { countId, counts: together(counts, now()), now: now() } }, meta),
    approve: (line, meta) => carried({ type: 'ApproveCount', data: { ...line, sentBy: meta.actor, onHand: 0, now: now() } }, meta),
    reject: (line, meta) => carried({ type: 'RejectCount', data: { ...line, now: now() } }, meta),
    cancel: (countId, reason, meta) => carried({ type: 'CancelCountSheet', data: { countId, reason, now: now() } }, meta),
    get: async (countId) => {
      const found = await needs.reading.find(countId);
      if (!found) throw unknownCount(countId);
      return found;
    },
    list: (query) => needs.reading.list(query),
    lines: (query) => needs.reading.lines(query),
    onDue: async ({ name, data }, meta) => {
      if (name !== SHEET_DUE) return;
      const { countId } = data as { readonly countId: string };
      await carried({ type: 'ExpireCountSheet', data: { countId, now: now() } }, meta).catch((error: unknown) => {
        // It was never opened.
        if (!(error instanceof Refused)) throw error;
      });
    },
  };
};

const linesOf = async (
  { reading, now }: CountsNeeds,
  location: string,
  scope: CountScope,
): Promise<readonly Pick<CountLine, 'sku' | 'bin'>[]> => {
  const kind = await reading.kindOf(location);
  if (kind === undefined) throw invalidField('location', 'LOCATION_UNKNOWN', `There is no location ${location}.`);
  if (kind === SUPPLIER) throw notOurs(location, 'location');
  if ('lines' in scope) {
    const kits = new Set(await reading.kitsAmong(scope.lines.map(({ sku }) => sku)));
    const at = scope.lines.findIndex(({ sku }) => kits.has(sku));
    if (at >= 0) throw invalidField(`lines[${at}].sku`, 'KIT_HAS_NO_STOCK', `${scope.lines[at]?.sku} is a kit: count its parts.`);
    return scope.lines;
  }
  const skus = await reading.choose(location, scope, now().toISOString());
  if (skus.length === 0) throw new Refused('COUNT_EMPTY', `There is nothing like that to count at ${location}.`);
  return skus.map((sku) => ({ sku }));
};

/** Where the warehouse says that they stand, but for what the request says itself. */
const inBins = async (
  { reading }: CountsNeeds,
  location: string,
  lines: readonly Pick<CountLine, 'sku' | 'bin'>[],
): Promise<readonly Pick<CountLine, 'sku' | 'bin'>[]> => {
  const skus = lines.flatMap(({ sku, bin }) => (bin === undefined ? [sku] : []));
  if (skus.length === 0) return lines;
  const bins = await reading.binsOf(location, skus);
  return lines.map((line) => {
    const bin = bins.get(line.sku);
    return line.bin !== undefined || bin === undefined ? line : { ...line, bin };
  });
};

/** Set before it is needed: one of a sheet that was never opened finds nothing. */
const watchDue = async (
  { deadlines }: CountsNeeds,
  { countId, dueAt }: { readonly countId: string; readonly dueAt?: string | undefined },
  { correlationId, preview }: Meta,
): Promise<void> => {
  if (preview || dueAt === undefined) return;
  await deadlines.set({
    id: `${SHEET_DUE}-${countId}`,
    stream: countStream(countId),
    name: SHEET_DUE,
    dueAt,
    data: { countId },
    correlationId,
  });
};
