import { invalidField, messageOf, Refused, type Deadline, type Deadlines, type Meta, type Send } from '@cartage/eventsourcing';
import type { Reason } from '@cartage/contracts';
import type { PickupEvent, PickupWindow } from '../domain/days/events';
import { unknownPickup, type KnownPickup, type Pickup, type PickupCommand, type PickupStatus } from '../domain/days/pickup';
import { hasLabel } from '../domain/shipment';
import type { BookedParcels, Carriers, PickupAnswer } from './carrier';
import { requireCarrierAt } from './places';
import type { LocationRegister } from './registers';
import type { ShipmentLog } from './shipment-log';

export interface PickupFilter {
  readonly carrier?: string;
  readonly location?: string;
  readonly status?: PickupStatus;
}
export interface PickupPage {
  readonly limit: number;
  /** The `from` and `pickupId` of the last one seen. */
  readonly after?: readonly [from: string, pickupId: string];
}

type Place = Pick<PickupWindow, 'carrier' | 'location'>;

/** What waits for a carrier, and what it has taken; as new as the log. */
export interface PickupShelf {
  /** Shipments with a label of it that it has not got. */
  waiting(place: Place, until: string): Promise<readonly string[]>;
  /** Whether it scanned, or was handed, anything there from then on. */
  taken(place: Place, from: string): Promise<boolean>;
  /** Latest first. */
  list(filter: PickupFilter, page: PickupPage): Promise<readonly string[]>;
}

export interface PickupsNeeds {
  readonly send: Send<PickupCommand, Pickup, PickupEvent>;
  readonly read: (pickupId: string) => Promise<Pickup>;
  readonly shelf: PickupShelf;
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly carriers: Carriers;
  readonly locations: Pick<LocationRegister, 'find'>;
  readonly deadlines: Pick<Deadlines, 'set' | 'cancel'>;
  readonly pickupIdOf: (...named: readonly string[]) => string;
  readonly newId: () => string;
  /** How long after the end of its time a carrier's scans may still come. */
  readonly graceMs: number;
  readonly now: () => Date;
}

export interface Booking extends Omit<PickupWindow, 'pickupId'> {
  readonly instructions?: string;
}

/** A carrier that comes to fetch what is ready; and whether it came. */
export interface Pickups {
  book(booking: Booking, meta: Meta): Promise<KnownPickup>;
  cancel(pickupId: string, reason: Reason, meta: Meta): Promise<KnownPickup>;
  get(pickupId: string): Promise<KnownPickup>;
  list(filter: PickupFilter, page: PickupPage): Promise<readonly KnownPickup[]>;
  onDue(deadline: Deadline, meta: Meta): Promise<void>;
}

export const pickupStream = (pickupId: string): string => `pickup-${pickupId}`;

const DUE = 'PickupDue';
/** Enough for any carrier's form; the driver takes what is ready. */
const MOST_BOOKINGS = 500;

const known = (pickup: Pickup): KnownPickup => {
  if (pickup.status === 'none') throw unknownPickup();
  return pickup;
};

const requireWindow = ({ from, until }: Booking, now: Date): void => {
  if (from >= until) throw invalidField('until', 'WINDOW_WRONG', 'A window ends after it begins.');
  if (Date.parse(until) <= now.getTime())
    throw invalidField('until', 'WINDOW_OVER', 'This window is over. Book one that is still to come.');
};

const silent = (carrier: string, error: unknown): Refused =>
  new Refused('CARRIER_SILENT', `Carrier ${carrier} gave no answer: ${messageOf(error).slice(0, 300)}. Ask again, with the same window.`);

const readyFor = async ({ shelf, log }: PickupsNeeds, place: Place, until: string): Promise<readonly BookedParcels[]> => {
  const shipmentIds = (await shelf.waiting(place, until)).slice(0, MOST_BOOKINGS);
  const standing = await Promise.all(shipmentIds.map((shipmentId) => log.read(shipmentId)));
  return standing.flatMap(({ shipment }) =>
    hasLabel(shipment) ? [{ reference: shipment.label.labelId, parcels: shipment.label.parcels }] : [],
  );
};

