import type { PublicEvent } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';

/** Money that would be owed, promised, taken or given back; below zero: less of it. */
export interface MoneyEffect {
  /** `due`, `promised`, `captured`, `collected`, `remitted`, `owed-back`, `refunded`, `charged-back`; `asked`: a provider would be asked for it. */
  readonly kind: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency?: string;
}

/** Units that would be wanted, claimed, moved; below zero: fewer. */
export interface StockEffect {
  /** `wanted`, `reserved`, `allocated`, `on-hand`, `unavailable`, `expected-back`; `to-stop`: whoever ships them would be asked not to; `safety-stock` is the new level. */
  readonly kind: string;
  readonly sku: string;
  readonly location?: string;
  readonly quantity: number;
}

/** What the customer would be promised. */
export interface PromiseEffect {
  readonly shipGroupId?: string;
  readonly lineId?: string;
  readonly shipBy?: string;
  readonly deliverBy?: string;
  /** When goods that a line waits for are expected. */
  readonly promisedAt?: string;
}

/** What events come to, as far as the service that decides them knows. */
export interface Effect {
  readonly money: readonly MoneyEffect[];
  readonly stock: readonly StockEffect[];
  readonly promises: readonly PromiseEffect[];
}

type Part = Partial<Effect>;
type Parts = { readonly [Type in PublicEvent['type']]?: (data: DataOf<PublicEvent, Type>) => Part };

interface Sum {
  readonly amount: number;
  readonly currency?: string;
}

const money =
  (kind: string, sign: 1 | -1 = 1) =>
  ({ amount, currency }: Sum): Part => ({ money: [{ kind, amount: sign * amount, ...present({ currency }) }] });

interface Units {
  readonly location?: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

const stock =
  (...kinds: readonly (readonly [kind: string, sign: 1 | -1])[]) =>
  ({ location, lines }: Units): Part => ({
    stock: lines.flatMap(({ sku, quantity }) =>
      kinds.map(([kind, sign]) => ({ kind, sku, ...present({ location }), quantity: sign * quantity })),
    ),
  });

/** Without what is not said. */
const present = <Fields extends object>(fields: Fields): { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof Fields]?: Exclude<Fields[Field], undefined>;
  };

const promiseOf = (data: PromiseEffect): Part => {
  const { shipGroupId, shipBy, deliverBy } = data;
  return { promises: [present({ shipGroupId, shipBy, deliverBy })] };
};

const datesOf = ({ lines }: { readonly lines: readonly PromiseEffect[] }): Part => ({
  promises: lines.map(({ lineId, promisedAt }) => present({ lineId, promisedAt })),
});

const placed = ({ lines, totals, currency, shipGroups }: DataOf<PublicEvent, 'OrderPlaced'>): Part => ({
  ...money('due')({ amount: totals.total, currency }),
  ...stock(['wanted', 1])({ lines }),
  promises: shipGroups
    .filter(({ shipBy, deliverBy }) => shipBy !== undefined || deliverBy !== undefined)
    .map(({ shipGroupId, shipBy, deliverBy }) => present({ shipGroupId, shipBy, deliverBy })),
});

const edited = ({ lines, totalsBefore, totals }: DataOf<PublicEvent, 'OrderEdited'>): Part => ({
  money: [{ kind: 'due', amount: totals.total - totalsBefore.total }],
  stock: lines.flatMap(({ before, after }) => [
    ...(before ? [{ kind: 'wanted', sku: before.sku, quantity: -before.quantity }] : []),
    ...(after ? [{ kind: 'wanted', sku: after.sku, quantity: after.quantity }] : []),
  ]),
});

const parts: Parts = {
  OrderPlaced: placed,
  OrderEdited: edited,
  LineCancelled: stock(['wanted', -1]),
  CancellationRequested: stock(['to-stop', 1]),
  PromiseMade: promiseOf,
  PromiseMoved: promiseOf,

  StockReceived: ({ location, ...line }) => stock(['on-hand', 1])({ location, lines: [line] }),
  StockAdjusted: ({ location, ...line }) => stock(['on-hand', 1])({ location, lines: [line] }),
  StockTransferred: ({ direction, location, ...line }) =>
    direction === 'lost' ? {} : stock(['on-hand', direction === 'in' ? 1 : -1])({ location, lines: [line] }),
  StockDisposed: ({ outcome, location, ...line }) =>
    stock(['unavailable', -1], ...(outcome === 'refurbished' ? ([['on-hand', 1]] as const) : []))({ location, lines: [line] }),
  SafetyStockChanged: ({ location, sku, safetyStock }) => ({
    stock: [{ kind: 'safety-stock', sku, location, quantity: safetyStock }],
  }),
  StockReserved: ({ lines }) => stock(['reserved', 1])({ lines }),
  StockReleased: ({ lines }) => stock(['reserved', -1])({ lines }),
  StockAllocated: stock(['reserved', -1], ['allocated', 1]),
  AllocationReleased: stock(['allocated', -1], ['reserved', 1]),
  StockIssued: stock(['allocated', -1], ['on-hand', -1]),
  StockRestocked: ({ location, disposition, ...line }) =>
    stock([disposition === 'restock' ? 'on-hand' : 'unavailable', 1])({ location, lines: [line] }),
  StockBackordered: datesOf,
  BackorderMoved: datesOf,

  PaymentAuthorized: money('promised'),
  CodAccepted: money('promised'),
  PaymentVoided: money('promised', -1),
  AuthorizationExpired: money('promised', -1),
  AmountDueChanged: ({ due, before, currency }) => money('due')({ amount: due - before, currency }),
  PaymentCaptured: money('captured'),
  CodCollected: money('collected'),
  CodRemitted: money('remitted'),
  RefundIssued: money('refunded'),
  ChargebackOpened: money('charged-back'),
  ChargebackWon: money('charged-back', -1),

  ReturnAuthorized: ({ lines }) => stock(['expected-back', 1])({ lines }),
  ReturnReceived: ({ lines }) => stock(['expected-back', -1])({ lines }),
  RefundDue: money('owed-back'),
};

const partOf = new Map(Object.entries(parts) as [string, (data: unknown) => Part][]);

const isSum = (data: unknown): data is Sum =>
  typeof data === 'object' && data !== null && 'amount' in data && typeof data.amount === 'number';

/** What public events come to, and the sums that private ones ask others for. */
export const effectOf = (published: readonly Named[], unpublished: readonly Named[] = []): Effect => {
  const all = [
    ...published.map(({ type, data }) => partOf.get(type)?.(data) ?? {}),
    ...unpublished.map(({ data }) => (isSum(data) ? money('asked')(data) : {})),
  ];
  return {
    money: all.flatMap((each) => each.money ?? []),
    stock: all.flatMap((each) => each.stock ?? []),
    promises: all.flatMap((each) => each.promises ?? []),
  };
};
