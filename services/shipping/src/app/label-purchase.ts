import type { Reason } from '@cartage/contracts';
import { messageOf, Previewed, Refused, type Deadlines, type Meta } from '@cartage/eventsourcing';
import type { Beside } from '../domain/beside';
import type { Choice } from '../domain/commands';
import type { Requested } from '../domain/shipment';
import type { Booked, Carrier, Consignment } from './carrier';
import { carrierOf, consignmentOf, recipientOf, type ConsignmentNeeds } from './consignments';
import { voidLabel, type VoidingNeeds } from './label-voiding';
import { later, type LabelDeadline } from './label-deadlines';
import type { HandledShipment, ShipmentLog } from './shipment-log';

export interface PurchaseNeeds extends ConsignmentNeeds, VoidingNeeds {
  readonly log: ShipmentLog;
  readonly deadlines: Deadlines;
  /** Unguessable: whoever has it may follow the parcel. */
  readonly newToken: () => string;
  readonly now: () => Date;
}

/** A label that was requested, and how often its carrier gave no answer. */
export interface Outstanding extends LabelDeadline {
  readonly shipment: Requested & Beside;
}

/** A preview books nothing: it ends here, and says what would be asked. */
export const requireEarnest = ({ preview }: Meta, { carrier, service }: Pick<Choice, 'carrier' | 'service'>): void => {
  if (preview) throw new Previewed([], false, [`carrier ${carrier}: book ${service}`]);
};

/**
 * Asks the carrier for what was requested. The label's id is our reference there, so that asking again after an unknown outcome, a crash or an outage is
 * asking for the same booking. A carrier that gives no answer is asked again when the deadline is due.
 */
export const purchase = async (needs: PurchaseNeeds, label: Outstanding, meta: Meta): Promise<HandledShipment> => {
  const { plan, parcels, request } = label.shipment;
  const carrier = carrierOf(needs, request.carrier);
  const recipient = await recipientOf(needs, plan);
  if ('code' in recipient) return refuse(needs, { label, reason: recipient }, meta);
  const consignment = await consignmentOf(needs, { plan, parcels, recipient });
  const answer = await asked(carrier, {
    ...consignment,
    ...(request.customs ? { customs: request.customs } : {}),
    reference: label.labelId,
    service: request.service,
  });
  if (answer.status === 'silent') return delay(needs, { label, reason: answer.reason }, meta);
  return answer.status === 'refused'
    ? refuse(needs, { label, reason: answer.reason }, meta)
    : record(needs, { label, booked: answer }, meta);
};

type Answer = Awaited<ReturnType<Carrier['book']>> | { readonly status: 'silent'; readonly reason: Reason };

/** What was heard instead of an answer, for a person. */
const silence = (error: unknown): Reason => ({
  code: 'carrier-silent',
  detail: (messageOf(error) || 'It gave no answer.').slice(0, 500),
  by: 'carrier',
});

const asked = async (carrier: Carrier, consignment: Consignment): Promise<Answer> => {
  try {
    const answer = await carrier.book(consignment);
    if (answer.status === 'booked') requireAllNumbered(carrier, consignment, answer);
    return answer;
  } catch (error) {
    return { status: 'silent', reason: silence(error) };
  }
};

/** No parcel leaves without a number of its own. */
const requireAllNumbered = ({ name }: Carrier, { parcels }: Consignment, booked: Booked): void => {
  const numbered = new Set(booked.parcels.filter(({ trackingNumber }) => trackingNumber !== '').map(({ parcelId }) => parcelId));
  const without = parcels.find(({ parcelId }) => !numbered.has(parcelId));
  if (without) throw new Error(`Carrier ${name} gave no tracking number for parcel ${without.parcelId}.`);
};

interface WithReason {
  readonly label: Outstanding;
  readonly reason: Reason;
}

const refuse = async ({ log, now }: PurchaseNeeds, { label, reason }: WithReason, meta: Meta): Promise<HandledShipment> => {
  const { shipmentId, labelId, shipment } = label;
  const data = { labelId, carrier: shipment.request.carrier, reason, now: now().toISOString() };
  return log.send(shipmentId, { type: 'RecordLabelFailure', data }, meta);
};

/** Said first, and then waited for: whoever crashes between the two is told again of what asked for the label. */
const delay = async (needs: PurchaseNeeds, { label, reason }: WithReason, meta: Meta): Promise<HandledShipment> => {
  const { shipmentId, labelId } = label;
  const data = { labelId, reason, now: needs.now().toISOString() };
  // An id of its own: whoever asks again under the same key is told what became of it since.
  const handled = await needs.log.send(shipmentId, { type: 'RecordLabelDelay', data }, { ...meta, commandId: `${meta.commandId}.delayed` });
  await needs.deadlines.set(later('LabelOutstanding', label, needs.now()));
  return handled;
};

interface Bought {
  readonly label: Outstanding;
  readonly booked: Booked;
}

const record = async (needs: PurchaseNeeds, { label, booked }: Bought, meta: Meta): Promise<HandledShipment> => {
  const { shipmentId, labelId, shipment } = label;
  const { status: _booked, ...terms } = booked;
  const booking = { carrier: shipment.request.carrier, ...terms };
  const data = { labelId, booking, trackingToken: needs.newToken(), now: needs.now().toISOString() };
  try {
    return await needs.log.send(shipmentId, { type: 'RecordLabel', data }, meta);
  } catch (error) {
    // Cancelled, or sent elsewhere, while the carrier was being asked: the booking is undone, or it would be paid for.
    if (error instanceof Refused && (error.code === 'SHIPMENT_CANCELLED' || error.code === 'LABEL_WITHDRAWN')) {
      const { carrier, parcels } = booking;
      await voidLabel(needs, { shipmentId, labelId, attempt: 0, label: { labelId, carrier, parcels, since: data.now } }, meta);
    }
    throw error;
  }
};
