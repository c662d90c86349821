import { areToFollow, type ShortUnits } from '@cartage/contracts';
import type { Events, Given } from './commands';
import { givenBack, type Evidence } from './deciding';
import { brokerFree } from './holding';
import { requireBrokered, requireFulfillment, shipGroupOf } from './requiring';
import { shortOf } from './short-units';
import { evolve, isStanding, type Brokering, type Fulfillment } from './state';
import { divided, merged, without } from './units';

/*
 * A location picked a fulfilment and did not find all of it. What is there goes on as it is; the rest is no part of it any more, and is looked for elsewhere at once.
 * Inventory is told before it hears who is to ship the rest, on the same topic: until then the units are claimed where they are not.
 */

/** No more is short of it than it still has. */
const ofThese = ({ lines }: Fulfillment, short: readonly ShortUnits[]): readonly ShortUnits[] => divided(short, lines).found;

export const hearShortPick = ({ picked, evidence }: Given<'HearShortPick'>, state: Brokering): Events => {
  const of = requireFulfillment(state, picked.fulfillmentId);
  const short = ofThese(of, picked.short);
  if (!isStanding(of) || of.status === 'closed' || short.length === 0) return [];
  const told: Events = [{ type: 'ShipmentPicked', data: picked }, ...toldOf(of, short, { ...picked, now: evidence.now })];
  const after = told.reduce<Brokering>(evolve, state);
  return [...told, ...brokerShort(after, of, { short, evidence })];
};

interface Told {
  readonly orderId: string;
  readonly now: string;
}

const noneLeft = { code: 'short-picked', detail: 'Nothing of it was there.', by: 'operator' };

/** The short units, the cancellations that are answered by it, and the end of a fulfilment of which nothing is left. */
const toldOf = (of: Fulfillment, short: readonly ShortUnits[], { orderId, now }: Told): Events => {
  const { fulfillmentId, location, lines } = of;
  const left = without(lines, short);
  const ref = { fulfillmentId, orderId, location };
  const rejected = { ...ref, lines, reason: noneLeft, stockEffect: 'keep', rejectedAt: now };
  return [
    { type: 'FulfillmentPickedShort', data: { ...ref, lines: left, short, notedAt: now } },
    ...(left.length === 0 ? [{ type: 'FulfillmentRejected' as const, data: rejected }] : []),
    ...shortOf(of, short).answered.map(({ cancellationId, lines: cancelled, reason }) => ({
      type: 'FulfillmentCancelled' as const,
      data: { orderId, cancellationId, lines: cancelled, reason, cancelledAt: now },
    })),
  ];
};

interface Short {
  readonly short: readonly ShortUnits[];
  readonly evidence: Evidence;
}

/** It used up an attempt: its location was to ship them and did not. */
const brokerShort = (state: Brokering, of: Fulfillment, { short, evidence }: Short): Events => {
  if (!state || state.closed !== undefined) return [];
  const lines = merged(shortOf(of, short).wanted);
  const shipGroup = shipGroupOf(requireBrokered(state), of.shipGroupId);
  if (lines.length === 0) return [];
  // Whoever sends the rest later has it: nobody else is asked, and it has failed nobody.
  if (areToFollow(short)) {
    const occasion = { cause: 'to-follow' as const, lines, attempt: of.attempt, shipGroup, only: of.location };
    return brokerFree(state, givenBack(evidence, { ...of, lines, workDay: '' }), occasion);
  }
  return brokerFree(state, evidence, { cause: 'short-picked', lines, attempt: of.attempt + 1, shipGroup });
};
