import { exponentOf, majorUnits, type CustomsDeclaration, type Reason } from '@cartage/contracts';
import type { Booked, BookingToVoid, Consignment, NotBooked, Quote, QuoteRequest } from '../../../app/carrier';
import { ouncesOf, parcelOf, recipientOf, type Senders } from './addresses';
import { refusalOf, type EasyPostApi } from './client';

/** One of our services, and whose of EasyPost’s carriers it is. */
export interface EasyPostService {
  readonly service: string;
  readonly carrier: string;
  readonly level: string;
}

interface Rate {
  readonly carrier: string;
  readonly service: string;
  /** A decimal, such as `5.07`. */
  readonly rate: string;
  readonly currency: string;
  readonly delivery_days?: number | null;
  readonly est_delivery_days?: number | null;
}

export interface EasyPostShipment {
  readonly id: string;
  readonly tracking_code: string | null;
  readonly postage_label?: { readonly label_url: string; readonly label_zpl_url?: string | null } | null;
  readonly selected_rate?: Rate | null;
  readonly refund_status?: string | null;
  readonly scan_form?: { readonly id: string; readonly form_url?: string | null } | null;
}

/** What EasyPost calls an order is one consignment: a shipment for each parcel. */
export interface EasyPostOrder {
  readonly id: string;
  readonly shipments: readonly EasyPostShipment[];
  readonly rates?: readonly Rate[];
  readonly messages?: readonly { readonly carrier?: string; readonly message?: unknown }[];
}

export interface OrderNeeds {
  readonly api: EasyPostApi;
  readonly senders: Senders;
  readonly services: readonly EasyPostService[];
}

const minorOf = ({ rate, currency }: Rate): number => Math.round(Number(rate) * 10 ** exponentOf(currency));

const no = (code: string, detail: string): Reason => ({ code, detail, by: 'carrier' });

/** What EasyPost need not be asked. */
const faultIn = ({ senders }: OrderNeeds, { origin, recipient, customs }: QuoteRequest): Reason | undefined => {
  const sender = senders.get(origin.location);
  if (!sender) return no('sender-unknown', `The file of senders has no address of location ${origin.location}.`);
  if (customs || sender.country === recipient.address.country) return undefined;
  return no(
    'customs-missing',
    `From ${sender.country} to ${recipient.address.country} it needs a customs declaration, and nothing was declared.`,
  );
};

/** What customs are told of a parcel, as EasyPost writes it: ounces, and what all units of a line are worth. */
const customsInfoOf = (customs: CustomsDeclaration | undefined, parcelId: string) => {
  const declared = customs?.parcels.find((parcel) => parcel.parcelId === parcelId);
  if (!customs || !declared) return {};
  const items = declared.lines.map(({ description, quantity, value, weightGrams, hsCode, originCountry, sku }) => ({
    ...{ description, quantity, code: sku },
    value: majorUnits(value, customs.currency),
    ...{ currency: customs.currency, weight: ouncesOf(weightGrams), hs_tariff_number: hsCode, origin_country: originCountry },
  }));
  const contents = customs.goods === 'returned' ? 'returned_goods' : 'merchandise';
  return { customs_info: { contents_type: contents, customs_items: items, restriction_type: 'none', non_delivery_option: 'return' } };
};

const orderOf = ({ senders }: OrderNeeds, consignment: QuoteRequest, reference?: string) => ({
  order: {
    ...(reference === undefined ? {} : { reference }),
    from_address: senders.get(consignment.origin.location),
    to_address: recipientOf(consignment),
    // EasyPost turns the two around by itself.
    ...(consignment.isReturn ? { is_return: true } : {}),
    shipments: consignment.parcels.map((parcel) => ({
      parcel: parcelOf(parcel),
      ...customsInfoOf(consignment.customs, parcel.parcelId),
      options: { label_format: 'PNG', label_size: '4x6' },
    })),
  },
});

const isOf =
  ({ carrier, level }: EasyPostService) =>
  (rate: Rate): boolean =>
    rate.carrier === carrier && rate.service === level;

