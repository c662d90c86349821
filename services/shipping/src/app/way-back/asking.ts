import type { Reason } from '@cartage/contracts';
import { Refused, type Deadlines, type Meta } from '@cartage/eventsourcing';
import type { ReturnParcel, Wanted } from '../../domain/way-back/events';
import type { ReturnLabel } from '../../domain/way-back/way-back';
import type { Booked, Carrier, Consignment, QuoteRequest, Recipient } from '../carrier';
import { carrierOf, recipientOf, type ConsignmentNeeds } from '../consignments';
import type { ItemRegister, OrderRegister } from '../registers';
import { laterOfReturn } from './deadlines';
import { voidReturnLabel } from './voiding';
import type { WayBackLog } from './way-back-log';

export interface AskingNeeds extends ConsignmentNeeds {
  readonly log: WayBackLog;
  readonly orders: Pick<OrderRegister, 'find'>;
  readonly items: Pick<ItemRegister, 'find'>;
  readonly deadlines: Pick<Deadlines, 'set' | 'cancel'>;
  /** Unguessable: whoever has it may print the label. */
  readonly newToken: () => string;
  /** Where the customer finds what has this token. */
  readonly linkOf: (token: string, paper: 'label' | 'qr' | 'customs') => string;
  readonly now: () => Date;
}

type FromWhere = Pick<ReturnParcel, 'personal' | 'destination'>;

interface Sender {
  readonly recipient: Recipient;
  readonly kept: FromWhere;
  /** Where it was sold. */
  readonly channel?: string;
}

const orderUnknown: Reason = { code: 'order-unknown', detail: 'Nobody here knows where it was sent to.', by: 'system' };

/** Whoever got it sends it; or why nobody knows where from. */
export const senderOf = async (needs: AskingNeeds, { orderId, lines }: Pick<Wanted, 'orderId' | 'lines'>): Promise<Sender | Reason> => {
  const order = await needs.orders.find(orderId);
  if (!order) return orderUnknown;
  const line = order.lines.find(({ lineId }) => lineId === lines[0]?.lineId);
  const group = order.shipGroups.find(({ shipGroupId }) => shipGroupId === line?.shipGroupId);
  const kept: FromWhere = {
    personal: group?.personal ?? order.personal,
    ...(group?.destination ? { destination: group.destination } : {}),
  };
  const recipient = await recipientOf(needs, kept);
  if ('code' in recipient) return recipient;
  return { recipient, kept, ...(order.channel === undefined ? {} : { channel: order.channel }) };
};

/** Of an item that nobody weighed: what is declared too light is charged afterwards, and never refused. */
const USUAL_GRAMS = 500;

export const weightOf = async ({ items }: Pick<AskingNeeds, 'items'>, lines: Wanted['lines']): Promise<number> => {
  const known = await items.find(lines.map(({ sku }) => sku));
  return lines.reduce((sum, { sku, quantity }) => sum + quantity * (known.get(sku)?.weightGrams ?? USUAL_GRAMS), 0);
};

type Described = Omit<ReturnParcel, 'service' | 'policy' | 'personal'>;

/** One parcel, from the customer to a location of ours. */
export const consignmentOfReturn = async (
  { locations }: Pick<AskingNeeds, 'locations'>,
  { returnId, orderId, lines }: Pick<Wanted, 'returnId' | 'orderId' | 'lines'>,
  { location, weightGrams, destination, customs, recipient }: Described & { readonly recipient: Recipient },
): Promise<QuoteRequest> => ({
  ...{ shipmentId: returnId, orderId, recipient, priority: 'standard', isReturn: true },
  origin: (await locations.find(location)) ?? { location },
  ...(destination ? { destination } : {}),
  ...(customs ? { customs } : {}),
  parcels: [{ parcelId: '1', weightGrams, lines }],
});

