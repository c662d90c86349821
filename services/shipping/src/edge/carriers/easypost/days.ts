import { exponentOf } from '@cartage/contracts';
import type { BookedParcels, CarrierManifest, ManifestRequest, PickupAnswer, PickupRequest } from '../../../app/carrier';
import type { Senders } from './addresses';
import { refusalOf, type EasyPostApi } from './client';
import type { EasyPostOrder, EasyPostShipment } from './orders';

interface ScanForm {
  readonly id: string;
  readonly status?: string;
  readonly message?: string | null;
  readonly form_url?: string | null;
}

interface PickupRate {
  readonly carrier: string;
  readonly service: string;
  readonly rate: string;
  readonly currency: string;
}
interface EasyPostPickup {
  readonly id: string;
  readonly status: string;
  readonly confirmation?: string | null;
  readonly pickup_rates?: readonly PickupRate[];
  readonly messages?: readonly { readonly carrier?: string; readonly message?: unknown }[];
}

export interface DayNeeds {
  readonly api: EasyPostApi;
  readonly senders: Senders;
}

/** One after the other: EasyPost counts calls. */
const shipmentsOf = async ({ api }: DayNeeds, bookings: readonly BookedParcels[]): Promise<readonly EasyPostShipment[]> => {
  const found: EasyPostShipment[] = [];
  for (const { reference } of bookings) found.push(...((await api.find<EasyPostOrder>('orders', reference))?.shipments ?? []));
  return found;
};

const shownForm = ({ id, form_url: url }: Pick<ScanForm, 'id' | 'form_url'>): CarrierManifest => ({
  reference: id,
  ...(url ? { url } : {}),
});

/** A shipment that stands on a form does not stand on another: told again, the form is the one that there is. */
export const manifest = async (needs: DayNeeds, { bookings }: ManifestRequest): Promise<CarrierManifest> => {
  const shipments = await shipmentsOf(needs, bookings);
  const fresh = shipments.filter(({ scan_form }) => !scan_form);
  const before = shipments.find(({ scan_form }) => scan_form)?.scan_form;
  if (fresh.length === 0 && before) return shownForm(before);
  const form = await needs.api.post<ScanForm>('scan_forms', { scan_form: { shipments: fresh.map(({ id }) => ({ id })) } });
  if (form.status === 'failed') throw new Error(`EasyPost made no form: ${form.message ?? 'it does not say why'}.`);
  return shownForm(form);
};

/** One shipment is told as such, several as a batch. */
const toFetch = async ({ api }: DayNeeds, shipments: readonly EasyPostShipment[]): Promise<object> => {
  const ids = shipments.map(({ id }) => ({ id }));
  if (ids.length === 1) return { shipment: ids[0] };
  const { id } = await api.post<{ readonly id: string }>('batches', { batch: { shipments: ids } });
  return { batch: { id } };
};

const cheapest = (rates: readonly PickupRate[]): PickupRate | undefined =>
  rates.toSorted((one, other) => Number(one.rate) - Number(other.rate))[0];

const said = ({ messages = [] }: EasyPostPickup): string =>
  messages
    .map(({ carrier, message }) => [carrier, typeof message === 'string' ? message : JSON.stringify(message)].filter(Boolean).join(': '))
    .join(' ');

const no = (code: string, detail: string): PickupAnswer => ({
  status: 'refused',
  reason: { code, detail: detail.slice(0, 500), by: 'carrier' },
});

const bookedOf = ({ id, confirmation, pickup_rates: rates = [] }: EasyPostPickup): PickupAnswer => {
  const rate = cheapest(rates);
  const cost = rate ? { currency: rate.currency, cost: Math.round(Number(rate.rate) * 10 ** exponentOf(rate.currency)) } : {};
  return { status: 'booked', confirmation: confirmation ?? id, ...cost };
};

const isScheduled = ({ status }: EasyPostPickup): boolean => status === 'scheduled';

const askFor = async (needs: DayNeeds, request: PickupRequest): Promise<EasyPostPickup | PickupAnswer> => {
  const { reference, origin, from, until, instructions = '', bookings } = request;
  const address = needs.senders.get(origin.location);
  if (!address) return no('sender-unknown', `The file of senders has no address of location ${origin.location}.`);
  const shipments = await shipmentsOf(needs, bookings);
  if (shipments.length === 0) return no('nothing-ready', 'EasyPost comes for labels that are bought. Buy one first.');
  return needs.api.post<EasyPostPickup>('pickups', {
    pickup: { reference, address, min_datetime: from, max_datetime: until, instructions, ...(await toFetch(needs, shipments)) },
  });
};

const schedule = async ({ api }: DayNeeds, pickup: EasyPostPickup): Promise<PickupAnswer> => {
  if (isScheduled(pickup)) return bookedOf(pickup);
  const rate = cheapest(pickup.pickup_rates ?? []);
  if (!rate) return no('no-pickup', `None of its carriers comes. ${said(pickup)}`.trim());
  const { carrier, service } = rate;
  return bookedOf(await api.post<EasyPostPickup>(`pickups/${pickup.id}/buy`, { carrier, service }));
};

export const bookPickup = async (needs: DayNeeds, request: PickupRequest): Promise<PickupAnswer> => {
  try {
    const asked = (await needs.api.find<EasyPostPickup>('pickups', request.reference)) ?? (await askFor(needs, request));
    return 'id' in asked ? await schedule(needs, asked) : asked;
  } catch (error) {
    const reason = refusalOf(error);
    if (reason) return { status: 'refused', reason };
    throw error;
  }
};

export const cancelPickup = async ({ api }: DayNeeds, reference: string): Promise<void> => {
  const pickup = await api.find<EasyPostPickup>('pickups', reference);
  if (pickup && isScheduled(pickup)) await api.post(`pickups/${pickup.id}/cancel`, {});
};
