import type { InventoryEvent as Public, Reason } from '@cartage/contracts';
import { evolving, Refused, type Named } from '@cartage/eventsourcing';
import type { Supply } from './supply';

export interface TransferUnits {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
}

export interface LostUnits extends TransferUnits {
  readonly cause: string;
}

/** What is sent and has neither come nor been lost is on its way: at no location, and nobody can buy it. */
export interface TransferLine extends TransferUnits {
  /** What left, which may be less than was planned. */
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
}

/** `closed`: what was sent has come, or is lost. */
export interface Transfer {
  readonly status: 'none' | 'planned' | 'in-transit' | 'closed' | 'cancelled';
  readonly transferId: string;
  readonly from: string;
  readonly to: string;
  readonly reference?: string;
  readonly lines: readonly TransferLine[];
  /** When it is expected at `to`; absent: nobody knows. */
  readonly expectedAt?: string;
  /** It should have come by now. */
  readonly overdue: boolean;
  readonly plannedAt: string;
  readonly dispatchedAt?: string;
  /** Grows with every fact. */
  readonly revision: number;
}

export type TransferPlanned = Named<
  'TransferPlanned',
  {
    readonly transferId: string;
    readonly from: string;
    readonly to: string;
    readonly reference?: string;
    readonly lines: readonly TransferUnits[];
    readonly expectedAt?: string;
    readonly plannedAt: string;
  }
>;
/** Stock is booked by `StockTransferred`. */
export type TransferDispatched = Named<
  'TransferDispatched',
  { readonly transferId: string; readonly lines: readonly TransferUnits[]; readonly expectedAt?: string; readonly dispatchedAt: string }
>;
/** It comes at another time; absent: nobody knows when. */
export type TransferRescheduled = Named<
  'TransferRescheduled',
  { readonly transferId: string; readonly expectedAt?: string; readonly reason: Reason; readonly rescheduledAt: string }
>;
export type TransferReceived = Named<
  'TransferReceived',
  {
    readonly transferId: string;
    readonly receiptId: string;
    readonly lines: readonly TransferUnits[];
    readonly lost: readonly LostUnits[];
    readonly receivedAt: string;
  }
>;
export type TransferCancelled = Named<
  'TransferCancelled',
  { readonly transferId: string; readonly reason: Reason; readonly cancelledAt: string }
>;

/** Stream `transfer-<transferId>`. */
export type TransferEvent =
  | TransferPlanned
  | TransferDispatched
  | TransferRescheduled
  | TransferReceived
  | TransferCancelled
  | Extract<Public, { readonly type: 'SupplyOverdue' }>;

export const inTransitOf = ({ sent, received, lost }: TransferLine): number => sent - received - lost;

export const noTransfer = (transferId: string): Transfer => ({
  ...{ status: 'none', transferId, from: '', to: '', lines: [], overdue: false, plannedAt: '', revision: 0 },
});

const expected = ({ expectedAt }: { readonly expectedAt?: string }): Pick<Transfer, 'expectedAt'> =>
  expectedAt === undefined ? {} : { expectedAt };

const unitsOf = (lines: readonly TransferUnits[], lineId: string): number =>
  lines.reduce((units, line) => (line.lineId === lineId ? units + line.quantity : units), 0);

const ended = (transfer: Transfer): Transfer =>
  transfer.lines.every((line) => inTransitOf(line) === 0) ? { ...transfer, status: 'closed' } : transfer;

export const evolveTransfer = evolving<Transfer, TransferEvent>({
  TransferPlanned: (_, { lines, ...planned }) => ({
    ...planned,
    ...{ status: 'planned', overdue: false, revision: 1 },
    lines: lines.map((line) => ({ ...line, sent: 0, received: 0, lost: 0 })),
  }),
  TransferDispatched: ({ expectedAt: _, ...transfer }, { lines, dispatchedAt, ...data }) => ({
    ...{ ...transfer, ...expected(data), dispatchedAt },
    ...{ status: 'in-transit', revision: transfer.revision + 1 },
    lines: transfer.lines.map((line) => ({ ...line, sent: unitsOf(lines, line.lineId) })),
  }),
  TransferRescheduled: ({ expectedAt: _, ...transfer }, data) => ({
    ...{ ...transfer, ...expected(data) },
    ...{ overdue: false, revision: transfer.revision + 1 },
  }),
  TransferReceived: (transfer, { lines, lost }) =>
    ended({
      ...transfer,
      revision: transfer.revision + 1,
      lines: transfer.lines.map((line) => ({
        ...line,
        received: line.received + unitsOf(lines, line.lineId),
        lost: line.lost + unitsOf(lost, line.lineId),
      })),
    }),
  TransferCancelled: (transfer) => ({ ...transfer, status: 'cancelled', revision: transfer.revision + 1 }),
  SupplyOverdue: (transfer) => ({ ...transfer, overdue: true, revision: transfer.revision + 1 }),
});

/** What is on its way, and may be promised to those who wait. Before it leaves it can be sold where it is. */
export const supplyOfTransfer = ({ status, transferId, to, lines, overdue, ...transfer }: Transfer): readonly Supply[] =>
  status === 'in-transit'
    ? lines
        .map((line) => ({
          ...{ source: 'transfer' as const, reference: transferId, lineId: line.lineId, sku: line.sku, location: to },
          ...{ ...expected(transfer), units: inTransitOf(line), overdue },
        }))
        .filter(({ units }) => units > 0)
    : [];

export const unknownTransfer = (transferId: string): Refused =>
  new Refused('TRANSFER_UNKNOWN', `There is no transfer ${transferId}.`, 'unknown');
