import type { SoldShipGroup } from '@cartage/contracts';
import { unitsOf } from './cancellations';
import { wantedOf } from './edits';
import type { Decision, EventData } from './events';
import { gone } from './lines';
import { isAfter, later, type Occasion, type Rule } from './occasion';
import { present } from './present';
import { shortLines } from './shortages';
import type { PlacedOrder } from './state';

type Dates = Pick<SoldShipGroup, 'shipBy' | 'deliverBy'>;

const datesOf = ({ shipBy, deliverBy }: Dates): Dates => present({ shipBy, deliverBy });

/** When the goods are expected that a ship group waits for: the latest; null where nobody knows. Nothing where it waits for none that are on order. */
const goodsOf = (order: PlacedOrder, shipGroupId: string): string | null | undefined => {
  const group = new Set(order.sold.lines.flatMap((line) => (line.shipGroupId === shipGroupId ? [line.lineId] : [])));
  const waiting = shortLines(order).filter(({ lineId }) => group.has(lineId) && order.expected.has(lineId));
  const dates = waiting.flatMap(({ lineId }) => order.expected.get(lineId) ?? []);
  if (dates.length < waiting.length) return null;
  return dates.reduce<string | undefined>((latest, goods) => (latest === undefined || isAfter(goods, latest) ? goods : latest), undefined);
};

const between = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/** As it was promised, or later by as much as the goods come later. */
const datesFor = (promised: Dates, goods: string, placedAt: string): Dates => {
  const { shipBy, deliverBy } = promised;
  if (shipBy !== undefined && !isAfter(goods, shipBy)) return promised;
  const transit = deliverBy === undefined ? undefined : between(shipBy ?? placedAt, deliverBy);
  return present({ shipBy: goods, deliverBy: transit === undefined ? undefined : later(goods, transit) });
};

const isSame = (one: Dates, other: Dates): boolean => one.shipBy === other.shipBy && one.deliverBy === other.deliverBy;

/** What it is to be told, if anything. */
const targetOf = (
  order: PlacedOrder,
  { shipGroupId, ...group }: SoldShipGroup,
): { readonly dates: Dates; readonly detail: string } | undefined => {
  const [goods, promised] = [goodsOf(order, shipGroupId), order.promised.get(shipGroupId)];
  if (goods === undefined) return undefined;
  if (goods === null) return promised && { dates: {}, detail: 'Nobody knows when the goods come.' };
  return { dates: datesFor(promised ?? datesOf(group), goods, order.placed.placedAt), detail: `The goods are expected ${goods}.` };
};

const moved = (order: PlacedOrder, group: SoldShipGroup, now: string): readonly Decision[] => {
  const { shipGroupId } = group;
  const [before, target] = [datesOf(group), targetOf(order, group)];
  if (!target || isSame(before, target.dates)) return [];
  const named = { orderId: order.placed.orderId, shipGroupId, ...target.dates };
  if (!order.promised.has(shipGroupId) && isSame(before, {})) return [{ type: 'PromiseMade', data: { ...named, promisedAt: now } }];
  return [
    { type: 'PromiseMoved', data: { ...named, before, reason: { code: 'backorder', detail: target.detail, by: 'system' }, movedAt: now } },
  ];
};

/** A ship group that waits for goods on order goes when they come: the customer is told, and told again when that moves. */
export const movePromises: Rule = (order, { now }) =>
  order.expected.size === 0 ? [] : order.sold.shipGroups.flatMap((group) => moved(order, group, now));

export const withPromise = (order: PlacedOrder, { shipGroupId, ...told }: Dates & { readonly shipGroupId: string }): PlacedOrder => {
  const promised = new Map(order.promised);
  const shipGroups = order.sold.shipGroups.map((group) => {
    if (group.shipGroupId !== shipGroupId) return group;
    const { shipBy, deliverBy, ...rest } = group;
    if (!promised.has(shipGroupId)) promised.set(shipGroupId, present({ shipBy, deliverBy }));
    return { ...rest, ...datesOf(told) };
  });
  return { ...order, promised, sold: { ...order.sold, shipGroups } };
};

/** Dates to keep, and which units are not yet where they should be by then. */
const watched = {
  'ship-by': { dueAt: ({ shipBy }: Dates) => shipBy, come: gone },
  'deliver-by': { dueAt: ({ deliverBy }: Dates) => deliverBy, come: (line: Parameters<typeof gone>[0]) => line.delivered },
} as const;
type Watched = keyof typeof watched;

export type Alarm = 'at-risk' | 'missed';

/** A date of a ship group that is not kept yet. */
interface Open extends Pick<EventData<'DeadlineMissed'>, 'orderId' | 'shipGroupId' | 'dueAt' | 'lines'> {
  readonly deadline: Watched;
  readonly told: Alarm | undefined;
}

const keyOf = ({ shipGroupId, deadline, dueAt }: { readonly shipGroupId: string; readonly deadline: string; readonly dueAt: string }) =>
  `${shipGroupId} ${deadline} ${dueAt}`;

const openDates = (order: PlacedOrder): readonly Open[] =>
  order.sold.shipGroups.flatMap((group) =>
    (Object.keys(watched) as Watched[]).flatMap((deadline): readonly Open[] => {
      const dueAt = watched[deadline].dueAt(group);
      const { shipGroupId } = group;
      if (dueAt === undefined) return [];
      const lines = unitsOf(
        order.sold.lines.filter((line) => line.shipGroupId === shipGroupId),
        ({ lineId }) => {
          const line = order.progress.get(lineId);
          return line ? wantedOf(order, lineId) - watched[deadline].come(line) : 0;
        },
      );
      const told = order.alarms.get(keyOf({ shipGroupId, deadline, dueAt }));
      return lines.length > 0 ? [{ orderId: order.placed.orderId, shipGroupId, deadline, dueAt, lines, told }] : [];
    }),
  );

/** When to warn of a date: some time before, but not in the first half of the time that there was. */
export const warnAt = (since: string, dueAt: string, atRiskMs: number): string => {
  const half = later(since, between(since, dueAt) / 2);
  const before = later(dueAt, -atRiskMs);
  return isAfter(half, before) ? half : before;
};

/** Asked when a date may have come: each is warned of once, and missed once. */
export const watchDeadlines = (order: PlacedOrder, { now, patience }: Occasion): readonly Decision[] =>
  order.ended
    ? []
    : openDates(order).flatMap(({ told, ...open }): readonly Decision[] => {
        if (!isAfter(open.dueAt, now)) return told === 'missed' ? [] : [{ type: 'DeadlineMissed', data: { ...open, missedAt: now } }];
        const isEarly = isAfter(warnAt(order.placed.placedAt, open.dueAt, patience.atRiskMs), now);
        return isEarly || told ? [] : [{ type: 'DeadlineAtRisk', data: { ...open, warnedAt: now } }];
      });

export const withAlarm = (order: PlacedOrder, alarm: Alarm, about: Parameters<typeof keyOf>[0]): PlacedOrder => ({
  ...order,
  alarms: new Map(order.alarms).set(keyOf(about), alarm),
});

/** What is wrong with its dates now. */
export const alarmsOf = (order: PlacedOrder): ReadonlySet<Alarm> =>
  new Set(order.ended || order.alarms.size === 0 ? [] : openDates(order).flatMap(({ told }) => told ?? []));
