import type { Cost } from '@cartage/contracts';
import { Refused, type DataOf, type Named } from '@cartage/eventsourcing';
import { withLevels, type StockFacts } from './book';
import type { StockEvent } from './events';
import { MAX_UNITS, type Stock } from './stock';

type At = Required<Pick<Stock, 'sku' | 'location'>>;

/** Changes of stock that no order asks for. */
export type StockCommand =
  | {
      readonly type: 'ReceiveStock';
      readonly data: At & { readonly quantity: number; readonly cost?: Cost; readonly reference?: string; readonly now: string };
    }
  | {
      readonly type: 'AdjustStock';
      readonly data: At & {
        readonly quantity: number;
        readonly cause: string;
        readonly detail?: string;
        readonly reference?: string;
        readonly now: string;
      };
    }
  | {
      readonly type: 'RecordCount';
      readonly data: At & Omit<DataOf<StockEvent, 'StockCounted'>, 'sku' | 'location' | 'bookedAt'> & { readonly now: string };
    }
  | {
      readonly type: 'TransferStock';
      readonly data: At &
        Pick<DataOf<StockEvent, 'StockTransferred'>, 'transferId' | 'direction' | 'from' | 'to' | 'cause' | 'quantity'> & {
          readonly now: string;
        };
    }
  | {
      readonly type: 'DisposeStock';
      readonly data: At &
        Pick<DataOf<StockEvent, 'StockDisposed'>, 'disposalId' | 'outcome' | 'reason' | 'proceeds' | 'quantity'> & { readonly now: string };
    }
  | { readonly type: 'HoldBackStock'; readonly data: At & { readonly safetyStock: number; readonly now: string } };

/** A location says of so many units, or of all that nobody else is to be sent from there, that they are not there. */
export type WriteOff = Named<
  'WriteOffStock',
  At & { readonly quantity: number | 'all'; readonly detail: string; readonly reference: string; readonly now: string }
>;

/** No more can be lost than is there; what others are to be sent from there is theirs until it is found missing itself. */
export const asAdjusted = (command: StockCommand | WriteOff, stock: StockFacts): readonly StockCommand[] => {
  if (command.type !== 'WriteOffStock') return [command];
  const { onHand = 0, allocated = 0 } = stock.at(command.data) ?? {};
  const { quantity: wanted, ...data } = command.data;
  const lost = Math.min(onHand, wanted === 'all' ? onHand - allocated : wanted);
  return lost > 0 ? [{ type: 'AdjustStock', data: { ...data, quantity: -lost, cause: 'loss' } }] : [];
};
type ByPart = Extract<StockCommand, { readonly type: 'ReceiveStock' | 'AdjustStock' }>;
const isByPart = (command: StockCommand): command is ByPart => command.type === 'ReceiveStock' || command.type === 'AdjustStock';

/** A kit has no stock of its own: what comes, or is lost, of it comes and is lost part by part. */
export const byPart = (command: StockCommand, stock: StockFacts): readonly StockCommand[] => {
  const kit = stock.kitOf(command.data.sku);
  if (!kit) return [command];
  // What left before it was described as a kit comes as what it was.
  if (command.type === 'TransferStock' && command.data.direction !== 'out') return [command];
  if (!isByPart(command) || hasCost(command)) throw hasNoStock(command.data.sku);
  return kit.map(({ sku, quantity }) => ofPart(command, { sku, quantity: quantity * command.data.quantity }));
};

/** Nobody can say which of its parts cost what of it. */
const hasCost = ({ data }: ByPart): boolean => 'cost' in data && data.cost !== undefined;

const ofPart = (command: ByPart, part: { readonly sku: string; readonly quantity: number }): StockCommand =>
  command.type === 'ReceiveStock'
    ? { type: 'ReceiveStock', data: { ...command.data, ...part } }
    : { type: 'AdjustStock', data: { ...command.data, ...part } };

export const hasNoStock = (sku: string): Refused => {
  const message = `${sku} is a kit and has no stock of its own: name its parts.`;
  return new Refused('KIT_HAS_NO_STOCK', message, 'invalid', [{ field: 'sku', code: 'KIT_HAS_NO_STOCK', message }]);
};

type Decisions = {
  readonly [Type in StockCommand['type']]: (
    data: Extract<StockCommand, { readonly type: Type }>['data'],
    stock: StockFacts,
  ) => StockEvent | undefined;
};