const messagesOf = ({ messages = [] }: EasyPostOrder): string =>
  messages
    .map(({ carrier, message }) => [carrier, typeof message === 'string' ? message : JSON.stringify(message)].filter(Boolean).join(': '))
    .join(' ')
    .slice(0, 400);

const quoteOf = (order: EasyPostOrder, wanted: EasyPostService): Quote => {
  const rate = order.rates?.find(isOf(wanted));
  const { service, carrier, level } = wanted;
  if (!rate) return { service, reason: no('no-rate', `${carrier} ${level} does not take it. ${messagesOf(order)}`.trim()) };
  const days = rate.delivery_days ?? rate.est_delivery_days;
  return { service, currency: rate.currency, cost: minorOf(rate), ...(typeof days === 'number' ? { days } : {}) };
};

export const quote = async (needs: OrderNeeds, consignment: QuoteRequest): Promise<readonly Quote[]> => {
  const fault = faultIn(needs, consignment);
  if (fault) return needs.services.map(({ service }) => ({ service, reason: fault }));
  try {
    const order = await needs.api.post<EasyPostOrder>('orders', orderOf(needs, consignment));
    return needs.services.map((service) => quoteOf(order, service));
  } catch (error) {
    const reason = refusalOf(error);
    if (!reason) throw error;
    return needs.services.map(({ service }) => ({ service, reason }));
  }
};

const isBought = ({ shipments }: EasyPostOrder): boolean => shipments.length > 0 && shipments.every(({ tracking_code }) => tracking_code);

/** The parcels in the order in which they were told: EasyPost keeps it. */
const bookedOf = ({ services }: OrderNeeds, { shipments }: EasyPostOrder, { parcels, service: asked }: Consignment): Booked => {
  const rates = shipments.flatMap(({ selected_rate: rate }) => (rate ? [rate] : []));
  // What was bought, if that was something else the first time.
  const service = services.find((each) => rates[0] && isOf(each)(rates[0]))?.service ?? asked;
  return {
    status: 'booked',
    parcels: parcels.map(({ parcelId }, n) => ({ parcelId, trackingNumber: shipments[n]?.tracking_code ?? '' })),
    service,
    currency: rates[0]?.currency ?? 'USD',
    cost: rates.reduce((sum, rate) => sum + minorOf(rate), 0),
  };
};

const bought = async ({ api, services }: OrderNeeds, order: EasyPostOrder, service: string): Promise<EasyPostOrder> => {
  if (isBought(order)) return order;
  const wanted = services.find((each) => each.service === service);
  return api.post<EasyPostOrder>(`orders/${order.id}/buy`, { carrier: wanted?.carrier, service: wanted?.level });
};

/** Found by our reference first: whoever asked before and heard nothing is answered with what was bought then. */
export const book = async (needs: OrderNeeds, consignment: Consignment): Promise<Booked | NotBooked> => {
  const fault = faultIn(needs, consignment);
  if (fault) return { status: 'refused', reason: fault };
  const { reference, service } = consignment;
  try {
    const before = await needs.api.find<EasyPostOrder>('orders', reference);
    const order = before ?? (await needs.api.post<EasyPostOrder>('orders', orderOf(needs, consignment, reference)));
    return bookedOf(needs, await bought(needs, order, service), consignment);
  } catch (error) {
    const reason = refusalOf(error);
    if (reason) return { status: 'refused', reason };
    throw error;
  }
};

const settled = ['submitted', 'refunded', 'not_applicable'];

const refund = async (api: EasyPostApi, { id, tracking_code, refund_status }: EasyPostShipment): Promise<void> => {
  if (!tracking_code || settled.includes(refund_status ?? '')) return;
  const { refund_status: after } = await api.post<EasyPostShipment>(`shipments/${id}/refund`, {});
  if (!settled.includes(after ?? '')) throw new Error(`EasyPost did not take shipment ${id} back: ${after ?? 'no answer'}.`);
};

export const voidBooking = async ({ api }: OrderNeeds, { reference }: BookingToVoid): Promise<void> => {
  const order = await api.find<EasyPostOrder>('orders', reference);
  for (const shipment of order?.shipments ?? []) await refund(api, shipment);
};
