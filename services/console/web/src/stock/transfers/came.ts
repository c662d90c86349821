import type { Schemas } from '../../api/client';

type Line = Schemas['Transfer']['lines'][number];

/** Of each line, how many units came; absent: all that are on their way. */
export type Came = Readonly<Record<string, number | undefined>>;

export const cameOf = ({ lineId, inTransit }: Line, came: Came): number => (lineId in came ? (came[lineId] ?? 0) : inTransit);

/** What is told of a transfer that came: what is there, and what of the rest never will be. */
export const receiptOf = (lines: readonly Line[], came: Came, isRestLost: boolean): Schemas['TransferReceiptDto'] => {
  const onTheWay = lines.filter(({ inTransit }) => inTransit > 0);
  const there = onTheWay.map((line) => ({ lineId: line.lineId, quantity: cameOf(line, came) }));
  const rest = onTheWay.map((line) => ({ lineId: line.lineId, quantity: line.inTransit - cameOf(line, came), cause: 'loss' }));
  return {
    lines: there.filter(({ quantity }) => quantity > 0),
    ...(isRestLost ? { lost: rest.filter(({ quantity }) => quantity > 0) } : {}),
  };
};
