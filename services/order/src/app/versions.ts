import type { Reason, Totals } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { sameValue } from '../domain/differences';
import { evolve } from '../domain/evolve';
import { present } from '../domain/present';
import type { Order, PlacedOrder, Sold } from '../domain/state';
import type { OrderRead, ReadOrder } from './reading';

/** An order as it was placed, or as an edit left it. */
export interface OrderVersion {
  /** 1 is the order as it was placed. */
  readonly orderVersion: number;
  readonly at: string;
  /** Why it was edited; absent of the first. */
  readonly reason?: Reason;
  readonly totals: Totals;
}

type ShownGroup = Omit<Sold['shipGroups'][number], 'personal'>;

/** What is different between two versions: without `before` it is new, without `after` it is gone. */
export interface VersionComparison {
  readonly from: OrderVersion;
  readonly to: OrderVersion;
  readonly lines: readonly { readonly lineId: string; readonly before?: Sold['lines'][number]; readonly after?: Sold['lines'][number] }[];
  readonly shipGroups: readonly { readonly shipGroupId: string; readonly before?: ShownGroup; readonly after?: ShownGroup }[];
  readonly priority?: { readonly before: string; readonly after: string };
  readonly instructions?: { readonly before?: string; readonly after?: string };
}

export interface Versions {
  list(orderId: string): Promise<readonly OrderVersion[]>;
  compare(orderId: string, from: number, to: number): Promise<VersionComparison>;
}

interface Snapshot {
  readonly version: OrderVersion;
  readonly sold: Sold;
}

/** Every version is kept: the order as it stood right after. */
const snapshotsOf = ({ events }: OrderRead): readonly Snapshot[] => {
  let order: Order;
  return events.flatMap((event): readonly Snapshot[] => {
    order = evolve(order, event);
    if (event.type === 'OrderPlaced' || event.type === 'OrderImported') return [snapshot(order, event.data.placedAt)];
    return event.type === 'OrderEdited' ? [snapshot(order, event.data.editedAt, event.data.reason)] : [];
  });
};

const snapshot = (order: PlacedOrder | undefined, at: string, reason?: Reason): Snapshot => {
  if (!order) throw new Error('An order is there once it was placed.');
  const version = { orderVersion: order.version, at, ...(reason ? { reason } : {}), totals: order.sold.totals };
  return { version, sold: order.sold };
};

const at = (snapshots: readonly Snapshot[], orderVersion: number): Snapshot => {
  const found = snapshots.find(({ version }) => version.orderVersion === orderVersion);
  if (found) return found;
  throw new Refused('VERSION_UNKNOWN', `The order has versions 1 to ${snapshots.length}, not ${orderVersion}.`, 'unknown');
};

interface Difference<Each> {
  readonly id: string;
  readonly change: { readonly before?: Each; readonly after?: Each };
}

/** Each thing that is different, by its id. */
const differing = <Each>(before: readonly Each[], after: readonly Each[], idOf: (each: Each) => string): readonly Difference<Each>[] => {
  const was = new Map(before.map((each) => [idOf(each), each]));
  const is = new Map(after.map((each) => [idOf(each), each]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
    const change = present({ before: was.get(id), after: is.get(id) }) as Difference<Each>['change'];
    return sameValue(change.before, change.after) ? [] : [{ id, change }];
  });
};

const publicGroups = ({ shipGroups }: Sold): readonly ShownGroup[] => shipGroups.map(({ personal: _, ...group }) => group);

const compared = ({ sold: one, version: from }: Snapshot, { sold: other, version: to }: Snapshot): VersionComparison => ({
  from,
  to,
  lines: differing(one.lines, other.lines, ({ lineId }) => lineId).map(({ id: lineId, change }) => ({ lineId, ...change })),
  shipGroups: differing(publicGroups(one), publicGroups(other), (group) => group.shipGroupId).map(({ id: shipGroupId, change }) => ({
    shipGroupId,
    ...change,
  })),
  ...(one.priority === other.priority ? {} : { priority: { before: one.priority, after: other.priority } }),
  ...(one.instructions === other.instructions ? {} : { instructions: present({ before: one.instructions, after: other.instructions }) }),
});

export const versionsOf = (read: ReadOrder): Versions => ({
  list: async (orderId) => snapshotsOf(await read(orderId)).map(({ version }) => version),
  compare: async (orderId, from, to) => {
    const snapshots = snapshotsOf(await read(orderId));
    return compared(at(snapshots, from), at(snapshots, to));
  },
});