/** Judges by the rows at hand: the stream has no state of its own. */
export const decideStock = ({ type, data }: StockCommand, stock: StockFacts): readonly StockEvent[] => {
  const event = (decisions[type] as (data: StockCommand['data'], stock: StockFacts) => StockEvent | undefined)(data, stock);
  if (!event) return [];
  return [event.type === 'StockCounted' ? event : withLevels(stock, event)];
};

const received = ({ now, ...data }: Extract<StockCommand, { type: 'ReceiveStock' }>['data'], stock: StockFacts): StockEvent => {
  requireRoom(data, data.quantity, stock);
  return { type: 'StockReceived', data: { ...data, levels: [], receivedAt: now } };
};

const adjusted = ({ now, ...data }: Extract<StockCommand, { type: 'AdjustStock' }>['data'], stock: StockFacts): StockEvent => {
  requireRoom(data, data.quantity, stock);
  requireThere(data, data.quantity, stock);
  return { type: 'StockAdjusted', data: { ...data, levels: [], adjustedAt: now } };
};

const heldBack = ({ now, ...data }: Extract<StockCommand, { type: 'HoldBackStock' }>['data'], stock: StockFacts): StockEvent | undefined =>
  stock.at(data)?.safetyStock === data.safetyStock
    ? undefined
    : { type: 'SafetyStockChanged', data: { ...data, levels: [], changedAt: now } };

const transferred = ({ now, ...data }: Extract<StockCommand, { type: 'TransferStock' }>['data'], stock: StockFacts): StockEvent => {
  if (data.direction === 'out') requireFree(data, data.quantity, stock);
  if (data.direction === 'in') requireRoom(data, data.quantity, stock);
  return { type: 'StockTransferred', data: { ...data, levels: [], transferredAt: now } };
};

const disposed = ({ now, ...data }: Extract<StockCommand, { type: 'DisposeStock' }>['data'], stock: StockFacts): StockEvent => {
  const setAside = stock.at(data)?.unavailable ?? 0;
  if (setAside < data.quantity)
    throw new Refused(
      'STOCK_INSUFFICIENT',
      `${data.location} has ${setAside} units of ${data.sku} that are not fit to be sold; not ${data.quantity}.`,
    );
  if (data.outcome === 'refurbished') requireRoom(data, data.quantity, stock);
  return { type: 'StockDisposed', data: { ...data, levels: [], disposedAt: now } };
};

const decisions: Decisions = {
  ReceiveStock: received,
  AdjustStock: adjusted,
  HoldBackStock: heldBack,
  RecordCount: ({ now, ...data }) => ({ type: 'StockCounted', data: { ...data, bookedAt: now } }),
  TransferStock: transferred,
  DisposeStock: disposed,
};

/** What is promised stays where it is, at the location or, while no location is named yet, on the network. */
const requireFree = (cell: At, quantity: number, stock: StockFacts): void => {
  const { onHand = 0, allocated = 0, active = false } = stock.at(cell) ?? {};
  const network = stock.over(cell.sku);
  const free = Math.min(onHand - allocated, active ? network.onHand - network.allocated - network.reserved : onHand);
  if (quantity <= free) return;
  throw new Refused(
    'STOCK_PROMISED',
    `${cell.location} has ${onHand} units of ${cell.sku}, of which ${Math.max(0, free)} are promised to nobody; ${quantity} cannot go.`,
  );
};

const requireRoom = ({ sku, location }: At, quantity: number, stock: StockFacts): void => {
  if (Math.max(stock.over(sku).onHand, stock.at({ sku, location })?.onHand ?? 0) + quantity <= MAX_UNITS) return;
  throw new Refused('STOCK_TOO_LARGE', `More than ${MAX_UNITS} units of ${sku} cannot be kept.`, 'invalid');
};

/** A loss is a fact, whoever has a claim on the units; but more than is there cannot be lost. */
const requireThere = (cell: At, quantity: number, stock: StockFacts): void => {
  const onHand = stock.at(cell)?.onHand ?? 0;
  if (onHand + quantity >= 0) return;
  throw new Refused('STOCK_INSUFFICIENT', `${cell.location} has ${onHand} units of ${cell.sku}; ${-quantity} cannot go.`);
};
