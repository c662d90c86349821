import { piecesOf } from '@cartage/contracts';
import { backorderedOf, type ClaimedLine, type Reservation } from '../domain/reservation';
import type { Supplying } from './backorders';
import type { PromisedLine } from './ledger';

/** All who wait for these SKUs, the first first, and for those that kits among them wait for as well: a promise to one moves those to the others. */
export const linesInQueue = async (needs: Supplying, skus: readonly string[]): Promise<readonly PromisedLine[]> => {
  let wanted = new Set(skus);
  for (;;) {
    const lines = await queueOf(needs, wanted);
    const linked = new Set([...wanted, ...lines.flatMap(({ pieces }) => pieces.map(({ sku }) => sku))]);
    if (linked.size === wanted.size) {
      needs.book.require([...linked].map((sku) => ({ sku })));
      return lines;
    }
    wanted = linked;
  }
};

const nameOf = ({ orderId, lineId }: { readonly orderId: string; readonly lineId: string }): string => `${orderId} ${lineId}`;

/** As they stand now: those who began to wait just now stand in no table yet, behind all others. */
const queueOf = async ({ transaction, orders }: Supplying, skus: ReadonlySet<string>): Promise<readonly PromisedLine[]> => {
  const atHand = new Map(orders.all().map(({ orderId, state }) => [orderId, state]));
  const rows = await transaction.waiting([...skus], [...atHand.keys()]);
  const kept = rows.flatMap((row): readonly PromisedLine[] => {
    const state = atHand.get(row.orderId);
    if (!state) return [row];
    const line = state.lines.get(row.lineId);
    return line ? [waitingOf(row.orderId, line, state)] : [];
  });
  const inTable = new Set(rows.map(nameOf));
  const last = [...atHand].flatMap(([orderId, state]) =>
    [...state.lines.values()]
      .map((line) => waitingOf(orderId, line, state))
      .filter((line) => line.pieces.some(({ sku }) => skus.has(sku)) && !inTable.has(nameOf(line))),
  );
  return [...kept, ...last].filter(({ pieces }) => pieces.some(({ units }) => units > 0));
};

const waitingOf = (orderId: string, line: ClaimedLine, { channel }: Reservation): PromisedLine => {
  const pieces = piecesOf(line).map(({ sku, quantity }) => ({ sku, units: line.waiting * quantity }));
  const at = line.backorder?.promisedAt;
  const parts = pieces.map(({ sku }) => sku).filter((sku) => backorderedOf(line, sku) > 0);
  return {
    orderId,
    lineId: line.lineId,
    kit: line.parts !== undefined,
    channel,
    pieces,
    promise: at === undefined ? undefined : { at, parts },
  };
};
