import type { Reason } from '@cartage/contracts';
import { deciding, Refused, type Decider, type FieldError, type Named } from '@cartage/eventsourcing';
import {
  evolveTransfer,
  inTransitOf,
  noTransfer,
  unknownTransfer,
  type LostUnits,
  type Transfer,
  type TransferEvent,
  type TransferLine,
  type TransferUnits,
} from './transfer';

interface About {
  readonly transferId: string;
  readonly now: string;
}
/** Units of a line, as somebody names it. */
export type NamedUnits = Omit<TransferUnits, 'sku'>;

export type PlanTransfer = Named<
  'PlanTransfer',
  About & {
    readonly from: string;
    readonly to: string;
    readonly reference?: string | undefined;
    readonly lines: readonly TransferUnits[];
    readonly expectedAt?: string | undefined;
  }
>;
/** It leaves: all of it, or as many units as are named. */
export type DispatchTransfer = Named<
  'DispatchTransfer',
  About & { readonly lines?: readonly NamedUnits[] | undefined; readonly expectedAt?: string | undefined }
>;
export type RescheduleTransfer = Named<'RescheduleTransfer', About & { readonly expectedAt?: string | undefined; readonly reason: Reason }>;
/** So much of it came, and so much never will. */
export type ReceiveTransfer = Named<
  'ReceiveTransfer',
  About & {
    readonly receiptId: string;
    readonly lines: readonly NamedUnits[];
    readonly lost: readonly Omit<LostUnits, 'sku'>[];
  }
>;
export type CancelTransfer = Named<'CancelTransfer', About & { readonly reason: Reason }>;
/** The day on which it was expected is over. */
export type MissTransfer = Named<'MissTransfer', About & { readonly expectedAt: string }>;

export type TransferCommand = PlanTransfer | DispatchTransfer | RescheduleTransfer | ReceiveTransfer | CancelTransfer | MissTransfer;

type Facts = readonly TransferEvent[];

const expected = (expectedAt: string | undefined): { readonly expectedAt?: string } => (expectedAt === undefined ? {} : { expectedAt });

export const transfer = (transferId: string): Decider<TransferCommand, Transfer, TransferEvent> => ({
  initial: noTransfer(transferId),
  evolve: evolveTransfer,
  decide: deciding<TransferCommand, Transfer, TransferEvent>({
    PlanTransfer: (data, { status }) => (status === 'none' ? [planned(data)] : []),
    DispatchTransfer: (data, state) => [dispatched(data, state)],
    RescheduleTransfer: ({ expectedAt, reason, now }, state) => {
      requireStatus(state, 'in-transit');
      if (expectedAt === state.expectedAt && !state.overdue) return [];
      return [{ type: 'TransferRescheduled', data: { transferId, ...expected(expectedAt), reason, rescheduledAt: now } }];
    },
    ReceiveTransfer: (data, state) => [received(data, state)],
    CancelTransfer: ({ reason, now }, state) => {
      if (state.status === 'cancelled') return [];
      requireStatus(state, 'planned');
      return [{ type: 'TransferCancelled', data: { transferId, reason, cancelledAt: now } }];
    },
    MissTransfer: (data, state) => missed(data, state),
  }),
});

const planned = ({ transferId, from, to, reference, lines, expectedAt, now }: PlanTransfer['data']): TransferEvent => {
  refuse('TRANSFER_INVALID', from === to ? [{ field: 'to', message: 'is where the goods are already' }] : []);
  const said = reference === undefined ? {} : { reference };
  return { type: 'TransferPlanned', data: { transferId, from, to, ...said, lines, ...expected(expectedAt), plannedAt: now } };
};

const dispatched = ({ transferId, lines, expectedAt, now }: DispatchTransfer['data'], state: Transfer): TransferEvent => {
  requireStatus(state, 'planned');
  const all = state.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  const sent = lines ? named(lines, state, { field: 'lines', most: ({ quantity }) => quantity, what: 'were planned' }) : all;
  const at = expected(expectedAt ?? state.expectedAt);
  return { type: 'TransferDispatched', data: { transferId, lines: sent, ...at, dispatchedAt: now } };
};

const received = ({ transferId, receiptId, lines, lost, now }: ReceiveTransfer['data'], state: Transfer): TransferEvent => {
  requireStatus(state, 'in-transit');
  const limit = { most: inTransitOf, what: 'are on their way' };
  const came = named(lines, state, { ...limit, field: 'lines' });
  const left = (line: TransferLine): number => inTransitOf(line) - unitsOf(came, line.lineId);
  const gone = named(lost, state, { ...limit, most: left, field: 'lost' });
  const causes = new Map(lost.map(({ lineId, cause }) => [lineId, cause]));
  const missing = gone.map((line) => ({ ...line, cause: causes.get(line.lineId) ?? 'loss' }));
  return { type: 'TransferReceived', data: { transferId, receiptId, lines: came, lost: missing, receivedAt: now } };
};

const missed = ({ transferId, expectedAt, now }: MissTransfer['data'], state: Transfer): Facts => {
  if (state.status !== 'in-transit' || state.overdue || state.expectedAt !== expectedAt) return [];
  return state.lines
    .filter((line) => inTransitOf(line) > 0)
    .map((line) => ({
      type: 'SupplyOverdue',
      data: {
        ...{ source: 'transfer', reference: transferId, lineId: line.lineId, sku: line.sku, location: state.to },
        ...{ quantity: inTransitOf(line), expectedAt, overdueAt: now },
      },
    }));
};

const unitsOf = (lines: readonly NamedUnits[], lineId: string): number =>
  lines.reduce((units, line) => (line.lineId === lineId ? units + line.quantity : units), 0);

interface Naming {
  readonly field: string;
  readonly most: (line: TransferLine) => number;
  readonly what: string;
}

/** Lines of the transfer; one that is named twice is meant once, with all its units. */
const named = (lines: readonly NamedUnits[], state: Transfer, { field, most, what }: Naming): readonly TransferUnits[] => {
  const known = new Map(state.lines.map((line) => [line.lineId, line]));
  refuse(
    'LINE_UNKNOWN',
    lines.flatMap(({ lineId }, i) =>
      known.has(lineId) ? [] : [{ field: `${field}[${i}].lineId`, message: 'is no line of this transfer' }],
    ),
  );
  refuse(
    'TRANSFER_EXCEEDED',
    lines.flatMap(({ lineId }, i) => {
      const line = known.get(lineId);
      const limit = line ? most(line) : 0;
      return unitsOf(lines, lineId) > limit ? [{ field: `${field}[${i}].quantity`, message: `is too much: ${limit} units ${what}` }] : [];
    }),
  );
  return [...new Set(lines.map(({ lineId }) => lineId))].flatMap((lineId) => {
    const line = known.get(lineId);
    return line ? [{ lineId, sku: line.sku, quantity: unitsOf(lines, lineId) }] : [];
  });
};

const refuse = (code: string, faults: readonly Omit<FieldError, 'code'>[]): void => {
  if (faults.length === 0) return;
  const said = faults.map(({ field, message }) => `${field}: ${message}.`).join(' ');
  throw new Refused(
    code,
    `Nothing was done. ${said}`,
    'invalid',
    faults.map((fault) => ({ ...fault, code })),
  );
};

const requireStatus = ({ status, transferId }: Transfer, wanted: 'planned' | 'in-transit'): void => {
  if (status === wanted) return;
  if (status === 'none') throw unknownTransfer(transferId);
  throw new Refused('TRANSFER_STATUS', `Transfer ${transferId} is ${status}, and must be ${wanted} for this.`);
};
