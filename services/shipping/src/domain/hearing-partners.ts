import { type LineQuantity, type Reason } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { accepted } from './acceptance';
import { deliveredHeard } from './arrivals';
import { isGone } from './collecting';
import { pick, type LineConfirmed } from './confirming';
import type { ShipmentEvent } from './events';
import { isOver, notInShipment, planOf, standingIn, type Events, type Heard, type UnitsOfLine } from './heard';
import type { HeardNotice, PartnerNotice } from './partner-notice';
import { after, numberEvents, packingEvents, type OfPartner } from './partner-packing';
import { notPicked, type Picking } from './picking';
import { refOf, unknownShipment } from './refusals';
import { dispatched, slim } from './scans';
import { hasLabel, type Shipment } from './shipment';

/*
 * Whoever fulfils a shipment for us holds its goods: what it says of them is a fact, in whatever order it is heard, and makes the same events as a person at the desk. Said
 * again, or overtaken by what came after it, it changes nothing.
 */

const cancelledBy = (shipment: Shipment, reason: Reason, now: string): Events => {
  const plan = planOf(shipment);
  return [{ type: 'ShipmentCancelled', data: { ...refOf(plan), lines: slim(plan.lines), reason, cancelledAt: now } }];
};

const unitsIn = (standing: ReadonlyMap<string, LineQuantity>, { lineId, quantity }: UnitsOfLine, field: string): LineQuantity => {
  const line = standing.get(lineId);
  if (line && quantity <= line.quantity) return { ...line, quantity };
  const message = line ? `Line ${lineId} has ${line.quantity} units, not ${quantity}.` : `Line ${lineId} is not part of this shipment.`;
  throw notInShipment(message, field);
};

/** The lines that are meant, as they stand in it; nothing where all of it is. */
const partOf = (planned: readonly LineQuantity[], told: readonly UnitsOfLine[] = []): readonly LineQuantity[] | undefined => {
  const standing = standingIn(planned);
  const part = told.map((line, l) => unitsIn(standing, line, `lines[${l}]`));
  const isWhole = [...standing.values()].every(({ lineId, quantity }) =>
    part.some((line) => line.lineId === lineId && line.quantity === quantity),
  );
  return told.length === 0 || isWhole ? undefined : part;
};

const wasSaid = ({ withPartner }: Shipment, lines: readonly LineQuantity[] | undefined): boolean =>
  withPartner?.rejected === 'whole' || (lines !== undefined && withPartner?.rejected === 'part');

/** It asks not to ship it. Whoever was waiting for it to cancel has its answer, too. */
const rejected = ({ shipment, heard: { partner, now }, notice }: Heard<'rejected'>): Events => {
  if (isOver(shipment)) return [];
  const plan = planOf(shipment);
  const lines = partOf(plan.lines, notice.lines);
  const { cancellation } = shipment.withPartner ?? {};
  if (!lines && cancellation) return cancelledBy(shipment, cancellation.reason, now);
  if (wasSaid(shipment, lines)) return [];
  const { kind: _, lines: __, ...said } = notice;
  return [{ type: 'ShipmentRejected', data: { ...refOf(plan), partner, ...(lines ? { lines } : {}), ...said, rejectedAt: now } }];
};

/** What was found missing before stays so, whatever was said earlier. */
const newsIn = ({ lines: before, pickedAt }: Picking, lines: readonly LineConfirmed[]): readonly LineConfirmed[] => {
  if (pickedAt === undefined) return lines;
  const shortBefore = new Map(before.map((line) => [line.lineId, line.short]));
  return lines.filter(({ lineId, short = 0 }) => short > (shortBefore.get(lineId) ?? 0));
};

/** What is packed was picked. */
const picked = ({ shipment, heard: { now }, notice: { lines } }: Heard<'picked'>): Events => {
  if (isOver(shipment) || 'parcels' in shipment) return [];
  const { picking = notPicked } = shipment;
  const news = newsIn(picking, lines ?? []);
  const isNothing = lines ? news.length === 0 : picking.pickedAt !== undefined;
  return isNothing ? [] : pick({ ...(lines ? { lines: news } : {}), now }, { ...shipment, holds: [] });
};

const carrierOf = ({ carrier }: { readonly carrier?: string }): { readonly carrier?: string } => (carrier === undefined ? {} : { carrier });

