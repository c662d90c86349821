import { handling, reading, StreamCache, type EventStore, type Handled, type Meta, type Reading, type Send } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import type { Remittance } from '../../domain/commands';
import { isByCarrier, movedBy, type SettlementLine } from '../../domain/settlements/line';
import type { Expectation } from '../../domain/settlements/matching';
import type { RecordedByHand } from '../../domain/settlements/posting';
import {
  openByCarrier,
  settlement,
  settlementStream,
  type Resolution,
  type Settlement,
  type SettlementCommand,
  type SettlementEvent,
} from '../../domain/settlements/settlement';
import { groupedBy } from './grouped';
import type { SettlementLookups } from './lookups';

export interface ReconciliationNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  /** The id of what another system named. */
  readonly idFor: (...parts: readonly string[]) => string;
  readonly now: () => Date;
  readonly isPublic: (type: string) => boolean;
  readonly lookups: SettlementLookups;
  /** In which channels a source’s order numbers are ones; none: in any. */
  readonly channelsOf: (source: string) => Promise<readonly string[]>;
  /** Told of each line by which money of a payout that failed comes with another one. */
  readonly hearReturn: (line: SettlementLine, meta: Meta) => Promise<void>;
  /** Records cash as handed over, and answers how much of it was because of this line. */
  readonly remit: (remittance: Remittance, meta: Meta) => Promise<number>;
  /** The same of what a carrier owes for a parcel. */
  /** What persons recorded, and no file, of the cash of an order or of these claims, as the log has it. */
  readonly recorded: (
    of: Pick<RecordedByHand, 'kind'> & { readonly orderId: string; readonly claimIds: readonly string[] },
  ) => Promise<number>;
  readonly settleClaim: (claimId: string, paid: { readonly lineId: string; readonly amount: number }, meta: Meta) => Promise<number>;
}

export type HandledSettlement = Handled<Settlement, SettlementEvent>;

/** What is looked at again at once. */
const PAGE = 1_000;
/** A line is looked at once and hardly ever again: a file of a million orders need not stay in memory. */
const RARELY = { maxStreams: 1_000, maxBytes: 8 * 1024 * 1024 };
const FIRST = '00000000-0000-0000-0000-000000000000';

const inheriting = ({ correlationId, actor }: Meta, commandId: string): Meta => ({ commandId, correlationId, actor });

/** What a line of a carrier hands over: that which it names, or the one of its order. The shipments whose cash it is, or the claims that it pays. */
const handedOver = (line: SettlementLine, expectations: readonly Expectation[]): readonly string[] => {
  const { currency } = movedBy(line);
  const owed = expectations.filter((each) => each.kind === line.kind && each.currency === currency);
  const named = owed.filter(({ names }) => names.some((name) => line.references.includes(name)));
  const all = [...new Set((named.length > 0 ? named : owed).map(({ subject }) => subject))];
  return named.length > 0 || all.length === 1 ? all : [];
};

/** Lines of an order, and what they are compared with. */
interface Comparison {
  readonly orderId: string;
  readonly lines: readonly SettlementLine[];
  readonly expectations: readonly Expectation[];
}

/** What a person recorded may belong to any line that a carrier sent for the order, whichever is looked at now. */
const withCarriersLines = (comparison: Comparison, before: Settlement | undefined): Comparison => {
  const told = new Set(comparison.lines.map(({ lineId }) => lineId));
  const others = before ? openByCarrier(before).filter(({ lineId }) => !told.has(lineId)) : [];
  return { ...comparison, lines: [...comparison.lines, ...others] };
};

/** Compares lines of settlement files with what moved, and does so again as long as they do not agree. */
export class Reconciliation {
  private readonly send: Send<SettlementCommand, Settlement, SettlementEvent>;
  private readonly settlements: Reading<Settlement, SettlementEvent>;
  /** Up to where lines that are open were looked at. */
  private looked = FIRST;

  constructor(private readonly needs: ReconciliationNeeds) {
    const cache = new StreamCache<Settlement, SettlementEvent>(RARELY);
    this.send = handling<SettlementCommand, Settlement, SettlementEvent>(needs, settlement, { cache });
    this.settlements = reading<Settlement, SettlementEvent>(needs.store, settlement, { cache });
  }

  /** Lines that were never seen before. */
  async take(lines: readonly SettlementLine[], meta: Meta): Promise<void> {
    // Before the line is there: a line that is there is not taken again.
    for (const line of lines) if (line.kind === 'payout-return') await this.needs.hearReturn(line, inheriting(meta, line.lineId));
    const orders = await this.ordersOf(lines);
    const parked = lines.filter(({ lineId }) => !orders.has(lineId));
    await Promise.all([...parked.map((line) => this.park(line, meta)), this.compare(lines, orders, meta)]);
  }

  /** Looks at the next lines that are open: what they speak of may have come meanwhile. */
  async sweep(): Promise<void> {
    const open = await this.needs.lookups.open(this.looked, PAGE);
    this.looked = open.length < PAGE ? FIRST : (open.at(-1)?.line.lineId ?? FIRST);
    if (open.length === 0) return;
    const meta = { commandId: '', correlationId: this.needs.newId(), actor: 'settlements' };
    const waiting = open.filter(({ orderId }) => orderId === null).map(({ line }) => line);
    const found = await this.ordersOf(waiting);
    const assigned = await Promise.all([...found].map(([lineId, orderId]) => this.assign(lineId, orderId, meta)));
    const orders = new Map([
      ...assigned.filter((each) => each !== undefined),
      ...open.flatMap(({ line, orderId }) => (orderId === null ? [] : [[line.lineId, orderId] as const])),
    ]);
    const lines = open.map(({ line }) => ({ ...line, posted: true }));
    await this.compare(
      lines.filter(({ lineId }) => orders.has(lineId)),
      orders,
      meta,
    );
  }

