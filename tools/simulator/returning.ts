import type { Grade } from '@cartage/contracts';
import type { ListedOrder, ShownOrder, ShownReturn } from './answers';
import type { Cartage } from './cartage';
import { patiently } from './patience';
import { chanceOf, type Chance } from './random';
import { bringBack, DOCK } from './way-back';

export interface Parcel {
  /** Names the return: sent again under it, it is the same one. */
  readonly key: string;
  readonly orderId: string;
  readonly location: string;
  readonly lines: readonly UnwantedLine[];
}

interface UnwantedLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly reason: string;
  readonly grade: Grade;
  /** What the customer wants in its place. */
  readonly exchangeFor?: readonly { readonly sku: string; readonly quantity: number }[];
}

const isDecided = ({ status }: ShownReturn): boolean => status !== 'requested' && status !== 'awaiting-review';

/** Which order a return belongs to is looked up in a view, which may be a moment behind. */
const soon = (cartage: Cartage, ...command: Parameters<Cartage['onReturn']>): ReturnType<Cartage['onReturn']> =>
  patiently(() => cartage.onReturn(...command), ['RETURN_UNKNOWN']);

const authorised = async (cartage: Cartage, { key, orderId, lines }: Parcel): Promise<ShownReturn> => {
  const asked = lines.map(({ grade: _, ...line }) => line);
  // Returns hears of orders and deliveries by itself, a moment later than whoever looks at the order.
  const { body } = await patiently(() => cartage.requestReturn(key, { orderId, lines: asked }), ['ORDER_UNKNOWN', 'LINE_NOT_ELIGIBLE']);
  if (isDecided(body)) return body;
  const decision = { decision: 'authorize', note: 'Allowed by the simulated operator.' };
  return (await soon(cartage, body.returnId, 'decision', { key: `${key}-decision`, body: decision })).body;
};

/** Asks for a return, has it allowed, sends the goods in and has each line graded. Money, stock and what is sent in exchange follow by themselves. */
export const sendBack = async (cartage: Cartage, parcel: Parcel): Promise<ShownReturn> => {
  const { key, location, lines } = parcel;
  const allowed = await authorised(cartage, parcel);
  if (allowed.status === 'declined' || allowed.status === 'closed') return allowed;
  const { returnId } = allowed;
  await bringBack(cartage, allowed);
  const came = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  let { body: standing } = await soon(cartage, returnId, 'receive', { key: `${key}-receive`, body: { location, lines: came } });
  for (const { lineId, quantity, grade } of lines) {
    const inspection = { key: `${key}-grade-${lineId}`, body: { lineId, quantity, grade } };
    standing = (await soon(cartage, returnId, 'grade', inspection)).body;
  }
  return standing;
};

const reasons = ['too-small', 'not-as-described', 'changed-mind', 'arrived-damaged'] as const;
const grades = ['A', 'A', 'A', 'A', 'A', 'A', 'B', 'B', 'C', 'scrap'] as const;

/** Half of those who bought on the web want the like of it instead of the money: what is as good as new pays for it. */
const wantedFor = (
  { percent }: Chance,
  { channel }: ListedOrder,
  { sku, quantity }: { readonly sku: string; readonly quantity: number },
): Pick<UnwantedLine, 'exchangeFor' | 'grade'> | undefined =>
  channel === 'web' && percent(50) ? { exchangeFor: [{ sku, quantity }], grade: 'A' } : undefined;

/** What a customer of this order sends back, if anything: 1 order in 8, one line of it. */
export const regretOf = (seed: number, listed: ListedOrder, { lines, orderId }: ShownOrder): Parcel | undefined => {
  const name = listed.externalOrderId ?? orderId;
  const chance = chanceOf(seed, 'regret', name);
  const { percent, pick, whole } = chance;
  const delivered = lines.filter(({ quantity, progress }) => progress.delivered >= quantity);
  if (!percent(12) || delivered.length === 0) return undefined;
  const { lineId, sku, quantity: most } = pick(delivered);
  const [quantity, reason, grade] = [whole(1, most), pick(reasons), pick(grades)];
  const unwanted = { lineId, quantity, reason, grade, ...wantedFor(chance, listed, { sku, quantity }) };
  return { key: `return-${name}`, orderId, location: DOCK, lines: [unwanted] };
};
