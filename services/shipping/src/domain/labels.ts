import { Refused, type DataOf } from '@cartage/eventsourcing';
import { holdsOf, labelsToVoid } from './beside';
import { isFetchedHere } from './collecting';
import type { Choice, ShipmentCommand, Wish } from './commands';
import type { ShipmentEvent } from './events';
import { withContents } from './packing';
import { notNow, refOf, requireFree } from './refusals';
import { hasLabel, isCarried, isPackedOnly, isRequested, type Shipment } from './shipment';
import type { LabelRequest } from './label';

type Decide<Type extends ShipmentCommand['type']> = (data: DataOf<ShipmentCommand, Type>, shipment: Shipment) => readonly ShipmentEvent[];

const isAsWished = ({ carrier, service }: Choice, wish: Wish): boolean =>
  (wish.service ?? service) === service && (wish.carrier ?? carrier) === carrier;

const named = ({ carrier, service }: Choice): string => `service ${service} of carrier ${carrier}`;

/** Refuses a wish that the label which is there, or which is being bought, does not meet: nobody gets standard who asked for express. */
export const requireWished = (shipment: Shipment, wish: Wish): void => {
  if (hasLabel(shipment) && !isAsWished(shipment.label, wish))
    throw new Refused('LABEL_EXISTS', `It has a label of ${named(shipment.label)} already.`);
  if (shipment.status === 'label-requested' && !isAsWished(shipment.request, wish))
    throw new Refused('LABEL_UNDERWAY', `A label of ${named(shipment.request)} is being bought. Ask again in a moment.`);
};

/** Whether there is a label, or one is being bought, that meets the wish: it needs no other. */
export const meetsWish = (shipment: Shipment, wish: Wish): boolean => {
  if (hasLabel(shipment)) return isAsWished(shipment.label, wish);
  return isRequested(shipment) && isAsWished(shipment.request, wish);
};

/** Whether a label of ours is bought as soon as it is packed: not for what stands still, what a partner labels, and what the customer fetches where it is. */
export const wantsLabel = (shipment: Shipment): boolean =>
  isPackedOnly(shipment) && shipment.labelledBy === undefined && !isFetchedHere(shipment.plan) && holdsOf(shipment).length === 0;

/** The intent stands before a carrier is asked: whatever becomes of the call, its outcome can be asked for. */
const requestLabel: Decide<'RequestLabel'> = ({ labelId, choice: { carrier, service }, policy, rates, customs, wish, now }, shipment) => {
  requireWished(shipment, wish);
  if (meetsWish(shipment, wish)) return [];
  if (!isPackedOnly(shipment)) throw notNow(shipment);
  requireFree(shipment);
  const ref = { ...refOf(shipment.plan), labelId, ...(policy === undefined ? {} : { policy }) };
  const requested: ShipmentEvent = {
    type: 'LabelRequested',
    data: { ...ref, carrier, service, ...(customs ? { customs } : {}), requestedAt: now },
  };
  return rates ? [{ type: 'RatesQuoted', data: { ...ref, ...rates, quotedAt: now } }, requested] : [requested];
};

const isAsked = (shipment: Shipment, labelId: string): shipment is Extract<Shipment, { readonly request: LabelRequest }> =>
  isRequested(shipment) && shipment.request.labelId === labelId;

const recordLabel: Decide<'RecordLabel'> = ({ labelId, booking, trackingToken, now }, shipment) => {
  if (hasLabel(shipment) && shipment.label.labelId === labelId) return [];
  if (shipment.status === 'cancelled') throw notNow(shipment);
  if (!isAsked(shipment, labelId))
    throw new Refused(
      'LABEL_WITHDRAWN',
      'It goes elsewhere, or another label was bought, while the carrier was asked. The booking is undone.',
    );
  const parcels = withContents(booking.parcels, shipment.parcels);
  return [{ type: 'LabelPurchased', data: { ...refOf(shipment.plan), labelId, ...booking, parcels, trackingToken, purchasedAt: now } }];
};

/** A "no" that comes when nobody waits for it any more changes nothing. */
const isOutdated = (shipment: Shipment, labelId: string | undefined): boolean =>
  labelId === undefined ? hasLabel(shipment) || isRequested(shipment) : !isAsked(shipment, labelId);

/** The policy that the carrier of a label was chosen by, or by which there was nobody to choose. */
const policyOf = (shipment: Shipment, given: string | undefined): { readonly policy?: string } => {
  const policy = isRequested(shipment) ? shipment.request.policy : given;
  return policy === undefined ? {} : { policy };
};

const recordLabelFailure: Decide<'RecordLabelFailure'> = ({ labelId, carrier, policy, reason, now }, shipment) => {
  if (isOutdated(shipment, labelId)) return [];
  if (!isPackedOnly(shipment)) throw notNow(shipment);
  if (shipment.status === 'label-failed' && shipment.carrier === carrier && shipment.failure.code === reason.code) return [];
  const of = labelId === undefined ? {} : { labelId };
  return [{ type: 'LabelFailed', data: { ...refOf(shipment.plan), ...of, carrier, ...policyOf(shipment, policy), reason, failedAt: now } }];
};

/** Said once: how often the carrier is asked again is nobody's business. */
const recordLabelDelay: Decide<'RecordLabelDelay'> = ({ labelId, reason, now }, shipment) => {
  if (!isAsked(shipment, labelId) || shipment.status === 'label-delayed') return [];
  const { carrier, service } = shipment.request;
  return [{ type: 'LabelDelayed', data: { ...refOf(shipment.plan), labelId, carrier, service, reason, delayedAt: now } }];
};

const recordLabelVoided: Decide<'RecordLabelVoided'> = ({ labelId, now }, shipment) => {
  const label = labelsToVoid(shipment).find((each) => each.labelId === labelId);
  if (label && 'plan' in shipment && shipment.plan) {
    const { carrier, sold } = label;
    return [{ type: 'LabelVoided', data: { ...refOf(shipment.plan), labelId, carrier, ...sold, voidedAt: now } }];
  }
  if (hasLabel(shipment) && !isCarried(shipment) && shipment.label.labelId === labelId)
    throw new Refused('LABEL_IN_USE', 'Only a label that nobody uses is voided. Cancel the shipment, or send it elsewhere.');
  return [];
};

export const labelDecisions = {
  RequestLabel: requestLabel,
  RecordLabel: recordLabel,
  RecordLabelFailure: recordLabelFailure,
  RecordLabelDelay: recordLabelDelay,
  RecordLabelVoided: recordLabelVoided,
};