  /** What a person makes of a line that does not agree. */
  resolve(
    { lineId, orderId, resolution, reason }: { lineId: string; orderId: string | null; resolution: Resolution; reason: Reason },
    meta: Meta,
  ): Promise<HandledSettlement> {
    const stream = orderId === null ? this.streamOfLine(lineId) : settlementStream(orderId);
    return this.send(stream, { type: 'ResolveMismatch', data: { lineId, resolution, reason, now: this.now() } }, meta);
  }

  private async ordersOf(lines: readonly SettlementLine[]): Promise<ReadonlyMap<string, string>> {
    if (lines.length === 0) return new Map();
    const sources = [...new Set(lines.map(({ source }) => source))];
    const channels = new Map(await Promise.all(sources.map(async (each) => [each, await this.needs.channelsOf(each)] as const)));
    return this.needs.lookups.ordersOf(lines.map((line) => ({ line, channels: channels.get(line.source) ?? [] })));
  }

  private async park(line: SettlementLine, meta: Meta): Promise<void> {
    const data = { lines: [line], expectations: [], recorded: [], now: this.now() };
    await this.send(this.streamOfLine(line.lineId), { type: 'Reconcile', data }, inheriting(meta, this.needs.idFor('park', line.lineId)));
  }

  /** The line and its order, unless somebody closed it meanwhile. */
  private async assign(lineId: string, orderId: string, meta: Meta): Promise<readonly [string, string] | undefined> {
    const command = { type: 'AssignLine', data: { lineId, orderId, now: this.now() } } as const;
    const { current } = await this.send(this.streamOfLine(lineId), command, inheriting(meta, this.needs.newId()));
    const assignedTo = current.standings.get(lineId)?.assignedTo;
    return assignedTo === undefined ? undefined : [lineId, assignedTo];
  }

  private async compare(lines: readonly SettlementLine[], orders: ReadonlyMap<string, string>, meta: Meta): Promise<void> {
    const byOrder = groupedBy(
      lines.filter(({ lineId }) => orders.has(lineId)),
      ({ lineId }) => orders.get(lineId) ?? '',
    );
    if (byOrder.size === 0) return;
    const expectations = await this.needs.lookups.expectationsOf([...byOrder.keys()]);
    await Promise.all(
      [...byOrder].map(async ([orderId, of]) => {
        const comparison = { orderId, lines: of, expectations: expectations.get(orderId) ?? [] };
        const before = of.some(isByCarrier) || comparison.expectations.some(isByCarrier) ? await this.stateOf(orderId) : undefined;
        await this.reconcile(withCarriersLines(comparison, before), meta);
      }),
    );
  }

  private async stateOf(orderId: string): Promise<Settlement> {
    return (await this.settlements.load(settlementStream(orderId))).state;
  }

  /** Again, if somebody else brought a line of a carrier meanwhile. */
  private async reconcile(comparison: Comparison, meta: Meta): Promise<void> {
    const { orderId, lines, expectations } = comparison;
    const known: SettlementLine[] = [];
    // One after the other: they draw on the same cash.
    for (const line of lines) known.push(await this.remitted(orderId, line, expectations, meta));
    const ids = [...lines.map(({ lineId }) => lineId), ...expectations.map(({ id }) => id)].toSorted();
    const recorded = await this.recorded({ ...comparison, lines: known });
    const data = { orderId, lines: known, expectations, recorded, now: this.now() };
    const commandId = this.needs.idFor('reconcile', orderId, ...ids);
    const { current } = await this.send(settlementStream(orderId), { type: 'Reconcile', data }, inheriting(meta, commandId));
    const whole = withCarriersLines(comparison, current);
    if (whole.lines.length > lines.length) await this.reconcile(whole, meta);
  }

  /** Asked after the lines were recorded, and only where something may be left that a person recorded before. */
  private async recorded({ orderId, lines, expectations }: Comparison): Promise<readonly RecordedByHand[]> {
    const left = lines.filter((line) => isByCarrier(line) && (line.remitted ?? 0) < movedBy(line).gross);
    const kinds = new Map(left.map((line) => [`${line.kind} ${movedBy(line).currency}`, { kind: line.kind, ...movedBy(line) }]));
    return Promise.all(
      [...kinds.values()].map(async ({ kind, currency }) => {
        const owed = expectations.filter((each) => each.kind === kind && each.currency === currency);
        const claimIds = [...new Set(owed.map(({ subject }) => subject))];
        return { kind, currency, amount: owed.length === 0 ? 0 : await this.needs.recorded({ kind, orderId, claimIds }) };
      }),
    );
  }

  private async remitted(orderId: string, line: SettlementLine, expectations: readonly Expectation[], meta: Meta): Promise<SettlementLine> {
    if (!isByCarrier(line) || line.gross <= 0) return line;
    let sum = 0;
    const { gross } = movedBy(line);
    for (const subject of handedOver(line, expectations))
      sum += await this.record(orderId, line, { subject, amount: gross - sum }, inheriting(meta, this.needs.newId()));
    return { ...line, remitted: sum };
  }

  /** Records what a line hands over of one shipment’s cash or one claim. */
  private record(
    orderId: string,
    { kind, lineId, settlementId }: SettlementLine,
    { subject, amount }: { readonly subject: string; readonly amount: number },
    meta: Meta,
  ): Promise<number> {
    if (kind === 'carrier-claim') return this.needs.settleClaim(subject, { lineId, amount }, meta);
    return this.needs.remit({ orderId, shipmentId: subject, amount, reference: lineId, settlementId }, meta);
  }

  private streamOfLine(lineId: string): string {
    return settlementStream(this.needs.idFor('settlement-line', lineId));
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}
