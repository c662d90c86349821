import { OrderState, Topics, type OrderEvent, type OrderLine, type SoldShipGroup, type StateOf } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { changed, changedEach, kindOf, type Folds } from './kind';

type State = Omit<StateOf<typeof OrderState>, 'updatedAt'>;
type Line = State['lines'][number];
type Group = State['shipGroups'][number];
type Placed = DataOf<OrderEvent, 'OrderPlaced'>;

const lineOf = ({ lineId, sku, quantity, unitPrice, total, shipGroupId }: OrderLine, before?: Line): Line => ({
  ...{ lineId, sku, quantity, unitPrice, total, shipGroupId },
  ...{ cancelled: before?.cancelled ?? 0, handedOver: before?.handedOver ?? 0 },
});

type Destination = Pick<SoldShipGroup, 'destination'>;

const placeOf = ({ destination }: Destination): Pick<Group, 'country' | 'postalArea'> => ({
  ...(destination ? { country: destination.country } : {}),
  ...(destination?.postalArea === undefined ? {} : { postalArea: destination.postalArea }),
});

const datesOf = ({ shipBy, deliverBy }: Pick<SoldShipGroup, 'shipBy' | 'deliverBy'>): Pick<Group, 'shipBy' | 'deliverBy'> => ({
  ...(shipBy === undefined ? {} : { shipBy }),
  ...(deliverBy === undefined ? {} : { deliverBy }),
});

const groupOf = (group: SoldShipGroup): Group => ({
  ...{ shipGroupId: group.shipGroupId, method: group.method, ...placeOf(group), ...datesOf(group) },
  ...(group.pickupLocation === undefined ? {} : { pickupLocation: group.pickupLocation }),
});

const placed = ({ orderId, channel, externalOrderId, customerId, ...order }: Placed): State => ({
  ...{ orderId, channel, status: 'placed', imported: false, priority: order.priority, currency: order.currency, totals: order.totals },
  ...(externalOrderId === undefined ? {} : { externalOrderId }),
  ...(customerId === undefined ? {} : { customerId }),
  lines: order.lines.map((line) => lineOf(line)),
  shipGroups: order.shipGroups.map(groupOf),
  ...{ holds: [], edits: 0, placedAt: order.placedAt },
});

const imported = (order: DataOf<OrderEvent, 'OrderImported'>): State => {
  const state = placed(order);
  if (order.outcome !== 'cancelled') return { ...state, imported: true, status: 'completed', completedAt: order.endedAt };
  const lines = state.lines.map((line) => ({ ...line, cancelled: line.quantity }));
  return { ...state, imported: true, status: 'cancelled', cancelledAt: order.endedAt, lines };
};

type Units = readonly { readonly lineId: string; readonly quantity: number }[];

const counted = (state: State, units: Units, field: 'cancelled' | 'handedOver'): State => {
  const more = units.map(({ lineId, quantity }) => [lineId, quantity] as const);
  const change = (line: Line | undefined, by: number): Line | undefined => line && { ...line, [field]: line[field] + by };
  return { ...state, lines: changedEach(state.lines, more, { nameOf: ({ lineId }) => lineId, change }) };
};

const edited = (state: State, { lines, shipGroups, priority, totals }: DataOf<OrderEvent, 'OrderEdited'>): State => ({
  ...state,
  ...{ totals, edits: state.edits + 1, priority: priority?.after ?? state.priority },
  lines: changedEach(
    state.lines,
    lines.map(({ lineId, after }) => [lineId, after] as const),
    { nameOf: ({ lineId }) => lineId, change: (line, after) => after && lineOf(after, line) },
  ),
  shipGroups: changedEach(
    state.shipGroups,
    shipGroups.map(({ shipGroupId, after }) => [shipGroupId, after] as const),
    { nameOf: ({ shipGroupId }) => shipGroupId, change: (_, after) => after && groupOf(after) },
  ),
});

const withGroup = (state: State, shipGroupId: string, change: (group: Group) => Group): State => ({
  ...state,
  shipGroups: changed(
    state.shipGroups,
    (group) => group.shipGroupId === shipGroupId,
    (group) => group && change(group),
  ),
});

const promised = (
  state: State,
  { shipGroupId, ...dates }: { readonly shipGroupId: string; readonly shipBy?: string; readonly deliverBy?: string },
): State => withGroup(state, shipGroupId, ({ shipBy: _, deliverBy: __, ...group }) => ({ ...group, ...datesOf(dates) }));

/** What is told of an order whose beginning was not heard says nothing. */
const once =
  <Data>(fold: (state: State, data: Data) => State) =>
  (state: State | undefined, data: Data): State | undefined =>
    state && fold(state, data);

const folds: Folds<State, OrderEvent> = {
  OrderPlaced: (_, data) => placed(data),
  OrderImported: (_, data) => imported(data),
  OrderConfirmed: once((state, { confirmedAt }) => ({
    ...state,
    ...{ status: state.status === 'placed' ? 'confirmed' : state.status, confirmedAt },
  })),
  OrderEdited: once(edited),
  DestinationChanged: once((state, { shipGroupId, destination }) =>
    withGroup(state, shipGroupId, ({ country: _, postalArea: __, ...group }) => ({
      ...group,
      ...placeOf({ ...(destination ? { destination } : {}) }),
    })),
  ),
  PromiseMade: once(promised),
  PromiseMoved: once(promised),
  HoldApplied: once((state, { holdId, type, appliedAt, until }) => ({
    ...state,
    holds: changed(
      state.holds,
      (hold) => hold.holdId === holdId,
      () => ({ holdId, type, appliedAt, ...(until === undefined ? {} : { until }) }),
    ),
  })),
  HoldReleased: once((state, { holdId }) => ({ ...state, holds: state.holds.filter((hold) => hold.holdId !== holdId) })),
  LineCancelled: once((state, { lines }) => counted(state, lines, 'cancelled')),
  GoodsHandedOver: once((state, { lines }) => counted(state, lines, 'handedOver')),
  OrderCancelled: once((state, { cancelledAt }) => ({ ...state, status: 'cancelled', cancelledAt })),
  OrderCompleted: once((state, { completedAt }) => ({ ...state, status: 'completed', completedAt })),
};

export const orderStates = kindOf<StateOf<typeof OrderState>, OrderEvent>(OrderState, {
  hears: Topics.order,
  keyOf: (data) => ('orderId' in data ? data.orderId : undefined),
  folds,
});