const packedHeard = ({ shipment, heard, notice: { parcels, label, ...notice } }: Heard<'packed'>): Events => {
  if (isOver(shipment)) return [];
  const events = packingEvents({ shipment, heard }, { parcels, label });
  return [...events, ...numberEvents({ shipment: after(shipment, events), heard }, { parcels, ...carrierOf(notice) })];
};

const tooLate: Reason = { code: 'handed-over', detail: 'Whoever fulfils it had sent it.', by: 'provider' };

/** Up to its label: packed, and numbered, as far as it was not told before. */
const readied = ({ shipment, heard, notice }: Heard<'dispatched'>): Events => {
  const isPacked = 'parcels' in shipment;
  const parcels = notice.parcels ?? (isPacked ? [] : [{}]);
  const isNew = !isPacked || parcels.some(({ lines }) => lines);
  const packing = isNew ? packingEvents({ shipment, heard }, { parcels, label: 'own' }) : [];
  return [...packing, ...numberEvents({ shipment: after(shipment, packing), heard }, { parcels, ...carrierOf(notice) })];
};

/** The goods are out: whatever else was said or decided of them, that is booked. */
const dispatchedHeard = (of: Heard<'dispatched'>): Events => {
  const { shipment, heard, notice } = of;
  if (isGone(shipment)) return [];
  const before = readied(of);
  const labelled = after(shipment, before);
  if (!hasLabel(labelled)) throw notNumbered();
  const isTooLate = shipment.status === 'cancelled' || shipment.withPartner?.cancellation !== undefined;
  const refused: ShipmentEvent = {
    type: 'CancellationRefused',
    data: { ...refOf(planOf(shipment)), reason: tooLate, refusedAt: heard.now },
  };
  return [...before, dispatched(labelled, notice.dispatchedAt), ...(isTooLate ? [refused] : [])];
};

const notNumbered = (): Refused => {
  const message = 'Say the tracking number of each parcel: it has no label of ours.';
  return new Refused('TRACKING_MISSING', message, 'invalid', [{ field: 'parcels', code: 'TRACKING_MISSING', message }]);
};

/** The answer to what was asked; unasked, it is a rejection. */
const cancelledHeard = ({ shipment, heard, notice: { reason } }: Heard<'cancelled'>): Events => {
  if (isOver(shipment)) return [];
  const { cancellation } = shipment.withPartner ?? {};
  return cancellation
    ? cancelledBy(shipment, cancellation.reason, heard.now)
    : rejected({ shipment, heard, notice: { kind: 'rejected', reason } });
};

const refusedHeard = ({ shipment, heard: { now }, notice: { detail } }: Heard<'cancellation-refused'>): Events => {
  if (isOver(shipment) || !shipment.withPartner?.cancellation) return [];
  const reason = detail === undefined ? tooLate : { ...tooLate, detail };
  return [{ type: 'CancellationRefused', data: { ...refOf(planOf(shipment)), reason, refusedAt: now } }];
};

type Hearing = { readonly [Kind in PartnerNotice['kind']]: (heard: Heard<Kind>) => Events };

const hearing: Hearing = {
  accepted,
  rejected,
  picked,
  packed: packedHeard,
  dispatched: dispatchedHeard,
  delivered: deliveredHeard,
  cancelled: cancelledHeard,
  'cancellation-refused': refusedHeard,
};

export const hearPartner = (heard: HeardNotice, shipment: Shipment): Events => {
  if (!('plan' in shipment) || !shipment.plan) throw unknownShipment();
  if (shipment.plan.partner !== heard.partner)
    throw new Refused('SHIPMENT_NOT_OF_PARTNER', `${heard.partner} was not asked to fulfil this shipment.`, 'invalid');
  const hear = hearing[heard.notice.kind] as (of: OfPartner & { readonly notice: PartnerNotice }) => Events;
  return hear({ shipment, heard, notice: heard.notice });
};

/** Whoever fulfils it is asked once, and answers for the whole; what it said that it will not ship, it need not be asked. */
export const cancelWithPartner = (
  shipment: Shipment,
  partner: string,
  { reason, now }: { readonly reason: Reason; readonly now: string },
): Events => {
  const { rejected: said, cancellation, goneOut } = shipment.withPartner ?? {};
  if (said === 'whole') return cancelledBy(shipment, reason, now);
  if (cancellation || goneOut) return [];
  return [{ type: 'ShipmentCancellationRequested', data: { ...refOf(planOf(shipment)), partner, reason, requestedAt: now } }];
};