const answerTo = async (needs: PickupsNeeds, { carrier: name, ...asked }: KnownPickup): Promise<PickupAnswer | undefined> => {
  const carrier = needs.carriers.get(name);
  // By agreement: nobody is asked.
  if (!carrier?.bookPickup) return undefined;
  const { reference, location, from, until, instructions } = asked;
  const origin = (await needs.locations.find(location)) ?? { location };
  const bookings = await readyFor(needs, { carrier: name, location }, needs.now().toISOString());
  const request = { reference, origin, from, until, bookings, ...(instructions === undefined ? {} : { instructions }) };
  return carrier.bookPickup(request).catch((error: unknown) => {
    throw silent(name, error);
  });
};

const commandOf = (answer: PickupAnswer | undefined, now: string): PickupCommand => {
  if (answer?.status === 'refused') return { type: 'RecordPickupRefused', data: { reason: answer.reason, now } };
  const { status: _booked, ...terms } = answer ?? { status: 'booked' };
  return { type: 'RecordPickupBooked', data: { ...terms, now } };
};

type Booked = Pick<KnownPickup, 'pickupId' | 'until' | 'reference'>;

const dueOf = ({ pickupId, until, reference }: Booked, graceMs: number): Deadline => ({
  id: `${DUE}-${reference}`,
  stream: pickupStream(pickupId),
  name: DUE,
  dueAt: new Date(Date.parse(until) + graceMs).toISOString(),
  data: { pickupId, reference },
});

const book = async (needs: PickupsNeeds, booking: Booking, meta: Meta): Promise<KnownPickup> => {
  requireWindow(booking, needs.now());
  await requireCarrierAt(needs, booking);
  const pickupId = needs.pickupIdOf(booking.carrier, booking.location, booking.from);
  const now = needs.now().toISOString();
  const asked = { pickupId, ...booking, reference: needs.newId() };
  // Watched before it is written: whatever becomes of it, somebody looks whether it was fetched.
  await needs.deadlines.set(dueOf(asked, needs.graceMs));
  const request = { type: 'RequestPickup', data: { ...asked, now } } as const;
  const { current } = await needs.send(pickupStream(pickupId), request, { ...meta, commandId: `${meta.commandId}.request` });
  const requested = known(current);
  if (requested.status !== 'requested') return requested;
  const answer = await answerTo(needs, requested);
  return known((await needs.send(pickupStream(pickupId), commandOf(answer, needs.now().toISOString()), meta)).current);
};

const cancel = async (
  needs: PickupsNeeds,
  { pickupId, reason }: { pickupId: string; reason: Reason },
  meta: Meta,
): Promise<KnownPickup> => {
  const pickup = known(await needs.read(pickupId));
  const { carrier, reference, status } = pickup;
  if (status === 'booked' || status === 'requested')
    await needs.carriers
      .get(carrier)
      ?.cancelPickup?.(reference)
      .catch((error: unknown) => {
        throw silent(carrier, error);
      });
  const command = { type: 'CancelPickup', data: { reason, now: needs.now().toISOString() } } as const;
  const { current } = await needs.send(pickupStream(pickupId), command, meta);
  await needs.deadlines.cancel(dueOf(pickup, needs.graceMs).id);
  return known(current);
};

interface Due {
  readonly pickupId: string;
  readonly reference: string;
}

/** One that was refused or cancelled and is booked again, perhaps until later, has a deadline of its own. */
const whenDue = async (needs: PickupsNeeds, { pickupId, reference }: Due, meta: Meta): Promise<void> => {
  const pickup = await needs.read(pickupId);
  if ((pickup.status !== 'booked' && pickup.status !== 'requested') || pickup.reference !== reference) return;
  const { carrier, location, from, until } = pickup;
  const [waiting, taken] = [await needs.shelf.waiting({ carrier, location }, until), await needs.shelf.taken({ carrier, location }, from)];
  const data = { waiting: waiting.length, taken, now: needs.now().toISOString() };
  await needs.send(pickupStream(pickupId), { type: 'EndPickup', data }, meta);
};

export const createPickups = (needs: PickupsNeeds): Pickups => ({
  book: (booking, meta) => book(needs, booking, meta),
  cancel: (pickupId, reason, meta) => cancel(needs, { pickupId, reason }, meta),
  get: async (pickupId) => known(await needs.read(pickupId)),
  list: async (filter, page) => {
    const pickups = await Promise.all((await needs.shelf.list(filter, page)).map((pickupId) => needs.read(pickupId)));
    return pickups.flatMap((pickup) => (pickup.status === 'none' ? [] : [pickup]));
  },
  onDue: async ({ name, data }, meta) => {
    if (name === DUE) await whenDue(needs, data as Due, meta);
  },
});
