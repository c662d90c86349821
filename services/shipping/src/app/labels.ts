import type { Reason } from '@cartage/contracts';
import { Previewed, Refused, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { Plan } from '../domain/events';
import { labelsToVoid } from '../domain/beside';
import { notNow, requireFree } from '../domain/refusals';
import { hasLabel, type Shipment, type WithLabel } from '../domain/shipment';
import type { Booked, Carrier, Carriers, Consignment, Recipient } from './carrier';
import type { LocationRegister } from './registers';
import type { HandledShipment, ShipmentLog } from './shipment-log';

export interface LabelsNeeds {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  /** Which carrier a label is bought from. */
  readonly carrier: string;
  readonly locations: LocationRegister;
  readonly vault: Pick<Vault, 'open'>;
  /** Unguessable: whoever has it may follow the parcel. */
  readonly newToken: () => string;
  /** UUIDv7. */
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Labels of the carrier: bought once, printed as often as needed, voided when the shipment is cancelled. */
export interface Labels {
  buy(shipmentId: string, meta: Meta, service?: string): Promise<HandledShipment>;
  print(shipmentId: string): Promise<Uint8Array>;
  /** Gives labels back that a cancellation, or another destination, left over; quiet in every other case. */
  voidLeftOver(shipmentId: string, shipment: Shipment, meta: Meta): Promise<void>;
}

export const createLabels = (needs: LabelsNeeds): Labels => ({
  buy: async (shipmentId, meta, service) => {
    const { shipment } = await needs.log.read(shipmentId);
    if (hasLabel(shipment)) return keep(needs, { shipment, shipmentId, service }, meta);
    if (shipment.status !== 'packed' && shipment.status !== 'label-failed') throw notNow(shipment);
    requireFree(shipment);
    requireSent(shipment.plan);
    const carrier = carrierOf(needs, needs.carrier);
    requireService(carrier, service);
    return book(needs, { shipmentId, shipment, carrier, service }, meta);
  },

  print: async (shipmentId) => {
    const { shipment } = await needs.log.read(shipmentId);
    if (!hasLabel(shipment)) throw notNow(shipment);
    const recipient = await recipientOf(needs, shipment.plan);
    if ('code' in recipient) throw new Refused('PERSONAL_ERASED', `${recipient.detail} Its label can no longer be printed.`);
    const carrier = carrierOf(needs, shipment.label.carrier);
    return carrier.label(await consignmentOf(needs, { ...shipment, recipient }), shipment.label);
  },

  voidLeftOver: async (shipmentId, shipment, meta) => {
    const own = shipment.status === 'cancelled' && shipment.label && !shipment.labelVoided ? [shipment.label] : [];
    for (const label of [...labelsToVoid(shipment), ...own]) {
      await carrierOf(needs, label.carrier).cancel(label.parcels);
      const command = { type: 'RecordLabelVoided', data: { labelId: label.labelId, now: needs.now().toISOString() } } as const;
      await needs.log.send(shipmentId, command, { ...meta, commandId: `${meta.commandId}.void.${label.labelId}` });
    }
  },
});

type WhyNobody = Reason & { readonly detail: string };

const erased: WhyNobody = { code: 'personal-erased', detail: 'The recipient’s personal data was erased.', by: 'customer' };
const nowhere: WhyNobody = { code: 'address-missing', detail: 'Nobody said where it is to go.', by: 'channel' };

/** Whoever it goes to; or why nobody knows. */
const recipientOf = async ({ vault }: LabelsNeeds, { personal }: Plan): Promise<Recipient | WhyNobody> => {
  const opened = await vault.open(personal);
  if (!opened) return erased;
  const { address } = opened;
  return address ? { ...opened, address } : nowhere;
};

const requireSent = ({ method }: Plan): void => {
  if (method === 'pickup') throw new Refused('SHIPMENT_FETCHED', 'The customer fetches it at its location: no carrier takes it.');
};

const carrierOf = ({ carriers }: LabelsNeeds, name: string): Carrier => {
  const carrier = carriers.get(name);
  if (!carrier) throw new Error(`There is no adapter for carrier ${name}, and a shipment needs it.`);
  return carrier;
};

const requireService = ({ name, services }: Carrier, service: string | undefined): void => {
  if (service === undefined || services.includes(service)) return;
  const message = `Carrier ${name} has the services ${services.join(', ')}.`;
  throw new Refused('SERVICE_UNKNOWN', message, 'invalid', [{ field: 'service', code: 'SERVICE_UNKNOWN', message }]);
};

/** The service that was sold, if this carrier has one of that name. */
const soldService = ({ services }: Carrier, { service }: Plan): string | undefined =>
  service !== undefined && services.includes(service) ? service : undefined;

/** Which of its destinations a label is bought to. */
const addressOf = ({ destinationChangedAt: changedAt }: Pick<Shipment, 'destinationChangedAt'>): { readonly changedAt?: string } =>
  changedAt === undefined ? {} : { changedAt };

interface Addressed extends Pick<Shipment, 'destinationChangedAt'> {
  readonly plan: Plan;
  readonly parcels: Consignment['parcels'];
  readonly recipient: Recipient;
}

const consignmentOf = async (
  { locations }: LabelsNeeds,
  { plan, parcels, recipient, destinationChangedAt }: Addressed,
): Promise<Consignment> => ({
  shipmentId: plan.shipmentId,
  reference: destinationChangedAt === undefined ? plan.shipmentId : `${plan.shipmentId}@${destinationChangedAt}`,
  orderId: plan.orderId,
  origin: (await locations.find(plan.location)) ?? { location: plan.location },
  ...(plan.destination ? { destination: plan.destination } : {}),
  priority: plan.priority,
  recipient,
  parcels,
});

interface ToBook {
  readonly shipmentId: string;
  readonly shipment: Pick<Addressed, 'plan' | 'parcels' | 'destinationChangedAt'>;
  readonly carrier: Carrier;
  readonly service: string | undefined;
}

const book = async (needs: LabelsNeeds, { shipmentId, shipment, carrier, service }: ToBook, meta: Meta): Promise<HandledShipment> => {
  const recipient = await recipientOf(needs, shipment.plan);
  if ('code' in recipient) return fail(needs, { shipmentId, carrier, reason: recipient }, meta);
  const consignment = await consignmentOf(needs, { ...shipment, recipient });
  const wanted = service ?? soldService(carrier, shipment.plan);
  if (meta.preview) throw new Previewed([], false, [`carrier ${carrier.name}: book ${wanted ?? 'its usual service'}`]);
  const answer = await carrier.book(wanted === undefined ? consignment : { ...consignment, service: wanted });
  if (answer.status === 'refused') return fail(needs, { shipmentId, carrier, reason: answer.reason }, meta);
  return record(needs, { shipmentId, carrier, booked: answer, ...addressOf(shipment) }, meta);
};

interface Kept {
  readonly shipmentId: string;
  readonly shipment: WithLabel;
  readonly service: string | undefined;
}

/** Asked for a label that is there: recorded again, so that a repeated request is told what it was told the first time. */
const keep = ({ log, now }: LabelsNeeds, { shipmentId, shipment, service }: Kept, meta: Meta): Promise<HandledShipment> => {
  const { label } = shipment;
  if (service !== undefined && service !== label.service)
    throw new Refused('LABEL_EXISTS', `It has a label of service ${label.service} already.`);
  const { labelId, trackingToken, purchasedAt: _at, ...booking } = label;
  const data = { labelId, booking, trackingToken, ...addressOf(shipment), now: now().toISOString() };
  return log.send(shipmentId, { type: 'RecordLabel', data }, meta);
};

interface Failed {
  readonly shipmentId: string;
  readonly carrier: Carrier;
  readonly reason: Reason;
}

const fail = ({ log, now }: LabelsNeeds, { shipmentId, carrier, reason }: Failed, meta: Meta): Promise<HandledShipment> =>
  log.send(shipmentId, { type: 'RecordLabelFailure', data: { carrier: carrier.name, reason, now: now().toISOString() } }, meta);

interface Bought {
  readonly shipmentId: string;
  readonly carrier: Carrier;
  readonly booked: Booked;
  readonly changedAt?: string;
}

const record = async (
  { log, newToken, newId, now }: LabelsNeeds,
  { shipmentId, carrier, booked, ...address }: Bought,
  meta: Meta,
): Promise<HandledShipment> => {
  const { status: _booked, ...terms } = booked;
  const data = {
    labelId: newId(),
    booking: { carrier: carrier.name, ...terms },
    trackingToken: newToken(),
    ...address,
    now: now().toISOString(),
  };
  try {
    return await log.send(shipmentId, { type: 'RecordLabel', data }, meta);
  } catch (error) {
    // Cancelled, or sent elsewhere, while the carrier was being asked: the booking is undone, or it would be paid for.
    if (error instanceof Refused && (error.code === 'SHIPMENT_CANCELLED' || error.code === 'DESTINATION_CHANGED'))
      await carrier.cancel(booked.parcels);
    throw error;
  }
};
