import type { Grade } from '@cartage/contracts';
import type { ListedOrder, ShownOrder, ShownReturn } from './answers';
import type { Cartage } from './cartage';
import { patiently } from './patience';
import { chanceOf } from './random';

export interface Parcel {
  /** Names the return: sent again under it, it is the same one. */
  readonly key: string;
  readonly orderId: string;
  readonly location: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly reason: string; readonly grade: Grade }[];
}

const isDecided = ({ status }: ShownReturn): boolean => status !== 'requested' && status !== 'awaiting-review';

/** Which order a return belongs to is looked up in a view, which may be a moment behind. */
const soon = (cartage: Cartage, ...command: Parameters<Cartage['onReturn']>): ReturnType<Cartage['onReturn']> =>
  patiently(() => cartage.onReturn(...command), ['RETURN_UNKNOWN']);

const authorised = async (cartage: Cartage, { key, orderId, lines }: Parcel): Promise<ShownReturn> => {
  const asked = lines.map(({ lineId, quantity, reason }) => ({ lineId, quantity, reason }));
  // Returns hears of orders and deliveries by itself, a moment later than whoever looks at the order.
  const { body } = await patiently(() => cartage.requestReturn(key, { orderId, lines: asked }), ['ORDER_UNKNOWN', 'LINE_NOT_ELIGIBLE']);
  if (isDecided(body)) return body;
  const decision = { decision: 'authorize', note: 'Allowed by the simulated operator.' };
  return (await soon(cartage, body.returnId, 'decision', { key: `${key}-decision`, body: decision })).body;
};

/** Asks for a return, has it allowed, sends the goods in and has each line graded. Money and stock follow by themselves. */
export const sendBack = async (cartage: Cartage, parcel: Parcel): Promise<ShownReturn> => {
  const { key, location, lines } = parcel;
  const allowed = await authorised(cartage, parcel);
  if (allowed.status === 'declined' || allowed.status === 'closed') return allowed;
  const { returnId } = allowed;
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

/** What a customer of this order sends back, if anything: 1 order in 8, one line of it. */
export const regretOf = (seed: number, listed: ListedOrder, { lines, orderId }: ShownOrder, location: string): Parcel | undefined => {
  const name = listed.externalOrderId ?? orderId;
  const { percent, pick, whole } = chanceOf(seed, 'regret', name);
  const delivered = lines.filter(({ quantity, progress }) => progress.delivered >= quantity);
  if (!percent(12) || delivered.length === 0) return undefined;
  const line = pick(delivered);
  const unwanted = { lineId: line.lineId, quantity: whole(1, line.quantity), reason: pick(reasons), grade: pick(grades) };
  return { key: `return-${name}`, orderId, location, lines: [unwanted] };
};
