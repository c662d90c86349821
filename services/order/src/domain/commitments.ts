import type { ShipGroup } from '@cartage/contracts';
import { wantedOf } from './edits';
import type { EventData } from './events';
import { gone, type Units } from './lines';
import { isAfter, latest } from './occasion';
import { present } from './present';
import type { PromiseBasis, PromiseBook, PromiseSale } from './promising/promise-book';
import { sentMethods } from './ship-groups';
import type { Commitment, Hold, PlacedOrder, Placing, PromisedDates } from './state';

/* What is promised of ship groups under a policy: made when they are sold, made anew when they are sold otherwise, and put off by what delays them. */

type Sale = Commitment['sale'];
export const saleOf = ({ service, destination }: Pick<ShipGroup, 'service' | 'destination'>): Sale => present({ service, destination });

export const datesOf = ({ shipBy, deliverBy }: PromisedDates): PromisedDates => present({ shipBy, deliverBy });

/** From when it was placed; what came in too late for that, from when it came in. */
const soldAt = (book: PromiseBook, sale: PromiseSale, { at, now }: { readonly at: string; readonly now: string }) => {
  const policy = book.policyFor(sale);
  const promise = policy && book.promise(policy, sale, { at });
  return policy && promise && isAfter(now, promise.shipBy) ? book.promise(policy, sale, { at: now }) : promise;
};

/** What the customer is promised by whoever sells it now, where the channel has promised nothing itself. */
export const promisesSold = (book: PromiseBook, order: Placing, now: string): readonly EventData<'PromiseMade'>[] =>
  order.shipGroups.flatMap(({ shipGroupId, method, shipBy, deliverBy, ...group }) => {
    // What is fetched where it is, is promised by nobody's cut-off here.
    if (shipBy !== undefined || deliverBy !== undefined || !sentMethods.has(method)) return [];
    const promise = soldAt(book, { channel: order.channel, ...saleOf(group) }, { at: order.placedAt ?? now, now });
    if (!promise) return [];
    return [{ orderId: order.orderId, shipGroupId, ...datesOf(promise), basis: promise.basis, promisedAt: now }];
  });

/** Versions of the policies that it is sold under. */
export const policiesSold = (policies: Placing['policies'], promises: readonly EventData<'PromiseMade'>[]): Placing['policies'] => {
  const versions = [...new Set(promises.flatMap(({ basis }) => basis?.policy ?? []))];
  return versions.length > 0 ? { ...policies, promise: versions.join(', ') } : policies;
};

/** Why a ship group is promised anew: it is another sale. */
export const saleChanges = ['service-changed', 'destination-changed'] as const;
export type SaleChange = (typeof saleChanges)[number];
const isSaleChange = (code: string | undefined): boolean => saleChanges.some((change) => change === code);

interface Told extends PromisedDates {
  readonly shipGroupId: string;
  readonly basis?: PromiseBasis;
  readonly reason?: { readonly code: string };
}

const withCommitments = (order: PlacedOrder, changed: ReadonlyMap<string, Commitment>): PlacedOrder =>
  changed.size === 0 ? order : { ...order, commitments: new Map([...order.commitments, ...changed]) };

const policyOf = (basis: PromiseBasis | undefined, before: Commitment | undefined): string | undefined => basis?.policy ?? before?.policy;

/** Sold under a policy, or sold otherwise. */
export const withCommitment = (order: PlacedOrder, { shipGroupId, basis, reason, ...told }: Told): PlacedOrder => {
  const before = order.commitments.get(shipGroupId);
  if (before && !isSaleChange(reason?.code)) return order;
  const group = order.sold.shipGroups.find((each) => each.shipGroupId === shipGroupId);
  const policy = policyOf(basis, before);
  if (!group || policy === undefined) return order;
  const { transit: _, ...kept } = before ?? { locations: new Set<string>() };
  const commitment = { ...kept, policy, sale: saleOf(group), sold: datesOf(told), ...present({ transit: basis?.transit }) };
  return withCommitments(order, new Map([[shipGroupId, commitment]]));
};

/** Whether something of a line has not left. */
export const isHere = (order: PlacedOrder, lineId: string): boolean => {
  const line = order.progress.get(lineId);
  return line !== undefined && wantedOf(order, lineId) > gone(line);
};

/** Ship groups under a policy of which something has not left, as far as these lines are concerned. */
const concerned = (order: PlacedOrder, isOf: (line: { readonly lineId: string; readonly shipGroupId: string }) => boolean) =>
  new Map(
    order.sold.lines
      .filter((line) => isOf(line) && isHere(order, line.lineId))
      .flatMap(({ shipGroupId }) => {
        const commitment = order.commitments.get(shipGroupId);
        return commitment ? [[shipGroupId, commitment] as const] : [];
      }),
  );

const mapped = <Value>(map: ReadonlyMap<string, Value>, to: (value: Value) => Value): ReadonlyMap<string, Value> =>
  new Map([...map].map(([key, value]) => [key, to(value)]));

/** What a hold has stopped goes on from then. */
export const resumed = (order: PlacedOrder, hold: Hold | undefined, at: string): PlacedOrder => {
  if (!hold || order.commitments.size === 0) return order;
  const lines = hold.lines && new Set(hold.lines.map(({ lineId }) => lineId));
  const held = concerned(
    order,
    ({ lineId, shipGroupId }) => (lines?.has(lineId) ?? true) && (hold.shipGroupId ?? shipGroupId) === shipGroupId,
  );
  return withCommitments(
    order,
    mapped(held, (commitment) => ({ ...commitment, resumedAt: latest(at, commitment.resumedAt) })),
  );
};

/** Whichever location was once to ship some of it: one that comes to nothing has cost its time all the same. */
export const shippedFrom = (order: PlacedOrder, { location, lines }: { readonly location: string; readonly lines: Units }): PlacedOrder => {
  if (order.commitments.size === 0) return order;
  const ids = new Set(lines.map(({ lineId }) => lineId));
  const groups = concerned(order, ({ lineId }) => ids.has(lineId));
  return withCommitments(
    order,
    mapped(groups, (commitment) => ({ ...commitment, locations: new Set([...commitment.locations, location]) })),
  );
};
