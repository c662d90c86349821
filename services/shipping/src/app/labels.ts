import type { CustomsDeclaration, Reason } from '@cartage/contracts';
import { Refused, type Deadline, type Meta } from '@cartage/eventsourcing';
import { holdsOf, labelsToVoid } from '../domain/beside';
import type { CarrierTerms } from '../domain/carrier-policy';
import { isFetchedHere } from '../domain/collecting';
import type { Wish } from '../domain/commands';
import { isOurs, type Label } from '../domain/label';
import { meetsWish, requireWished, wantsLabel } from '../domain/labels';
import { notNow, requireFree } from '../domain/refusals';
import { hasLabel, isPackedOnly, isRequested, type Requested, type Shipment, type WithLabel } from '../domain/shipment';
import type { Carrier, Consignment, Dpi } from './carrier';
import { toChooseFor } from './carrier-policies';
import { choose, type Chosen, type ChoosingNeeds } from './choosing';
import { carrierOf, consignmentOf, recipientOf, type Addressed } from './consignments';
import type { Customs } from './customs';
import { later, type LabelDeadline } from './label-deadlines';
import { purchase, requireEarnest, type Outstanding, type PurchaseNeeds } from './label-purchase';
import { CALL_OVER_MS, voidLabel, voidLeftOver } from './label-voiding';
import type { HandledShipment } from './shipment-log';

export interface LabelsNeeds extends PurchaseNeeds, ChoosingNeeds {
  readonly customs: Pick<Customs, 'declare'>;
  /** UUIDv7. */
  readonly newId: () => string;
}

