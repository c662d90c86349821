import type { LineQuantity } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Events, Given } from './commands';
import { decideOn } from './deciding';
import { heldIn } from './holding';
import { shipGroupOf } from './requiring';
import { evolve, type Brokered, type Brokering } from './state';
import type { ForStock } from './unfilled';
import { merged } from './units';

/*
 * Facts of different topics come in any order, so a decision may have been made before it was heard that there is stock. What nobody could ship for lack of it is
 * offered again as soon as more of it is heard of, by itself: whatever comes first, it ends in the same fulfilments.
 */

/** Lines that wait for stock together: they were decided together, and are offered so. */
export interface StockWait extends ForStock {
  readonly shipGroupId: string;
  readonly lines: readonly LineQuantity[];
}

/** What of an order waits for stock, but for what is held. */
export const waitingForStock = (order: Brokered): readonly StockWait[] => {
  if (order.closed !== undefined) return [];
  const isHeld = heldIn(order);
  const waits = new Map<string, StockWait & { readonly lines: LineQuantity[] }>();
  for (const { shipGroupId, forStock, ...line } of order.unfilled) {
    if (!forStock || isHeld({ ...line, shipGroupId })) continue;
    const lines: LineQuantity[] = waits.get(forStock.decisionId)?.lines ?? [];
    lines.push(line);
    waits.set(forStock.decisionId, { ...forStock, shipGroupId, lines });
  }
  return [...waits.values()].map((wait) => ({ ...wait, lines: merged(wait.lines) }));
};

/** There is enough now, but whoever has it is full: they are asked again when they are not. */
const waitsForRoom = (decided: Events): boolean =>
  decided.some((event) => event.type === 'OrderBrokered' && event.data.because === 'no-capacity');

/** Whatever can be shipped now is; what cannot waits on, and nothing is told of it but that it waits for something else. It has used up no attempt. */
export const hearStock = ({ evidence, arrivedAt }: Given<'HearStock'>, state: Brokering): Events => {
  const waits = state ? waitingForStock(state) : [];
  if (!state || waits.length === 0) return [];
  const events = waits.reduce<Events>((told, { decisionId, shipGroupId, lines, attempt, because }) => {
    const [order, known] = [told.reduce<Brokering>(evolve, state) ?? state, evidence.get(decisionId)];
    if (!known) return told;
    const occasion = { cause: 'stock-arrived' as const, shipGroup: shipGroupOf(order, shipGroupId), lines, attempt, arrivedAt };
    const decided = decideOn(order, known, occasion);
    const isNews = decided.some(({ type }) => type === 'FulfillmentBrokered') || (because !== 'no-capacity' && waitsForRoom(decided));
    return isNews ? [...told, ...decided] : told;
  }, []);
  if (events.length === 0) throw new Refused('STILL_UNFILLABLE', 'Nobody can ship it yet.');
  return events;
};