export interface OutstandingLabel {
  readonly wanted: Wanted;
  readonly label: ReturnLabel;
  /** How often its carrier gave no answer before. */
  readonly attempt: number;
}

type Answer = Awaited<ReturnType<Carrier['book']>> | { readonly status: 'silent' };

const answerOf = async (carrier: Carrier, consignment: Consignment): Promise<Answer> => {
  try {
    const answer = await carrier.book(consignment);
    const numbered = answer.status === 'refused' || (answer.parcels[0]?.trackingNumber ?? '') !== '';
    return numbered ? answer : { status: 'silent' };
  } catch {
    // Unknown, and so it is asked again by the same reference.
    return { status: 'silent' };
  }
};

/**
 * Asks the carrier for what was requested. The label's id is our reference there, so that asking again after an unknown outcome, a crash or an outage is asking for the
 * same booking. A carrier that gives no answer is asked again when the deadline is due.
 */
export const askCarrier = async (needs: AskingNeeds, outstanding: OutstandingLabel, meta: Meta): Promise<void> => {
  const { wanted, label } = outstanding;
  const { labelId, carrier, service, personal } = label.asked;
  const recipient = await recipientOf(needs, { personal });
  if ('code' in recipient) return refuse(needs, outstanding, { reason: recipient, meta });
  const consignment = await consignmentOfReturn(needs, wanted, { ...label.asked, recipient });
  const crashed = laterOfReturn('ReturnLabelOutstanding', { ...wanted, labelId, attempt: outstanding.attempt }, needs.now());
  await needs.deadlines.set(crashed);
  const answer = await answerOf(carrierOf(needs, carrier), { ...consignment, reference: labelId, service });
  if (answer.status === 'silent') return;
  await (answer.status === 'refused'
    ? refuse(needs, outstanding, { reason: answer.reason, meta })
    : record(needs, outstanding, { booked: answer, meta }));
  // Not before it is written: nobody else asks again.
  await needs.deadlines.cancel(crashed.id);
};

const refuse = async (
  { log, now }: AskingNeeds,
  { wanted: { returnId }, label: { asked } }: OutstandingLabel,
  { reason, meta }: { readonly reason: Reason; readonly meta: Meta },
): Promise<void> => {
  const data = { labelId: asked.labelId, carrier: asked.carrier, reason, now: now().toISOString() };
  await log.send(returnId, { type: 'FailReturnLabel', data }, { ...meta, commandId: `${meta.commandId}.refused.${asked.labelId}` });
};

/** A code only where the carrier's counters read one. */
const formatOf = (carrier: Carrier, wanted: Wanted): 'label' | 'qr' => (wanted.format === 'qr' && carrier.counterCode ? 'qr' : 'label');

const record = async (
  needs: AskingNeeds,
  { wanted, label: { asked } }: OutstandingLabel,
  { booked, meta }: { readonly booked: Booked; readonly meta: Meta },
): Promise<void> => {
  const { labelId, carrier } = asked;
  const { service, currency, cost, parcels } = booked;
  const token = needs.newToken();
  const format = formatOf(carrierOf(needs, carrier), wanted);
  const bought = { labelId, service, currency, cost, format, trackingNumber: parcels[0]?.trackingNumber ?? '', token };
  const links = { url: needs.linkOf(token, format), ...(asked.customs ? { customsUrl: needs.linkOf(token, 'customs') } : {}) };
  const data = { ...bought, ...links, now: needs.now().toISOString() };
  const recorded: Meta = { ...meta, commandId: `${meta.commandId}.bought.${labelId}` };
  try {
    await needs.log.send(wanted.returnId, { type: 'RecordReturnLabel', data }, recorded);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'LABEL_WITHDRAWN') throw error;
    // Cancelled while the carrier was being asked: the booking is undone, or it would be paid for.
    await voidReturnLabel(needs, { returnId: wanted.returnId, labelId, carrier, attempt: 0, isSettled: true }, meta);
  }
};