/** Labels of the carriers: asked for and bought once, printed as often as needed, voided when nobody uses them. */
export interface Labels {
  /** Follows from a fact, and is told again after a crash. */
  buy(shipmentId: string, meta: Meta): Promise<HandledShipment>;
  /** It was packed: bought, unless it wants none, or none yet. */
  hearPacked(shipmentId: string, meta: Meta): Promise<void>;
  /** A person asks, who may never ask again. */
  order(shipmentId: string, wish: Wish, meta: Meta): Promise<HandledShipment>;
  print(shipmentId: string): Promise<Uint8Array>;
  /** For a label printer, where the carrier has it. */
  zpl(shipmentId: string, dpi: Dpi): Promise<string>;
  /** Gives labels back that a cancellation, or another destination, left over; quiet in every other case. */
  voidLeftOver(shipmentId: string, shipment: Shipment, meta: Meta): Promise<void>;
  /** What a carrier did not answer is asked again. */
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

export const createLabels = (needs: LabelsNeeds): Labels => ({
  buy: (shipmentId, meta) => buy(needs, { shipmentId, wish: {}, isWatched: false }, meta),
  hearPacked: async (shipmentId, meta) => {
    const { shipment } = await needs.log.read(shipmentId);
    if (wantsLabel(shipment)) await buy(needs, { shipmentId, wish: {}, isWatched: false }, meta);
  },
  order: (shipmentId, wish, meta) => buy(needs, { shipmentId, wish, isWatched: true }, meta),

  print: async (shipmentId) => {
    const { carrier, consignment, label } = await printable(needs, shipmentId);
    return carrier.label(consignment, label);
  },

  zpl: async (shipmentId, dpi) => {
    const { carrier, consignment, label } = await printable(needs, shipmentId);
    if (!carrier.zpl) throw new Refused('LABEL_FORMAT_UNKNOWN', `Carrier ${carrier.name} gives no ZPL. Print label.pdf.`);
    return carrier.zpl(consignment, label, dpi);
  },

  voidLeftOver: (shipmentId, shipment, meta) => voidLeftOver(needs, { shipmentId, shipment }, meta),

  onDue: async ({ name, data }, meta) => {
    if (name === 'LabelOutstanding' || name === 'LabelToVoid') await whenDue(needs, data as LabelDeadline, meta);
  },
});

interface Printable {
  readonly carrier: Carrier;
  readonly consignment: Consignment;
  readonly label: BoughtLabel;
}

const printable = async (needs: LabelsNeeds, shipmentId: string): Promise<Printable> => {
  const { shipment } = await needs.log.read(shipmentId);
  if (!hasLabel(shipment)) throw notNow(shipment);
  const { plan, parcels, label } = shipment;
  if (!isBought(label)) throw ofPartner(label);
  const { customs, labelId: reference, service } = label;
  const recipient = await recipientOf(needs, plan);
  if ('code' in recipient) throw new Refused('PERSONAL_ERASED', `${recipient.detail} Its label can no longer be printed.`);
  const consignment = await consignmentOf(needs, { plan, parcels, recipient });
  return {
    carrier: carrierOf(needs, label.carrier),
    consignment: { ...consignment, ...(customs ? { customs } : {}), reference, service },
    label,
  };
};

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

/** Printed and paid here. */
type BoughtLabel = Label & Required<Pick<Label, 'currency' | 'cost'>>;
const isBought = (label: Label): label is BoughtLabel => isOurs(label);

const ofPartner = ({ carrier }: Label): Refused =>
  new Refused('LABEL_OF_PARTNER', `Its parcels have numbers of ${carrier}, given by whoever fulfils it: there is no label of ours.`);

type Packed = Extract<Shipment, { readonly parcels: unknown }>;

const request = async (
  needs: LabelsNeeds,
  { shipment, ...asking }: Asking & { readonly shipment: Packed },
  meta: Meta,
): Promise<HandledShipment> => {
  const { shipmentId, wish } = asking;
  requireSent(shipment.plan);
  const { plan, parcels } = shipment;
  const terms = await needs.policies.termsFor(toChooseFor(plan, parcels));
  const recipient = await recipientOf(needs, plan);
  if ('code' in recipient) return fail(needs, { shipmentId, terms, reason: recipient }, meta);
  const asked = await chosenFor(needs, { plan, parcels, recipient, wish, terms });
  if ('reason' in asked) return fail(needs, { shipmentId, terms, ...asked }, meta);
  const { chosen, declared } = asked;
  requireEarnest(meta, chosen.choice);
  const labelId = needs.newId();
  // Watched before it is written: whoever asked may never ask again.
  if (asking.isWatched) await needs.deadlines.set(watchOf(needs, { shipmentId, labelId }));
  const { current } = await send(needs, { shipmentId, labelId, ...chosen, ...declared, wish }, meta);
  if (hasLabel(current)) return keep(needs, { shipmentId, shipment: current }, meta);
  if (!isRequested(current)) throw notNow(current);
  return take(needs, { ...asking, shipment: current }, meta);
};

/** Why nobody is asked, and by which policy, where one was looked at. */
interface Unasked {
  readonly reason: Reason;
  readonly policy?: string;
}

type Asked = { readonly chosen: Chosen; readonly declared: Pick<Consignment, 'customs'> } | Unasked;

/** Whom to ask, and what customs are told; or why nobody is asked. */
const chosenFor = async (
  needs: LabelsNeeds,
  { wish, terms, ...addressed }: Addressed & { readonly wish: Wish; readonly terms: CarrierTerms },
): Promise<Asked> => {
  const consignment = await consignmentOf(needs, addressed);
  const customs = await needs.customs.declare({ ...addressed, origin: consignment.origin });
  if (customs && 'code' in customs) return { reason: customs };
  const declared = customs ? { customs } : {};
  const chosen = await choose(needs, { terms, plan: addressed.plan, consignment: { ...consignment, ...declared }, wish });
  return 'reason' in chosen ? { ...chosen, policy: terms.version } : { chosen, declared };
};

const send = (
  { log, now }: LabelsNeeds,
  asked: Chosen & { shipmentId: string; labelId: string; customs?: CustomsDeclaration; wish: Wish },
  meta: Meta,
) => {
  const { shipmentId, ...data } = asked;
  const command = { type: 'RequestLabel', data: { ...data, now: now().toISOString() } } as const;
  return log.send(shipmentId, command, { ...meta, commandId: `${meta.commandId}.request` });
};

/** Before the first attempt, so that what follows from that one has a deadline of its own. */
const WATCHED = -1;

const watchOf = ({ now }: LabelsNeeds, { shipmentId, labelId }: Omit<LabelDeadline, 'attempt'>): Deadline =>
  later('LabelOutstanding', { shipmentId, labelId, attempt: WATCHED }, now(), CALL_OVER_MS);

const take = async (
  needs: LabelsNeeds,
  { shipmentId, shipment, isWatched }: Omit<Asking, 'wish'> & { readonly shipment: Requested },
  meta: Meta,
): Promise<HandledShipment> => {
  requireEarnest(meta, shipment.request);
  const { labelId } = shipment.request;
  await voidLeftOver(needs, { shipmentId, shipment }, meta);
  const label = { shipmentId, labelId, attempt: 0, shipment };
  if (!isWatched) return purchase(needs, label, meta);
  const crashed = watchOf(needs, label);
  await needs.deadlines.set(crashed);
  const handled = await purchase(needs, label, meta);
  // Bought, refused, or waited for by another deadline.
  await needs.deadlines.cancel(crashed.id);
  return handled;
};

/** A label that is still wanted is asked for again, and what it took the place of is voided; so is one that is not. Of one that was settled nothing is left to do. */
const whenDue = async (needs: LabelsNeeds, due: LabelDeadline, meta: Meta): Promise<void> => {
  const { shipment } = await needs.log.read(due.shipmentId);
  if (isRequested(shipment) && shipment.request.labelId === due.labelId) {
    if (due.attempt === WATCHED + 1) await voidLeftOver(needs, { ...due, shipment }, meta);
    return askAgain(needs, { ...due, shipment }, meta);
  }
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

const requireSent = (plan: Packed['plan']): void => {
  if (isFetchedHere(plan)) throw new Refused('SHIPMENT_FETCHED', 'The customer fetches it at its location: no carrier takes it.');
};

/** Asked for a label that is there: recorded again, so that a repeated request is told what it was told the first time. */
const keep = (
  { log, now }: LabelsNeeds,
  { shipmentId, shipment }: { readonly shipmentId: string; readonly shipment: WithLabel },
  meta: Meta,
): Promise<HandledShipment> => {
  if (!isBought(shipment.label)) throw ofPartner(shipment.label);
  const { labelId, trackingToken, purchasedAt: _at, customs: _declared, policy: _chosen, ...booking } = shipment.label;
  return log.send(shipmentId, { type: 'RecordLabel', data: { labelId, booking, trackingToken, now: now().toISOString() } }, meta);
};

/** No carrier was asked. */
const fail = (
  { log, now }: LabelsNeeds,
  { shipmentId, terms, ...unasked }: Unasked & { readonly shipmentId: string; readonly terms: CarrierTerms },
  meta: Meta,
): Promise<HandledShipment> =>
  log.send(
    shipmentId,
    { type: 'RecordLabelFailure', data: { carrier: terms.carriers[0] ?? '', ...unasked, now: now().toISOString() } },
    meta,
  );
