import { zoneOf, type LineQuantity, type SoldShipGroup } from '@cartage/contracts';
import { unitsOf } from './cancellations';
import { datesOf, withCommitment } from './commitments';
import { wantedOf } from './edits';
import type { Decision, EventData } from './events';
import { gone } from './lines';
import { isAfter, later, type Occasion, type Rule } from './occasion';
import { present } from './present';
import { shortLines } from './shortages';
import { committed, zoneOfPolicy, type Target } from './promise-targets';
import { dayIn } from './promising/local-days';
import type { PlacedOrder, PromisedDates } from './state';

type Dates = PromisedDates;

/** Units of a ship group that wait for goods on order. */
const waitingOf = (order: PlacedOrder, shipGroupId: string): readonly LineQuantity[] => {
  if (order.expected.size === 0) return [];
  const group = new Set(order.sold.lines.flatMap((line) => (line.shipGroupId === shipGroupId ? [line.lineId] : [])));
  return shortLines(order).filter(({ lineId }) => group.has(lineId) && order.expected.has(lineId));
};

/** When the goods are expected that a ship group waits for: the latest; null where nobody knows. Nothing where it waits for none that are on order. */
const goodsOf = (order: PlacedOrder, shipGroupId: string): string | null | undefined => {
  const waiting = waitingOf(order, shipGroupId);
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

const dayOf = (zone: string, time: string | undefined): string | undefined => (time === undefined ? undefined : dayIn(zone, time));

/** The same days: a customer is not told by how much of a day it is later. */
const isSame = (one: Dates, other: Dates, zones: { readonly ship: string; readonly deliver: string }): boolean =>
  dayOf(zones.ship, one.shipBy) === dayOf(zones.ship, other.shipBy) &&
  dayOf(zones.deliver, one.deliverBy) === dayOf(zones.deliver, other.deliverBy);

/** What it is to be told, if anything, where it was sold under no policy. */
const uncommitted = (
  order: PlacedOrder,
  { shipGroupId, ...group }: SoldShipGroup,
  goods: string | null | undefined,
): Target | undefined => {
  const promised = order.promised.get(shipGroupId);
  if (goods === undefined) return undefined;
  if (goods === null) return promised && { dates: {}, code: 'backorder', detail: 'Nobody knows when the goods come.' };
  const dates = datesFor(promised ?? datesOf(group), goods, order.placed.placedAt);
  return { dates, code: 'backorder', detail: `The goods are expected ${goods}.` };
};

/** What it is to be told, where that is another day than it was told last. */
const targetOf = (order: PlacedOrder, group: SoldShipGroup, occasion: Occasion): Target | undefined => {
  const goods = goodsOf(order, group.shipGroupId);
  const isCommitted = order.commitments.has(group.shipGroupId);
  const target = isCommitted ? committed(order, { group, goods }, occasion) : uncommitted(order, group, goods);
  const zone = zoneOf(group.destination ?? {});
  const zones = { ship: zoneOfPolicy(order, group, occasion) ?? zone, deliver: zone };
  return target && isSame(group, target.dates, zones) ? undefined : target;
};

const moved = (order: PlacedOrder, group: SoldShipGroup, occasion: Occasion): readonly Decision[] => {
  const { shipGroupId } = group;
  const [before, target] = [datesOf(group), targetOf(order, group, occasion)];
  if (!target) return [];
  const { dates, code, detail, basis } = target;
  const waiting = code === 'backorder' ? waitingOf(order, shipGroupId) : [];
  const named = {
    orderId: order.placed.orderId,
    shipGroupId,
    ...dates,
    ...present({ basis, lines: waiting.length > 0 ? waiting : undefined }),
  };
  const isFirst = !order.commitments.has(shipGroupId) && !order.promised.has(shipGroupId) && Object.keys(before).length === 0;
  if (isFirst) return [{ type: 'PromiseMade', data: { ...named, promisedAt: occasion.now } }];
  return [{ type: 'PromiseMoved', data: { ...named, before, reason: { code, detail, by: 'system' }, movedAt: occasion.now } }];
};

/** The customer is told when what was promised cannot be kept, or can be kept sooner; and told again when that changes. */
export const movePromises: Rule = (order, occasion) =>
  order.expected.size === 0 && order.commitments.size === 0 ? [] : order.sold.shipGroups.flatMap((group) => moved(order, group, occasion));

type PromiseTold = Dates & Pick<EventData<'PromiseMoved'>, 'shipGroupId' | 'basis'> & Partial<Pick<EventData<'PromiseMoved'>, 'reason'>>;

export const withPromise = (order: PlacedOrder, told: PromiseTold): PlacedOrder => {
  const { shipGroupId } = told;
  const committedTo = withCommitment(order, told);
  const promised = new Map(order.promised);
  const shipGroups = order.sold.shipGroups.map((group) => {
    if (group.shipGroupId !== shipGroupId) return group;
    const { shipBy, deliverBy, ...rest } = group;
    if (!committedTo.commitments.has(shipGroupId) && !promised.has(shipGroupId)) promised.set(shipGroupId, present({ shipBy, deliverBy }));
    return { ...rest, ...datesOf(told) };
  });
  return { ...committedTo, promised, sold: { ...order.sold, shipGroups } };
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

/** Dates that are about to be missed, or were, and are not made good yet. */
export const alarmed = (order: PlacedOrder): readonly (Omit<Open, 'told'> & { readonly alarm: Alarm })[] =>
  order.ended || order.alarms.size === 0 ? [] : openDates(order).flatMap(({ told, ...open }) => (told ? [{ ...open, alarm: told }] : []));

/** What is wrong with its dates now. */
export const alarmsOf = (order: PlacedOrder): ReadonlySet<Alarm> => new Set(alarmed(order).map(({ alarm }) => alarm));
