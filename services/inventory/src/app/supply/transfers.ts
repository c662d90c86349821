import type { Reason } from '@cartage/contracts';
import type { Deadlines, Meta, OnDue } from '@cartage/eventsourcing';
import type { StockCommand } from '../../domain/adjusting';
import { notOurs, SUPPLIER } from '../../domain/location';
import type { Supply } from '../../domain/supply/supply';
import {
  inTransitOf,
  supplyOfTransfer,
  unknownTransfer,
  type LostUnits,
  type Transfer,
  type TransferEvent,
  type TransferLine,
} from '../../domain/supply/transfer';
import { transfer, type NamedUnits, type TransferCommand } from '../../domain/supply/transferring';
import type { DraftingNeeds } from '../drafting';
import { lockingMore, type More } from '../locking';
import { againWhenRaced } from '../racing';
import { carriedOnce, type Carried } from '../requests';
import { bookSupply, type SupplyDocument } from './booking';
import type { SupplyLedger, SupplyTransaction } from './supply-ledger';

export interface ShownTransfer extends Omit<Transfer, 'lines' | 'status'> {
  readonly status: Exclude<Transfer['status'], 'none'>;
  readonly lines: readonly (TransferLine & { readonly inTransit: number })[];
}

export interface TransfersQuery {
  readonly status?: string | undefined;
  /** At either end. */
  readonly location?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The reading port. */
export interface TransferReading {
  find(transferId: string): Promise<Transfer | undefined>;
  /** Of a location; nothing where nobody knows it. */
  kindOf(location: string): Promise<string | undefined>;
  /** In the order in which they were planned. */
  list(query: TransfersQuery): Promise<readonly Transfer[]>;
}

export interface TransferPlan {
  readonly from: string;
  readonly to: string;
  readonly reference?: string | undefined;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly expectedAt?: string | undefined;
}

export interface TransferReceipt {
  readonly transferId: string;
  readonly lines: readonly NamedUnits[];
  readonly lost: readonly Omit<LostUnits, 'sku'>[];
}

export type CarriedTransfer = Carried<ShownTransfer>;

/** Goods that go from one location to another. */
export interface Transfers {
  readonly plan: (plan: TransferPlan, meta: Meta) => Promise<CarriedTransfer>;
  readonly dispatch: (
    sending: { readonly transferId: string; readonly lines?: readonly NamedUnits[] | undefined; readonly expectedAt?: string | undefined },
    meta: Meta,
  ) => Promise<CarriedTransfer>;
  readonly reschedule: (
    to: { readonly transferId: string; readonly expectedAt?: string | undefined; readonly reason: Reason },
    meta: Meta,
  ) => Promise<CarriedTransfer>;
  readonly receive: (receipt: TransferReceipt, meta: Meta) => Promise<CarriedTransfer>;
  readonly cancel: (of: { readonly transferId: string; readonly reason: Reason }, meta: Meta) => Promise<CarriedTransfer>;
  readonly get: (transferId: string) => Promise<ShownTransfer>;
  readonly list: (query: TransfersQuery) => Promise<readonly ShownTransfer[]>;
  readonly onDue: OnDue;
}

export interface TransfersNeeds extends DraftingNeeds {
  readonly ledger: SupplyLedger;
  readonly reading: TransferReading;
  readonly deadlines: Pick<Deadlines, 'set'>;
  /** How long after its time goods may come before they are overdue. */
  readonly graceMs: number;
  readonly now: () => Date;
}

const shown = ({ status, ...state }: Transfer): ShownTransfer => {
  if (status === 'none') throw unknownTransfer(state.transferId);
  return { ...state, status, lines: state.lines.map((line) => ({ ...line, inTransit: inTransitOf(line) })) };
};

type Moved = Extract<TransferEvent, { readonly type: 'TransferDispatched' | 'TransferReceived' }>;
const isMove = (event: TransferEvent): event is Moved => event.type === 'TransferDispatched' || event.type === 'TransferReceived';

/** What left, what came, and what is lost: the last touches no shelf, and is told where it was expected. */
const stockBy = ({ from, to, transferId }: Transfer, event: Moved): readonly StockCommand[] => {
  const about = { transferId, from, to };
  if (event.type === 'TransferDispatched')
    return event.data.lines.map(({ sku, quantity }) => ({
      type: 'TransferStock',
      data: { ...about, sku, quantity, location: from, direction: 'out', now: event.data.dispatchedAt },
    }));
  const { lines, lost, receivedAt: now } = event.data;
  return [
    ...lines.map(({ sku, quantity }) => ({ sku, quantity, direction: 'in' })),
    ...lost.map(({ sku, quantity, cause }) => ({ sku, quantity, cause, direction: 'lost' })),
  ].map((units) => ({ type: 'TransferStock', data: { ...about, ...units, location: to, now } }));
};

const cameBy = (event: Moved, before: Transfer): readonly Supply[] => {
  if (event.type === 'TransferDispatched') return [];
  const quantities = new Map(event.data.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  return supplyOfTransfer(before).flatMap((each) => {
    const units = quantities.get(each.lineId);
    return units === undefined ? [] : [{ ...each, units }];
  });
};

const documentOf = (transferId: string): SupplyDocument<TransferCommand, Transfer, TransferEvent> => ({
  stream: `transfer-${transferId}`,
  decider: transfer(transferId),
  supplyOf: (state) => ({ source: 'transfer', reference: transferId, supply: supplyOfTransfer(state) }),
  cellsOf: ({ from, to, lines }) => lines.flatMap(({ sku }) => [from, to].map((location) => ({ sku, location }))),
  stockOf: (events, state) => events.filter(isMove).flatMap((event) => stockBy(state, event)),
  cameBy: (events, before) => events.filter(isMove).flatMap((event) => cameBy(event, before)),
  write: (transaction, state) => transaction.writeTransfer(state),
});

const overdue: Reason = { code: 'supply-overdue', detail: 'The goods did not come in time.', by: 'system' };
const underWay: Reason = { code: 'transfer', detail: 'Goods move between locations.', by: 'system' };

const reasonOf = (command: TransferCommand): Reason => {
  if ('reason' in command.data) return command.data.reason;
  return command.type === 'MissTransfer' ? overdue : underWay;
};

const decide = (
  needs: TransfersNeeds,
  transaction: SupplyTransaction,
  command: TransferCommand,
  { meta, more }: { readonly meta: Meta; readonly more: More },
) =>
  bookSupply(needs, transaction, documentOf(command.data.transferId), {
    ...{ command, meta, more },
    ...{ now: command.data.now, reason: reasonOf(command) },
  });

/** A request, which is answered as the first time. */
const carried = (needs: TransfersNeeds, command: TransferCommand, meta: Meta): Promise<CarriedTransfer> =>
  againWhenRaced(() =>
    lockingMore((more) =>
      needs.ledger.transaction((transaction) =>
        carriedOnce(transaction, meta, async () => {
          const { state, landed } = await decide(needs, transaction, command, { meta, more });
          return { answer: shown(state), landed };
        }),
      ),
    ),
  );

export const createTransfers = (needs: TransfersNeeds): Transfers => {
  const now = (): string => needs.now().toISOString();
  const get = async (transferId: string): Promise<Transfer> => {
    const found = await needs.reading.find(transferId);
    if (!found) throw unknownTransfer(transferId);
    return found;
  };
  return {
    plan: async ({ lines, ...plan }, meta) => {
      for (const end of ['from', 'to'] as const) if ((await needs.reading.kindOf(plan[end])) === SUPPLIER) throw notOurs(plan[end], end);
      const numbered = lines.map(({ sku, quantity }, i) => ({ lineId: String(i + 1), sku, quantity }));
      return carried(needs, { type: 'PlanTransfer', data: { ...plan, transferId: needs.newId(), lines: numbered, now: now() } }, meta);
    },
    dispatch: async (sending, meta) => {
      const expectedAt = sending.expectedAt ?? (await get(sending.transferId)).expectedAt;
      await watchDate(needs, { transferId: sending.transferId, expectedAt }, meta);
      return carried(needs, { type: 'DispatchTransfer', data: { ...sending, now: now() } }, meta);
    },
    reschedule: async (to, meta) => {
      await watchDate(needs, to, meta);
      return carried(needs, { type: 'RescheduleTransfer', data: { ...to, now: now() } }, meta);
    },
    receive: (receipt, meta) =>
      carried(needs, { type: 'ReceiveTransfer', data: { ...receipt, receiptId: needs.newId(), now: now() } }, meta),
    cancel: (of, meta) => carried(needs, { type: 'CancelTransfer', data: { ...of, now: now() } }, meta),
    get: async (transferId) => shown(await get(transferId)),
    list: async (query) => (await needs.reading.list(query)).map(shown),
    onDue: async ({ name, data }, meta) => {
      if (name !== TRANSFER_OVERDUE) return;
      const command: TransferCommand = { type: 'MissTransfer', data: { ...(data as Missed), now: now() } };
      await againWhenRaced(() =>
        lockingMore((more) => needs.ledger.transaction((transaction) => decide(needs, transaction, command, { meta, more }))),
      );
    },
  };
};

const TRANSFER_OVERDUE = 'TransferOverdue';

interface Missed {
  readonly transferId: string;
  readonly expectedAt: string;
}

/** Set before anything is written: a date that does not hold in the end misses nobody, and one that does is never forgotten. */
const watchDate = async (
  { deadlines, graceMs }: Pick<TransfersNeeds, 'deadlines' | 'graceMs'>,
  { transferId, expectedAt }: { readonly transferId: string; readonly expectedAt?: string | undefined },
  { commandId, correlationId, preview }: Meta,
): Promise<void> => {
  if (preview || expectedAt === undefined) return;
  await deadlines.set({
    id: `transfer-${transferId}-${expectedAt}-${commandId}`,
    stream: `transfer-${transferId}`,
    name: TRANSFER_OVERDUE,
    dueAt: new Date(Date.parse(expectedAt) + graceMs).toISOString(),
    data: { transferId, expectedAt },
    correlationId,
  });
};
