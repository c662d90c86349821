import { ownValue, shareOfUnits, type CustomsDeclaration, type Parcel } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { PlannedLine } from '../domain/events';
import { notNow } from '../domain/refusals';
import { hasLabel, isRequested, type Shipment } from '../domain/shipment';
import type { Origin, Recipient } from './carrier';
import { recipientOf, type ConsignmentNeeds } from './consignments';
import type { KnownOrder, OrderRegister } from './registers';
import type { ShipmentLog } from './shipment-log';
import { requirePlan } from './shipments';
import { labelOfReturn } from './way-back/return-labels';
import type { WayBackLog } from './way-back/way-back-log';

export interface SlipLine extends Pick<PlannedLine, 'sku' | 'quantity' | 'description' | 'attributes'> {
  /** Minor units, with tax; absent where no prices are told. */
  readonly price?: number;
}

/** What lies in a parcel for whoever opens it. */
export interface PackingSlip {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly recipient: Recipient;
  readonly origin: Origin;
  readonly currency?: string;
  readonly lines: readonly SlipLine[];
  readonly parcels: number;
  /** When it was packed; absent before. */
  readonly packedAt?: string;
}

/** What lies with a parcel for customs. */
export interface CustomsPaper {
  /** Or the return, where the parcel comes back: from the recipient to the location. */
  readonly shipmentId: string;
  readonly isReturn?: true;
  readonly orderId: string;
  readonly recipient: Recipient;
  readonly origin: Origin;
  readonly declaration: CustomsDeclaration;
  /** The number of each parcel, once it has one. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly declaredAt: string;
}

export interface DocumentsNeeds extends Pick<ConsignmentNeeds, 'locations' | 'vault' | 'carriers'> {
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly wayBacks: Pick<WayBackLog, 'read'>;
  readonly orders: Pick<OrderRegister, 'find'>;
  /** Whether packing slips tell prices, of what is no gift. */
  readonly pricesOnSlips: boolean;
  /** The first field that cannot be printed as it is written. */
  readonly unprintable: (recipient: Recipient) => { readonly field: string; readonly character: string } | undefined;
}

/** Papers that go with a shipment; invoices are the payment service’s. */
export interface Documents {
  packingSlip(shipmentId: string): Promise<PackingSlip>;
  customs(shipmentId: string): Promise<CustomsPaper>;
  customsOfReturn(returnId: string): Promise<CustomsPaper>;
}

/** Nothing is printed in other letters, nor with half an address. */
const addressee = async (needs: DocumentsNeeds, of: Parameters<typeof recipientOf>[1]): Promise<Recipient> => {
  const recipient = await recipientOf(needs, of);
  if ('code' in recipient) throw new Refused('PERSONAL_ERASED', `${recipient.detail} Its papers can no longer be printed.`);
  const fault = needs.unprintable(recipient);
  if (fault) throw new Refused('DOCUMENT_UNPRINTABLE', `${fault.field}: no font of the printer has ${JSON.stringify(fault.character)}.`);
  return recipient;
};

const no = new Set(['', 'false', 'no', '0']);
/** A line says so by its attribute `gift`. */
const isGift = ({ attributes }: PlannedLine): boolean => {
  const gift = ownValue(attributes, 'gift');
  return gift !== undefined && !no.has(gift.toLowerCase());
};

type SoldLine = KnownOrder['lines'][number];

const slipLine = ({ sku, quantity, description, attributes }: PlannedLine, sold: SoldLine | undefined): SlipLine => {
  return {
    ...{ sku, quantity },
    ...(description === undefined ? {} : { description }),
    ...(attributes ? { attributes } : {}),
    ...(sold ? { price: shareOfUnits(sold.total, { before: 0, units: quantity, of: sold.quantity }) } : {}),
  };
};

const parcelsOf = (shipment: Shipment): { readonly parcels: readonly Parcel[]; readonly packedAt?: string } =>
  'parcels' in shipment ? { parcels: shipment.parcels, packedAt: shipment.packedAt } : { parcels: [] };

const packingSlip = async (needs: DocumentsNeeds, shipmentId: string): Promise<PackingSlip> => {
  const { shipment } = await needs.log.read(shipmentId);
  const plan = requirePlan(shipment);
  const priced = needs.pricesOnSlips && !plan.lines.some(isGift);
  const [recipient, origin, order] = await Promise.all([
    addressee(needs, plan),
    needs.locations.find(plan.location),
    priced ? needs.orders.find(plan.orderId) : undefined,
  ]);
  const { parcels, packedAt } = parcelsOf(shipment);
  const sold = new Map(order?.lines.map((line) => [line.lineId, line]));
  return {
    ...{ shipmentId, orderId: plan.orderId, recipient, origin: origin ?? { location: plan.location }, parcels: parcels.length },
    lines: plan.lines.map((line) => slipLine(line, sold.get(line.lineId))),
    ...(order ? { currency: order.currency } : {}),
    ...(packedAt === undefined ? {} : { packedAt }),
  };
};

const noBorder = (): Refused => new Refused('CUSTOMS_NOT_NEEDED', 'It crosses no border that asks for papers.');

const declarationOf = (shipment: Shipment) => {
  if (hasLabel(shipment)) return { declaration: shipment.label.customs, declaredAt: shipment.label.purchasedAt, tracked: shipment.tracked };
  if (isRequested(shipment)) return { declaration: shipment.request.customs, declaredAt: shipment.request.requestedAt, tracked: [] };
  throw notNow(shipment);
};

const customsPaper = async (needs: DocumentsNeeds, shipmentId: string): Promise<CustomsPaper> => {
  const { shipment } = await needs.log.read(shipmentId);
  const { declaration, declaredAt, tracked } = declarationOf(shipment);
  if (!declaration) throw noBorder();
  const plan = requirePlan(shipment);
  const { orderId, location } = plan;
  const [recipient, origin] = await Promise.all([addressee(needs, plan), needs.locations.find(location)]);
  const numbers = new Map(tracked.map(({ parcelId, trackingNumber }) => [parcelId, trackingNumber]));
  return { shipmentId, orderId, recipient, origin: origin ?? { location }, declaration, numbers, declaredAt };
};

const customsOfReturn = async (needs: DocumentsNeeds, returnId: string): Promise<CustomsPaper> => {
  const { asked, bought } = labelOfReturn(returnId, await needs.wayBacks.read(returnId));
  const { orderId, location, customs: declaration } = asked;
  if (!declaration) throw noBorder();
  const [recipient, origin] = await Promise.all([addressee(needs, asked), needs.locations.find(location)]);
  const numbers = new Map(declaration.parcels.map(({ parcelId }) => [parcelId, bought.trackingNumber]));
  const of = { shipmentId: returnId, isReturn: true, orderId, recipient, origin: origin ?? { location } } as const;
  return { ...of, declaration, numbers, declaredAt: bought.purchasedAt };
};

export const createDocuments = (needs: DocumentsNeeds): Documents => ({
  packingSlip: (shipmentId) => packingSlip(needs, shipmentId),
  customs: (shipmentId) => customsPaper(needs, shipmentId),
  customsOfReturn: (returnId) => customsOfReturn(needs, returnId),
});
