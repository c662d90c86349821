import { piecesOf } from './pieces';
import type { ReturnPolicy } from './policy';
import type { Sale, SoldDelivery, SoldLine } from './sale';
import type { OrderReturns } from './state';

/** Everything of the line that was not cancelled came back, or is the customer's to keep. */
const isBack = (line: SoldLine, settled: ReadonlyMap<string, number>): boolean =>
  piecesOf(line).every(({ key, quantity, perUnit }) => (settled.get(key) ?? 0) >= quantity - (line.cancelled ?? 0) * perUnit);

const ofGroup = ({ lines }: Sale, shipGroupId: string): readonly SoldLine[] => lines.filter((line) => line.shipGroupId === shipGroupId);

/** Who exchanged something keeps what was delivered, if in another colour. */
const exchangedGroups = ({ exchanges, sold }: OrderReturns): ReadonlySet<string | undefined> => {
  const standing = [...exchanges.values()].filter(({ settled }) => settled?.outcome !== 'lapsed');
  return new Set(standing.flatMap(({ lines }) => lines.map(({ lineId }) => sold.get(lineId)?.shipGroupId)));
};

/** The delivery charges that go back with these units: of ship groups that came back whole, each once. */
export const deliveriesDue = (
  state: OrderReturns,
  { deliveryRefund }: ReturnPolicy,
  settled: ReadonlyMap<string, number>,
): readonly SoldDelivery[] => {
  const { sale, deliveries } = state;
  if (!sale || deliveryRefund === 'never') return [];
  const exchanged = exchangedGroups(state);
  return sale.deliveries.filter(
    ({ shipGroupId, total }) =>
      total > 0 &&
      !deliveries.has(shipGroupId) &&
      !exchanged.has(shipGroupId) &&
      ofGroup(sale, shipGroupId).every((line) => isBack(line, settled)),
  );
};
