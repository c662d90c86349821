import { Refused, type DataOf, type FieldError } from '@cartage/eventsourcing';
import { following } from './closing';
import type { ReceivedItem, ReturnCommand } from './commands';
import { policyObstacle, situationOf, type Situation } from './eligibility';
import type { ReturnEvent } from './events';
import { judge, type JudgedItem } from './judging';
import { isOf, piecesIn } from './pieces';
import { keptOf } from './request';
import { requireRma } from './require';
import { itemKey } from './return-line';
import type { SoldLine } from './sale';
import { claimedUnits, type OrderReturns, type Rma } from './state';

type Receiving = DataOf<ReturnCommand, 'ReceiveReturn'>;
type Received = DataOf<ReturnEvent, 'ReturnReceived'>['lines'][number];

interface Expected {
  readonly lineId: string;
  readonly sku: string;
}

/** Units that are still to come, by item key. */
class Outstanding {
  private readonly open = new Map<string, number>();
  private readonly bySku = new Map<string, Expected[]>();

  constructor({ lines }: Pick<Rma, 'lines'>) {
    for (const { lineId, sku, standing, asked, received } of lines) {
      if (standing !== 'authorized' || lineId === undefined) continue;
      this.open.set(itemKey({ lineId, sku }), asked - received);
      const known = this.bySku.get(sku) ?? [];
      known.push({ lineId, sku });
      this.bySku.set(sku, known);
    }
  }

  /** The line of this SKU that waits for most units, if any waits. */
  waiting(sku: string): Expected | undefined {
    return (this.bySku.get(sku) ?? []).find((item) => (this.open.get(itemKey(item)) ?? 0) > 0);
  }

  take(item: Expected, quantity: number): number {
    const open = this.open.get(itemKey(item)) ?? 0;
    const taken = Math.min(Math.max(open, 0), quantity);
    this.open.set(itemKey(item), open - taken);
    return taken;
  }
}

const faultsOf = (sold: ReadonlyMap<string, SoldLine>, lines: readonly ReceivedItem[]): readonly FieldError[] =>
  lines.flatMap(({ lineId, sku }, i): readonly FieldError[] => {
    if (lineId === undefined && sku === undefined)
      return [{ field: `lines[${i}].sku`, code: 'REQUIRED', message: 'Name what came: a lineId of the order, or a sku.' }];
    const line = lineId === undefined ? undefined : sold.get(lineId);
    if (lineId === undefined || (line && (sku === undefined || isOf(line, sku)))) return [];
    return [
      {
        field: `lines[${i}].lineId`,
        code: 'LINE_UNKNOWN',
        message: `The order has no such line ${lineId}. Name what came by its sku alone.`,
      },
    ];
  });

/** Which line of the order it is: one that waits for it, or any other of that SKU; none, if the order has none. */
const lineOf = (
  sold: ReadonlyMap<string, SoldLine>,
  outstanding: Outstanding,
  item: ReceivedItem,
): Partial<Expected> & Pick<Expected, 'sku'> => {
  if (item.lineId !== undefined) return { lineId: item.lineId, sku: item.sku ?? sold.get(item.lineId)?.sku ?? '' };
  const sku = item.sku ?? '';
  const waiting = outstanding.waiting(sku);
  if (waiting) return waiting;
  const line = [...sold.values()].find((each) => isOf(each, sku));
  return line ? { lineId: line.lineId, sku } : { sku };
};

/** Several lines may wait for units of one SKU: each gets its own. */
const receivedOf = (sold: ReadonlyMap<string, SoldLine>, outstanding: Outstanding, item: ReceivedItem): readonly Received[] => {
  const { lineId, sku } = lineOf(sold, outstanding, item);
  if (lineId === undefined) return [{ sku, quantity: item.quantity, announced: false }];
  const announced = outstanding.take({ lineId, sku }, item.quantity);
  const rest = item.quantity - announced;
  const of = { lineId, sku };
  if (announced === 0) return [{ ...of, quantity: rest, announced: false }];
  const more = rest > 0 ? receivedOf(sold, outstanding, { ...item, quantity: rest }) : [];
  return [{ ...of, quantity: announced, announced: true }, ...more];
};

/** The same item twice in a receipt is one. */
const merged = (lines: readonly Received[]): readonly Received[] => {
  const all = new Map<string, Received>();
  for (const line of lines) {
    const key = `${String(line.announced)} ${itemKey(line)}`;
    all.set(key, { ...line, quantity: (all.get(key)?.quantity ?? 0) + line.quantity });
  }
  return [...all.values()];
};

/** What nobody announced is judged as if it were asked for on the day that it came; what the policy would not allow so is for a person to decide. */
const unannounced = (situation: Situation, lines: readonly Received[]): readonly JudgedItem[] => {
  const claimed = new Map(claimedUnits(situation.state));
  return lines.flatMap(({ lineId, sku, quantity, announced }): readonly JudgedItem[] => {
    const line = lineId === undefined ? undefined : situation.sold.get(lineId);
    if (announced || !line) return [];
    const isFree = piecesIn(line, { sku, quantity }).every(({ piece, units }) => {
      const held = (claimed.get(piece.key) ?? 0) + units;
      claimed.set(piece.key, held);
      return held <= (situation.delivered.get(line.lineId)?.quantity ?? 0) * piece.perUnit;
    });
    const obstacle = policyObstacle(situation, line);
    return [{ lineId: line.lineId, sku, quantity, atFault: false, doubt: isFree ? obstacle : 'unannounced' }];
  });
};

const begun = ({ orderId, returnId, now, delivered, ...known }: Receiving, state: OrderReturns): ReturnEvent => ({
  type: 'ReturnRequested',
  data: { orderId, returnId, lines: [], requestedAt: now, delivered, ...keptOf(state, known) },
});

/** Goods are at a dock: whatever they are, and whatever was said about them, they are received where they are. */
export const receiveReturn = (command: Receiving, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, receiptId, location, now } = command;
  const isNew = command.unannounced === true && !state.rmas.has(returnId);
  const rma = isNew ? { lines: [] } : requireRma(state, returnId);
  const { sale = command.sale, policy = command.policy } = isNew ? {} : state;
  const situation = situationOf({ sale, policy, delivered: command.delivered, state, now });
  const faults = faultsOf(situation.sold, command.lines);
  if (faults.length > 0) throw new Refused('RECEIPT_INVALID', 'It does not say what came.', 'invalid', faults);
  const outstanding = new Outstanding(rma);
  const lines = merged(command.lines.flatMap((item) => receivedOf(situation.sold, outstanding, item)));
  return following(state, command, [
    ...(isNew ? [begun(command, state)] : []),
    { type: 'ReturnReceived', data: { orderId, returnId, receiptId, location, lines, receivedAt: now } },
    ...judge(situation, { orderId, returnId, now }, unannounced(situation, lines)),
  ]);
};
