import type { Reason } from '@cartage/contracts';
import { Previewed, Refused, type Deadline, type Meta } from '@cartage/eventsourcing';
import { holdsOf, labelsToVoid } from '../domain/beside';
import type { Wish } from '../domain/commands';
import { meetsWish, requireWished } from '../domain/labels';
import { notNow, requireFree } from '../domain/refusals';
import { hasLabel, isPackedOnly, isRequested, type Requested, type Shipment, type WithLabel } from '../domain/shipment';
import { choose, type Chosen, type ChoosingNeeds } from './choosing';
import { carrierOf, consignmentOf, recipientOf } from './consignments';
import { later, type LabelDeadline } from './label-deadlines';
import { purchase, type Outstanding, type PurchaseNeeds } from './label-purchase';
import { CALL_OVER_MS, voidLabel, voidLeftOver } from './label-voiding';
import type { HandledShipment } from './shipment-log';

export interface LabelsNeeds extends PurchaseNeeds, ChoosingNeeds {
  /** UUIDv7. */
  readonly newId: () => string;
}

/** Labels of the carriers: asked for and bought once, printed as often as needed, voided when nobody uses them. */
export interface Labels {
  /** Follows from a fact, and is told again after a crash. */
  buy(shipmentId: string, meta: Meta): Promise<HandledShipment>;
  /** A person asks, who may never ask again. */
  order(shipmentId: string, wish: Wish, meta: Meta): Promise<HandledShipment>;
  print(shipmentId: string): Promise<Uint8Array>;
  /** Gives labels back that a cancellation, or another destination, left over; quiet in every other case. */
  voidLeftOver(shipmentId: string, shipment: Shipment, meta: Meta): Promise<void>;
  /** What a carrier did not answer is asked again. */
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

export const createLabels = (needs: LabelsNeeds): Labels => ({
  buy: (shipmentId, meta) => buy(needs, { shipmentId, wish: {}, isWatched: false }, meta),
  order: (shipmentId, wish, meta) => buy(needs, { shipmentId, wish, isWatched: true }, meta),

  print: async (shipmentId) => {
    const { shipment } = await needs.log.read(shipmentId);
    if (!hasLabel(shipment)) throw notNow(shipment);
    const { plan, parcels, label } = shipment;
    const recipient = await recipientOf(needs, plan);
    if ('code' in recipient) throw new Refused('PERSONAL_ERASED', `${recipient.detail} Its label can no longer be printed.`);
    const consignment = await consignmentOf(needs, { plan, parcels, recipient });
    return carrierOf(needs, label.carrier).label({ ...consignment, reference: label.labelId, service: label.service }, label);
  },

  voidLeftOver: (shipmentId, shipment, meta) => voidLeftOver(needs, { shipmentId, shipment }, meta),

  onDue: async ({ name, data }, meta) => {
    if (name === 'LabelOutstanding' || name === 'LabelToVoid') await whenDue(needs, data as LabelDeadline, meta);
  },
});

interface Asking {
  readonly shipmentId: string;
  readonly wish: Wish;
  /** Nobody else would take it up after a crash: a deadline does. */
  readonly isWatched: boolean;
}

const buy = async (needs: LabelsNeeds, asking: Asking, meta: Meta): Promise<HandledShipment> => {
  const { shipmentId, wish } = asking;
  const { shipment } = await needs.log.read(shipmentId);
  requireWished(shipment, wish);
  if (hasLabel(shipment)) return keep(needs, { shipmentId, shipment }, meta);
  if (!isPackedOnly(shipment)) throw notNow(shipment);
  requireFree(shipment);
  if (isRequested(shipment) && meetsWish(shipment, wish)) return take(needs, { ...asking, shipment }, meta);
  return request(needs, { ...asking, shipment }, meta);
};

type Packed = Extract<Shipment, { readonly parcels: unknown }>;

const request = async (
  needs: LabelsNeeds,
  { shipment, ...asking }: Asking & { readonly shipment: Packed },
  meta: Meta,
): Promise<HandledShipment> => {
  const { shipmentId, wish } = asking;
  requireSent(shipment.plan);
  const recipient = await recipientOf(needs, shipment.plan);
  if ('code' in recipient) return fail(needs, { shipmentId, reason: recipient }, meta);
  const { plan, parcels } = shipment;
  const chosen = await choose(needs, { plan, consignment: await consignmentOf(needs, { plan, parcels, recipient }), wish });
  if ('reason' in chosen) return fail(needs, { shipmentId, reason: chosen.reason }, meta);
  if (meta.preview) throw new Previewed([], false, [`carrier ${chosen.choice.carrier}: book ${chosen.choice.service}`]);
  const { current } = await send(needs, { shipmentId, ...chosen, wish }, meta);
  await voidLeftOver(needs, { shipmentId, shipment: current }, meta);
  if (hasLabel(current)) return keep(needs, { shipmentId, shipment: current }, meta);
  if (!isRequested(current)) throw notNow(current);
  return take(needs, { ...asking, shipment: current }, meta);
};

const send = ({ log, newId, now }: LabelsNeeds, asked: Chosen & { shipmentId: string; wish: Wish }, meta: Meta) => {
  const { shipmentId, ...data } = asked;
  const command = { type: 'RequestLabel', data: { ...data, labelId: newId(), now: now().toISOString() } } as const;
  return log.send(shipmentId, command, { ...meta, commandId: `${meta.commandId}.request` });
};

const take = async (
  needs: LabelsNeeds,
  { shipmentId, shipment, isWatched }: Omit<Asking, 'wish'> & { readonly shipment: Requested },
  meta: Meta,
): Promise<HandledShipment> => {
  const { labelId } = shipment.request;
  const label = { shipmentId, labelId, attempt: 0, shipment };
  if (!isWatched) return purchase(needs, label, meta);
  const crashed = later('LabelOutstanding', label, needs.now(), CALL_OVER_MS);
  await needs.deadlines.set(crashed);
  const handled = await purchase(needs, label, meta);
  if (!isRequested(handled.current)) await needs.deadlines.cancel(crashed.id);
  return handled;
};

/** A label that is still wanted is asked for again, one that is not is voided; of one that was settled nothing is left to do. */
const whenDue = async (needs: LabelsNeeds, due: LabelDeadline, meta: Meta): Promise<void> => {
  const { shipment } = await needs.log.read(due.shipmentId);
  if (isRequested(shipment) && shipment.request.labelId === due.labelId) return askAgain(needs, { ...due, shipment }, meta);
  const label = labelsToVoid(shipment).find(({ labelId }) => labelId === due.labelId);
  if (label) await voidLabel(needs, { ...due, label }, meta);
};

const askAgain = async (needs: LabelsNeeds, label: Outstanding, meta: Meta): Promise<void> => {
  // What stands still buys nothing; whether it still does is looked at again.
  if (holdsOf(label.shipment).length > 0) return needs.deadlines.set(later('LabelOutstanding', label, needs.now()));
  await quietly(purchase(needs, label, meta));
};

/** What cannot be any more needs no asking: a refusal is final. */
const quietly = async (asking: Promise<unknown>): Promise<void> => {
  await asking.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
};

const requireSent = ({ method }: Packed['plan']): void => {
  if (method === 'pickup') throw new Refused('SHIPMENT_FETCHED', 'The customer fetches it at its location: no carrier takes it.');
};

/** Asked for a label that is there: recorded again, so that a repeated request is told what it was told the first time. */
const keep = (
  { log, now }: LabelsNeeds,
  { shipmentId, shipment }: { readonly shipmentId: string; readonly shipment: WithLabel },
  meta: Meta,
): Promise<HandledShipment> => {
  const { labelId, trackingToken, purchasedAt: _at, ...booking } = shipment.label;
  return log.send(shipmentId, { type: 'RecordLabel', data: { labelId, booking, trackingToken, now: now().toISOString() } }, meta);
};

/** No carrier was asked. */
const fail = (
  { log, preferences, now }: LabelsNeeds,
  { shipmentId, reason }: { readonly shipmentId: string; readonly reason: Reason },
  meta: Meta,
): Promise<HandledShipment> =>
  log.send(
    shipmentId,
    { type: 'RecordLabelFailure', data: { carrier: preferences.carriers[0] ?? '', reason, now: now().toISOString() } },
    meta,
  );
