import type { LineQuantity } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Events, Given } from './commands';
import { decideOn, type Evidence, type Occasion } from './deciding';
import { requireBrokered, requireFulfillment, shipGroupOf } from './requiring';
import { evolve, type Brokered, type Brokering, type HeldLine } from './state';
import type { Unfilled } from './unfilled';
import { merged } from './units';

/** Waits of the order for stock: they speak of units that are not confirmed, or that nobody can ship, and stop none of those that can go. */
const waitsForStock: readonly string[] = ['stock-short', 'unfillable'];

/** Units of a line are not told apart: whoever holds some of them holds the line. */
export const heldIn = ({ holds: all }: Brokered): ((line: { readonly lineId: string; readonly shipGroupId: string }) => boolean) => {
  const holds = [...all.values()].map(({ lines, shipGroupId }) => ({
    shipGroupId,
    lineIds: lines && new Set(lines.map(({ lineId }) => lineId)),
  }));
  return ({ lineId, shipGroupId: group }) =>
    holds.some(({ lineIds, shipGroupId = group }) => shipGroupId === group && (lineIds === undefined || lineIds.has(lineId)));
};

/** Which of a group's lines may go, and which are held. */
export const freeOf = (order: Brokered, lines: readonly LineQuantity[], shipGroupId: string) => {
  const isHeld = heldIn(order);
  const [free, held]: [LineQuantity[], LineQuantity[]] = [[], []];
  for (const line of lines) (isHeld({ lineId: line.lineId, shipGroupId }) ? held : free).push(line);
  return { free, held };
};

/** Brokers what may go; what is held waits for its release. */
export const brokerFree = (order: Brokered, evidence: Evidence, occasion: Occasion): Events => {
  const { shipGroup, attempt } = occasion;
  const { free, held } = freeOf(order, occasion.lines, shipGroup.shipGroupId);
  return [
    ...(held.length > 0
      ? [
          {
            type: 'LinesHeld' as const,
            data: {
              orderId: order.orderId,
              shipGroup,
              lines: held,
              attempt,
              ...(order.channel === undefined ? {} : { channel: order.channel }),
            },
          },
        ]
      : []),
    ...(free.length > 0 ? decideOn(order, evidence, { ...occasion, lines: free }) : []),
  ];
};

/** Units that waited to be reserved and are, while something holds them, go upon its release. Those that wait for stock are offered it then anyway. */
export const holdReserved = (order: Brokered, waiting: readonly Unfilled[]): Events =>
  [...new Set(waiting.map(({ shipGroupId }) => shipGroupId))].flatMap((shipGroupId) => {
    const mine = merged(waiting.filter((line) => line.shipGroupId === shipGroupId && !line.forStock));
    const { held: lines } = freeOf(order, mine, shipGroupId);
    const { orderId } = order;
    const shipGroup = shipGroupOf(order, shipGroupId);
    return lines.length > 0 ? [{ type: 'LinesHeld' as const, data: { orderId, shipGroup, lines, attempt: 1, waited: true as const } }] : [];
  });

/** What was not confirmed when it came is not confirmed before it ends: it holds nothing here. */
export const hearHold = (data: Given<'HearHold'>, state: Brokering): Events => {
  if (!state || state.shipGroups.size === 0 || waitsForStock.includes(data.type) || state.holds.has(data.holdId)) return [];
  return [{ type: 'HoldApplied', data }];
};

interface Released {
  readonly shipGroupId: string;
  readonly attempt: number;
  readonly lines: readonly LineQuantity[];
}

/** Held lines that are decided together upon a release: those of a ship group that were brokered as often. */
export const releaseKey = ({ shipGroupId, attempt }: Pick<HeldLine, 'shipGroupId' | 'attempt'>): string =>
  JSON.stringify([shipGroupId, attempt]);

/** Lines that nothing holds any more, together where they were brokered as often. */
export const releasedLines = (order: Brokered): readonly Released[] => {
  const isHeld = heldIn(order);
  const groups = new Map<string, Released & { readonly lines: LineQuantity[] }>();
  for (const { shipGroupId, attempt, ...line } of order.held) {
    if (isHeld({ ...line, shipGroupId })) continue;
    const key = releaseKey({ shipGroupId, attempt });
    const lines: LineQuantity[] = groups.get(key)?.lines ?? [];
    lines.push(line);
    groups.set(key, { shipGroupId, attempt, lines });
  }
  return [...groups.values()].map((group) => ({ ...group, lines: merged(group.lines) }));
};

export const hearHoldReleased = ({ release, evidence }: Given<'HearHoldReleased'>, state: Brokering): Events => {
  if (!state?.holds.has(release.holdId)) return [];
  const released = { type: 'HoldReleased' as const, data: release };
  const order = evolve(state, released) ?? state;
  if (order.closed !== undefined) return [released];
  return releasedLines(order).reduce<Events>(
    (events, { shipGroupId, attempt, lines }) => {
      const current = events.slice(1).reduce<Brokering>(evolve, order) ?? order;
      const known = evidence.get(releaseKey({ shipGroupId, attempt }));
      if (!known) throw new Refused('STOCK_UNKNOWN', `Nothing is known for ship group ${shipGroupId}.`, 'unknown');
      return [...events, ...decideOn(current, known, { cause: 'released', shipGroup: shipGroupOf(current, shipGroupId), lines, attempt })];
    },
    [released],
  );
};

/** A location stops a fulfilment of its own; its shipment is neither packed nor handed over until it goes on. */
export const holdFulfillment = ({ fulfillmentId, holdId, reason, now }: Given<'HoldFulfillment'>, state: Brokering): Events => {
  const { status, location, hold } = requireFulfillment(state, fulfillmentId);
  if (status !== 'brokered' && status !== 'rejecting' && status !== 'cancelling')
    throw new Refused('FULFILLMENT_CLOSED', 'It is at its end, or its goods have left; there is nothing to hold.');
  if (hold) return [];
  const { orderId } = requireBrokered(state);
  return [{ type: 'FulfillmentHeld', data: { fulfillmentId, orderId, location, holdId, reason, heldAt: now } }];
};

export const releaseFulfillment = ({ fulfillmentId, now }: Given<'ReleaseFulfillment'>, state: Brokering): Events => {
  const { location, hold } = requireFulfillment(state, fulfillmentId);
  if (!hold) return [];
  const { orderId } = requireBrokered(state);
  return [{ type: 'FulfillmentReleased', data: { fulfillmentId, orderId, location, holdId: hold.holdId, releasedAt: now } }];
};
