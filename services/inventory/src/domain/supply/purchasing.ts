import { costOfUnits, type Cost, type Reason } from '@cartage/contracts';
import { deciding, Refused, requireRevision, type Decider, type FieldError, type Named } from '@cartage/eventsourcing';
import {
  comingTo,
  evolvePurchaseOrder,
  noPurchaseOrder,
  outstandingOf,
  unknownPurchaseOrder,
  type OrderedLine,
  type PurchaseOrder,
  type PurchaseOrderEvent,
  type PurchaseOrderLine,
  type SuppliedUnits,
} from './purchase-order';

interface About {
  readonly purchaseOrder: string;
  readonly now: string;
}

/** Lines as they are ordered now. `whole`: those that are not named will not come. */
export type OrderSupply = Named<
  'OrderSupply',
  About & {
    readonly supplier?: string | undefined;
    readonly lines: readonly OrderedLine[];
    readonly whole: boolean;
    readonly reason: Reason;
    /** The revision that the caller saw, if they said so. */
    readonly ifRevision?: number | undefined;
  }
>;
/** Units of a line that came. `cost`: what they cost, if it is another than was agreed. */
export interface ReceivedUnits {
  readonly lineId: string;
  readonly quantity: number;
  readonly cost?: Cost | undefined;
}

/** Goods came, as many as there are. `final`: of these lines no more will come. */
export type ReceiveSupply = Named<
  'ReceiveSupply',
  About & {
    readonly receiptId: string;
    readonly lines: readonly ReceivedUnits[];
    readonly final: boolean;
    readonly reason: Reason;
    /** Whoever books it works at these locations only: for them there are no other lines. */
    readonly at?: ReadonlySet<string> | undefined;
  }
>;
/** What has not come of these lines, or of all, will not come. */
export type CloseSupply = Named<'CloseSupply', About & { readonly lineIds?: readonly string[] | undefined; readonly reason: Reason }>;
/** The day on which lines were expected is over. */
export type MissSupply = Named<'MissSupply', About & { readonly expectedAt: string }>;

export type PurchaseOrderCommand = OrderSupply | ReceiveSupply | CloseSupply | MissSupply;

type Facts = readonly PurchaseOrderEvent[];

export const purchaseOrder = (number: string): Decider<PurchaseOrderCommand, PurchaseOrder, PurchaseOrderEvent> => ({
  initial: noPurchaseOrder(number),
  evolve: evolvePurchaseOrder,
  decide: deciding<PurchaseOrderCommand, PurchaseOrder, PurchaseOrderEvent>({
    OrderSupply: (data, order) => {
      requireRevision('The purchase order', order.revision, data.ifRevision);
      requireRight(data.lines, order);
      return [...changed(data, order), ...(data.whole ? takenAway(data, order) : [])];
    },
    ReceiveSupply: (data, order) => {
      const mine = comingTo(order, data.at);
      requireKnown(mine);
      const lines = named(data.lines, mine);
      const { purchaseOrder: about, receiptId, now } = data;
      const received: PurchaseOrderEvent = {
        type: 'PurchaseOrderReceived',
        data: { purchaseOrder: about, receiptId, lines, receivedAt: now },
      };
      const after = evolvePurchaseOrder(order, received);
      return [received, ...(data.final ? closed(data, after, new Set(lines.map(({ lineId }) => lineId))) : [])];
    },
    CloseSupply: (data, order) => {
      requireKnown(order);
      if (data.lineIds) named(toEach(data.lineIds), order);
      return closed(data, order, new Set(data.lineIds ?? order.lines.map(({ lineId }) => lineId)));
    },
    MissSupply: ({ purchaseOrder: reference, expectedAt, now }, { lines }) =>
      lines
        .filter((line) => line.expectedAt === expectedAt && !line.overdue && outstandingOf(line) > 0)
        .map((line) => {
          const data = { source: 'purchase-order', reference, ...unitsOf(line, outstandingOf(line)), expectedAt, overdueAt: now };
          return { type: 'SupplyOverdue', data };
        }),
  }),
});

const toEach = (lineIds: readonly string[]): readonly ReceivedUnits[] => lineIds.map((lineId) => ({ lineId, quantity: 0 }));

/** A line that was left out is said anew, however it is said. */
const isSame = (one: PurchaseOrderLine | undefined, other: OrderedLine): boolean =>
  one?.sku === other.sku &&
  one.leftOut === undefined &&
  one.location === other.location &&
  one.quantity === other.quantity &&
  one.expectedAt === other.expectedAt &&
  costsTheSame(one.cost, other.cost);

const costsTheSame = (one: Cost | undefined, other: Cost | undefined): boolean =>
  one?.amount === other?.amount && one?.currency === other?.currency;

const changed = ({ purchaseOrder: about, lines, now, whole, ...asked }: OrderSupply['data'], order: PurchaseOrder): Facts => {
  const supplier = asked.supplier ?? (whole ? undefined : order.supplier);
  const before = new Map(order.lines.map((line) => [line.lineId, line]));
  const changes = lines.filter((line) => !isSame(before.get(line.lineId), line));
  if (changes.length === 0 && supplier === order.supplier) return [];
  const insteadOf = changes.flatMap(({ lineId, sku }) => {
    const was = before.get(lineId)?.sku ?? sku;
    return was === sku ? [] : [was];
  });
  const said = { ...(supplier === undefined ? {} : { supplier }), lines: changes, ...(insteadOf.length > 0 ? { insteadOf } : {}) };
  return [{ type: 'PurchaseOrderChanged', data: { purchaseOrder: about, ...said, changedAt: now } }];
};

