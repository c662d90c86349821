import { withParts, type LineQuantity, type Reason } from '@cartage/contracts';
import { invalidField, Refused, type FieldError } from '@cartage/eventsourcing';
import type { Events, Given } from './commands';
import type { BrokeringEvent } from './events';
import { freeOf } from './holding';
import { isFetchedAt, type Pickup } from './pickup';
import { requireBrokered, requireFulfillment, shipGroupOf } from './requiring';
import { isStanding, type Brokering, type Fulfillment } from './state';
import { divided, unitsByLine, without, type UnitsOfLine } from './units';

/*
 * Click and collect. Once it is packed the goods are at the counter, and nobody but this service lets go of them: a cancellation, a move and the end of its time are
 * decided in the same stream as the handover, so that whichever is first counts, and the code is worth nothing after it.
 */

/** So often a wrong code may be said: beyond that a person answers for whom it is given to. */
export const MOST_WRONG_CODES = 5;

type Waiting = Fulfillment & { readonly pickup: Pickup };

/** What came by parcel had left its location when somebody asked for it back: it waits all the same. */
const isHere = ({ status, pickup }: Fulfillment): boolean =>
  status === 'brokered' || (status === 'closed' && pickup?.cameByParcel === true);

const waits = (of: Fulfillment): of is Waiting =>
  of.pickup !== undefined && isHere(of) && of.pickup.expiredAt === undefined && of.pickup.handedOverAt === undefined;

/** Where it is fetched, wherever it came from. */
const refOf = (state: Brokering, { fulfillmentId, location, shipGroupId }: Fulfillment) => {
  const order = requireBrokered(state);
  const { pickupLocation = location } = shipGroupOf(order, shipGroupId);
  return { fulfillmentId, orderId: order.orderId, location: pickupLocation, shipGroupId };
};

const cameByParcel = ({ pickup }: Waiting): { readonly cameByParcel?: true } => (pickup.cameByParcel ? { cameByParcel: true } : {});

const slim = (lines: readonly LineQuantity[]): readonly LineQuantity[] =>
  lines.map(({ lineId, sku, parts, quantity }) => withParts({ lineId, sku, quantity }, parts));

/** Told again when it is packed again. What is asked back meanwhile is not told to be ready. */
export const becomeReady = ({ fulfillmentId, place, now, ...kept }: Given<'BecomeReady'>, state: Brokering): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  const isFetched = isFetchedAt(of, shipGroupOf(requireBrokered(state), of.shipGroupId));
  if (!isFetched || of.pickup || of.status !== 'brokered') return [];
  return [{ type: 'ReadyForPickup', data: { ...refOf(state, of), lines: slim(of.lines), place, readyAt: now, ...kept } }];
};

/** Parcel by parcel; told again, a parcel is there already. */
export const hearArrival = ({ arrival, place, now, ...kept }: Given<'HearArrival'>, state: Brokering): Events => {
  const of = requireFulfillment(state, arrival.fulfillmentId);
  const { arrived = { parcels: [], lines: [] } } = of;
  if (arrival.parcels.every(({ parcelId }) => arrived.parcels.includes(parcelId))) return [];
  const told: BrokeringEvent = { type: 'ArrivedAtStore', data: arrival };
  const isWhole = without(of.lines, [...arrived.lines, ...arrival.lines]).length === 0;
  if (!isWhole || of.pickup || !isStanding(of)) return [told];
  return [told, { type: 'ReadyForPickup', data: { ...refOf(state, of), lines: slim(of.lines), place, readyAt: now, ...kept } }];
};

/** Of what was at the counter once. */
const noMore = (of: Fulfillment, { handedOverAt, expiredAt }: Pickup): Refused => {
  if (handedOverAt !== undefined) return new Refused('PICKUP_HANDED_OVER', 'It was fetched already.');
  if (expiredAt !== undefined)
    return new Refused('PICKUP_EXPIRED', 'It was not fetched in time and is asked back: its code is worth nothing any more.');
  return isStanding(of)
    ? new Refused('FULFILLMENT_IN_MOTION', 'It is asked back: its code is worth nothing while that is not answered.')
    : new Refused('FULFILLMENT_CLOSED', 'It is at its end. Put the goods back.');
};

const notReady = (of: Fulfillment): Refused => {
  if (of.pickup) return noMore(of, of.pickup);
  if (!isStanding(of)) return new Refused('FULFILLMENT_CLOSED', 'It is at its end. Put the goods back.');
  return new Refused('NOT_READY_FOR_PICKUP', 'It does not wait at a counter, or not yet.');
};

const requireWaiting = (state: Brokering, fulfillmentId: string): Waiting => {
  const of = requireFulfillment(state, fulfillmentId);
  if (requireBrokered(state).closed !== undefined) throw new Refused('FULFILLMENT_CLOSED', 'Its order is cancelled. Put the goods back.');
  if (!waits(of)) throw notReady(of);
  return of;
};

const isHeld = (state: Brokering, of: Fulfillment): boolean =>
  of.hold !== undefined || freeOf(requireBrokered(state), of.lines, of.shipGroupId).held.length > 0;

