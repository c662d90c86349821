import type { DataOf } from '@cartage/eventsourcing';
import type { InventoryEvent } from '../domain/events';
import { availabilityOf, withPartsOf } from './channels/channels';
import type { Draft } from './drafting';
import type { LedgerTransaction } from './ledger';

type Short = DataOf<InventoryEvent, 'StockShort'>;
type StandIns = Pick<LedgerTransaction, 'standIns' | 'stock'>;

/** So many are told. */
const MOST = 5;

const isShort = (event: InventoryEvent): event is Extract<InventoryEvent, { readonly type: 'StockShort' }> => event.type === 'StockShort';

/**
 * Says of what is short what there is of the same group, for whoever chooses. It costs nothing where nothing is short. What is said is promised to nobody: of two who take
 * the last, one is short again.
 */
export const nameStandIns = async (transaction: StandIns, drafts: readonly Draft[]): Promise<void> => {
  const short = drafts.flatMap((draft) => draft.facts().filter(isShort)).map(({ data }) => data);
  if (short.length === 0) return;
  const groups = await transaction.standIns([...new Set(short.flatMap((each) => each.short.map(({ sku }) => sku)))]);
  if (groups.length === 0) return;
  const availableIn = await availabilities(
    transaction,
    groups.map(({ standIn }) => standIn),
    short,
  );
  const standIns = new Map<string, string[]>();
  for (const { sku, standIn } of groups) standIns.set(sku, [...(standIns.get(sku) ?? []), standIn]);
  for (const draft of drafts)
    draft.amend((event) => (isShort(event) ? { ...event, data: named(event.data, standIns, availableIn) } : event));
};

type AvailableIn = (sku: string, channel: string) => number;

const availabilities = async (transaction: StandIns, skus: readonly string[], short: readonly Short[]): Promise<AvailableIn> => {
  const { rows } = await withPartsOf(transaction, skus);
  const channels = [...new Set(short.map(({ channel = '' }) => channel))];
  const atp = new Map(availabilityOf(rows, channels).map((each) => [`${each.channel ?? ''} ${each.sku}`, each.atp]));
  return (sku, channel) => atp.get(`${channel} ${sku}`) ?? 0;
};

const named = (data: Short, standIns: ReadonlyMap<string, readonly string[]>, availableIn: AvailableIn): Short => ({
  ...data,
  short: data.short.map((line) => {
    const substitutes = (standIns.get(line.sku) ?? [])
      .map((sku) => ({ sku, available: availableIn(sku, data.channel ?? '') }))
      .filter(({ available }) => available > 0)
      .toSorted((one, other) => other.available - one.available || (one.sku < other.sku ? -1 : 1));
    return substitutes.length === 0 ? line : { ...line, substitutes: substitutes.slice(0, MOST) };
  }),
});