const takenAway = ({ lines, ...data }: OrderSupply['data'], order: PurchaseOrder): Facts => {
  const kept = new Set(lines.map(({ lineId }) => lineId));
  const others = new Set(order.lines.flatMap(({ lineId }) => (kept.has(lineId) ? [] : [lineId])));
  return closed({ ...data, leftOut: true }, order, others);
};

const closed = (
  { purchaseOrder: about, reason, leftOut, now }: About & { readonly reason: Reason; readonly leftOut?: true },
  order: PurchaseOrder,
  lineIds: ReadonlySet<string>,
): Facts => {
  const lines = order.lines
    .filter(({ lineId }) => lineIds.has(lineId))
    .map((line) => unitsOf(line, outstandingOf(line)))
    .filter(({ quantity }) => quantity > 0);
  const data = { purchaseOrder: about, lines, ...(leftOut ? { leftOut } : {}), reason, closedAt: now };
  return lines.length > 0 ? [{ type: 'PurchaseOrderClosed', data }] : [];
};

const unitsOf = ({ lineId, sku, location }: PurchaseOrderLine, quantity: number): SuppliedUnits => ({ lineId, sku, location, quantity });

const requireKnown = ({ purchaseOrder: about, lines, revision }: PurchaseOrder): void => {
  if (revision === 0 || lines.length === 0) throw unknownPurchaseOrder(about);
};

const refuse = (code: string, message: string, faults: readonly Omit<FieldError, 'code'>[]): void => {
  if (faults.length === 0) return;
  const said = faults.map((fault) => `${fault.field}: ${fault.message}.`).join(' ');
  throw new Refused(
    code,
    `${message} ${said}`,
    'invalid',
    faults.map((fault) => ({ ...fault, code })),
  );
};

/** Lines of the order; a line that is named twice is meant once, with all its units. */
const named = (lines: ReceiveSupply['data']['lines'], order: PurchaseOrder): readonly SuppliedUnits[] => {
  const known = new Map(order.lines.map((line) => [line.lineId, line]));
  const faults = lines.flatMap(({ lineId }, i) =>
    known.has(lineId) ? [] : [{ field: `lines[${i}].lineId`, message: 'is no line of this purchase order' }],
  );
  refuse('LINE_UNKNOWN', 'Nothing was done.', faults);
  return [...togetherByLine(lines).values()].flatMap(({ lineId, quantity, cost }) => {
    const line = known.get(lineId);
    const came = cost ?? (line && agreedCost(line, quantity));
    return line ? [{ ...unitsOf(line, quantity), ...(came ? { cost: came } : {}) }] : [];
  });
};

const togetherByLine = (lines: ReceiveSupply['data']['lines']): ReadonlyMap<string, ReceivedUnits> => {
  const units = new Map<string, ReceivedUnits>();
  for (const line of lines) {
    const before = units.get(line.lineId);
    units.set(line.lineId, before ? { ...before, quantity: before.quantity + line.quantity, cost: costTogether(before, line) } : line);
  }
  return units;
};

/** Where a line is named twice. */
const costTogether = ({ lineId, cost: one }: ReceivedUnits, { cost: other }: ReceivedUnits): Cost | undefined => {
  if (one?.currency === other?.currency) return one && other && { amount: one.amount + other.amount, currency: one.currency };
  throw new Refused('COST_UNCLEAR', `Line ${lineId} is named twice: say its cost once, for all of its units.`, 'invalid', [
    { field: 'lines', code: 'COST_UNCLEAR', message: `say the cost of line ${lineId} once, for all of its units` },
  ]);
};

/** What more units bear of what the line costs: also those beyond what was ordered. */
const agreedCost = ({ cost, received, quantity: of }: PurchaseOrderLine, units: number): Cost | undefined =>
  cost && { amount: costOfUnits(cost.amount, { before: received, units, of }), currency: cost.currency };

/** What came of a line came as what it was and to where it was ordered. */
const requireRight = (lines: readonly OrderedLine[], order: PurchaseOrder): void => {
  const before = new Map(order.lines.map((line) => [line.lineId, line]));
  const first = new Map(lines.map(({ lineId }, i) => [lineId, i] as const).reverse());
  refuse(
    'PURCHASE_ORDER_INVALID',
    'The purchase order cannot be so.',
    lines.flatMap((line, i) => {
      if (first.get(line.lineId) !== i) return [{ field: `lines[${i}].lineId`, message: 'stands in the order already' }];
      return faultsOf(line, before.get(line.lineId)).map(({ field, message }) => ({ field: `lines[${i}].${field}`, message }));
    }),
  );
};

const faultsOf = (line: OrderedLine, before: PurchaseOrderLine | undefined): readonly Omit<FieldError, 'code'>[] => {
  if (!before || before.received === 0) return [];
  const came = `${before.received} units of ${before.sku} came to ${before.location} already`;
  if (line.sku !== before.sku) return [{ field: 'sku', message: `cannot change: ${came}. Order the other on a line of its own` }];
  if (line.location !== before.location)
    return [{ field: 'location', message: `cannot change: ${came}. Order the rest on a line of its own` }];
  return line.quantity < before.received ? [{ field: 'quantity', message: `cannot be less than came: ${came}` }] : [];
};
