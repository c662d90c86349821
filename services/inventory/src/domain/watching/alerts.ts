import type { InventoryEvent as Public } from '@cartage/contracts';

type Publicly<Type extends Public['type']> = Extract<Public, { readonly type: Type }>;
export type AlertEvent = Publicly<'StockAlertRaised'> | Publicly<'ReorderPointReached'> | Publicly<'StockAlertEnded'>;

/** What an alert is about; no two that stand are about the same. */
export interface AlertSubject {
  readonly kind: string;
  readonly sku: string;
  /** `''`: no channel in particular. */
  readonly channel: string;
  /** `''`: the network. */
  readonly location: string;
}

export interface StandingAlert extends AlertSubject {
  readonly alertId: string;
}

/** What should be looked at now. */
export interface Condition extends AlertSubject {
  readonly value: number;
  readonly threshold: number;
  readonly reorder?: { readonly available: number; readonly onOrder: number; readonly suggested: number };
}

export interface WatchedPoint {
  readonly sku: string;
  readonly location: string;
  readonly reorderPoint: number;
  readonly orderUpTo: number;
  readonly available: number;
  readonly onOrder: number;
  /** Fewer are never ordered, and only multiples of `multipleOf`. */
  readonly minimumQuantity: number;
  readonly multipleOf: number;
}

export interface WatchedThreshold {
  readonly sku: string;
  readonly channel: string;
  readonly atpBelow: number;
}

/** What can be promised of a SKU, in a channel or (`''`) over the network. */
export interface WatchedAvailability {
  readonly sku: string;
  readonly channel: string;
  readonly atp: number;
}

/** So many units are to be ordered; none while there are more than the point, with what is on order. */
export const suggestedOf = ({
  reorderPoint,
  orderUpTo,
  available,
  onOrder,
  minimumQuantity,
  multipleOf,
}: Omit<WatchedPoint, 'sku' | 'location'>): number =>
  available + onOrder > reorderPoint ? 0 : Math.ceil(Math.max(minimumQuantity, orderUpTo - available - onOrder) / multipleOf) * multipleOf;

export interface Watched {
  readonly availability: readonly WatchedAvailability[];
  readonly thresholds: readonly WatchedThreshold[];
  readonly points: readonly WatchedPoint[];
}

/** A channel of which nothing is said has what the network has. */
const lowIn = ({ availability }: Watched, { sku, channel, atpBelow }: WatchedThreshold): readonly Condition[] => {
  const of = availability.filter((each) => each.sku === sku);
  const atp = (of.find((each) => each.channel === channel) ?? of.find((each) => each.channel === ''))?.atp;
  return atp === undefined || atp >= atpBelow ? [] : [{ kind: 'low', sku, channel, location: '', value: atp, threshold: atpBelow }];
};

const reached = (point: WatchedPoint): readonly Condition[] => {
  const { sku, location, available, onOrder, reorderPoint } = point;
  const suggested = suggestedOf(point);
  return suggested === 0
    ? []
    : [
        {
          ...{ kind: 'reorder', sku, channel: '', location, value: available + onOrder, threshold: reorderPoint },
          reorder: { available, onOrder, suggested },
        },
      ];
};

export const conditionsOf = (watched: Watched): readonly Condition[] => [
  ...watched.thresholds.flatMap((threshold) => lowIn(watched, threshold)),
  ...watched.availability
    .filter(({ atp }) => atp < 0)
    .map(({ sku, channel, atp }) => ({ kind: 'negative', sku, channel, location: '', value: atp, threshold: 0 })),
  ...watched.points.flatMap(reached),
];

const nameOf = ({ kind, sku, channel, location }: AlertSubject): string => JSON.stringify([kind, sku, channel, location]);

const told = ({ sku, channel, location }: AlertSubject) => ({
  sku,
  ...(channel === '' ? {} : { channel }),
  ...(location === '' ? {} : { location }),
});

/** What is so and was not raised is raised, once; what was raised and is not so any more has ended. */
export const alertsOf = (
  conditions: readonly Condition[],
  standing: readonly StandingAlert[],
  { newId, now }: { readonly newId: () => string; readonly now: string },
): readonly AlertEvent[] => {
  const known = new Set(standing.map(nameOf));
  const holding = new Set(conditions.map(nameOf));
  return [
    ...conditions.filter((each) => !known.has(nameOf(each))).map((each) => raised(each, newId(), now)),
    ...standing
      .filter((each) => !holding.has(nameOf(each)))
      .map((each): AlertEvent => ({
        type: 'StockAlertEnded',
        data: { ...told(each), alertId: each.alertId, kind: each.kind, endedAt: now },
      })),
  ];
};

const raised = ({ reorder, value, threshold, ...subject }: Condition, alertId: string, now: string): AlertEvent =>
  reorder
    ? {
        type: 'ReorderPointReached',
        data: { ...told(subject), alertId, location: subject.location, ...reorder, reorderPoint: threshold, reachedAt: now },
      }
    : { type: 'StockAlertRaised', data: { ...told(subject), alertId, kind: subject.kind, value, threshold, raisedAt: now } };