/** Goods that the order or the location holds are not given away. */
const requireFree = (state: Brokering, of: Fulfillment): void => {
  if (isHeld(state, of)) throw new Refused('PICKUP_HELD', 'The order, or the location, holds it. Release the hold first.');
};

const declinedOf = (of: Waiting, wanted: readonly UnitsOfLine[]): readonly LineQuantity[] => {
  const there = unitsByLine(of.lines);
  const asked = unitsByLine(wanted);
  const errors = [...asked].flatMap(([lineId, quantity], i): readonly FieldError[] => {
    const most = there.get(lineId) ?? 0;
    const message = `must be 1 to ${most}: so many of line ${lineId} are here`;
    return quantity <= most ? [] : [{ field: `declined[${i}].quantity`, code: 'UNITS_NOT_IN_FULFILLMENT', message }];
  });
  if (errors[0]) throw new Refused('UNITS_NOT_IN_FULFILLMENT', errors[0].message, 'invalid', errors);
  return slim(divided(of.lines, wanted).found);
};

const taken = (of: Waiting, declined: readonly LineQuantity[]): readonly LineQuantity[] => {
  const lines = slim(without(of.lines, declined));
  if (lines.length > 0) return lines;
  throw invalidField('declined', 'NOTHING_TAKEN', 'Nothing would be taken: cancel the lines at the order instead.');
};

/** A wrong code is counted, and is the last word once it was said too often. */
const wrongCode = (state: Brokering, of: Waiting, now: string): Events => {
  const { fulfillmentId, orderId } = refOf(state, of);
  return [{ type: 'PickupCodeRefused', data: { fulfillmentId, orderId, wrongCodes: of.pickup.wrongCodes + 1, refusedAt: now } }];
};

const requireUnlocked = ({ pickup }: Waiting): void => {
  if (pickup.wrongCodes < MOST_WRONG_CODES) return;
  const message = `A wrong code was said ${pickup.wrongCodes} times. Find out who it is, and hand it over with a reason instead of a code.`;
  throw new Refused('PICKUP_LOCKED', message);
};

/** By its code, or because a person answers for it. */
const verified = (of: Waiting, reason: Reason | undefined): { readonly verifiedBy: string; readonly reason?: Reason } => {
  if (reason) return { verifiedBy: 'person', reason };
  requireUnlocked(of);
  return { verifiedBy: 'code' };
};

export const handOver = (given: Given<'HandOver'>, state: Brokering): Events => {
  const { fulfillmentId, handoverId, codeIsRight, reason, personal, now } = given;
  const of = requireWaiting(state, fulfillmentId);
  requireFree(state, of);
  const by = verified(of, reason);
  if (!reason && !codeIsRight) return wrongCode(state, of, now);
  const declined = declinedOf(of, given.declined ?? []);
  const lines = taken(of, declined);
  return [
    {
      type: 'HandedOver',
      data: { ...refOf(state, of), handoverId, lines, declined, ...by, personal, ...cameByParcel(of), handedOverAt: now },
    },
  ];
};

const wrongTime = (message: string): Refused =>
  new Refused('PICKUP_TIME_WRONG', `The time ${message}.`, 'invalid', [{ field: 'until', code: 'PICKUP_TIME_WRONG', message }]);

/** Never for less long than was said. */
export const extendPickup = ({ fulfillmentId, latest, reason, now, ...kept }: Given<'ExtendPickup'>, state: Brokering): Events => {
  const of = requireWaiting(state, fulfillmentId);
  const { place, expiresAt } = of.pickup;
  if (kept.expiresAt === expiresAt) return [];
  if (kept.expiresAt < expiresAt) throw wrongTime(`must be after ${expiresAt}: until then it is kept anyway`);
  if (kept.expiresAt > latest) throw wrongTime(`must be ${latest} at the latest: no longer is it kept`);
  return [{ type: 'PickupExtended', data: { ...refOf(state, of), lines: slim(of.lines), place, ...kept, reason, extendedAt: now } }];
};

/** Once, and not where it was extended since. */
export const remindOfPickup = ({ fulfillmentId, expiresAt, now }: Given<'RemindOfPickup'>, state: Brokering): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  if (!waits(of) || of.pickup.expiresAt !== expiresAt || of.pickup.remindedAt !== undefined) return [];
  const { place } = of.pickup;
  return [{ type: 'PickupReminderDue', data: { ...refOf(state, of), lines: slim(of.lines), place, expiresAt, remindedAt: now } }];
};

/** What is held could not be fetched: its time does not end before it may go. */
export const expirePickup = ({ fulfillmentId, expiryId, then, now }: Given<'ExpirePickup'>, state: Brokering): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  if (!waits(of) || of.pickup.expiresAt > now || requireBrokered(state).closed !== undefined) return [];
  if (isHeld(state, of)) throw new Refused('PICKUP_HELD', 'It could not be fetched while it was held.');
  const after = of.pickup.cameByParcel ? { ...cameByParcel(of), then } : {};
  const expired: BrokeringEvent = {
    type: 'PickupExpired',
    data: { ...refOf(state, of), lines: slim(of.lines), expiryId, ...after, expiredAt: now },
  };
  return [expired];
};
