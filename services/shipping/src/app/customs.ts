import type { CustomsDeclaration, Parcel, Reason } from '@cartage/contracts';
import type { FieldError } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { isFetchedHere } from '../domain/collecting';
import { customsMissing, declared, missingFor, type Crossing } from '../domain/customs/declaration';
import { hasParts, isBorder, territoryOf, type Place } from '../domain/customs/territories';
import type { Plan } from '../domain/events';
import type { Origin, Recipient } from './carrier';
import { skusIn } from './packing';
import type { ItemRegister, LocationRegister, OrderRegister } from './registers';

export interface CustomsNeeds {
  readonly orders: Pick<OrderRegister, 'find'>;
  readonly items: Pick<ItemRegister, 'find'>;
  readonly locations: Pick<LocationRegister, 'find'>;
  readonly vault: Pick<Vault, 'open'>;
}

/** A shipment in its parcels, from where it leaves to whom it goes. */
interface Way {
  readonly plan: Plan;
  readonly parcels: readonly Parcel[];
  readonly origin: Pick<Origin, 'country' | 'postalCode'>;
  readonly recipient: Recipient;
}

/** What customs are told where goods cross a border. */
export interface Customs {
  /** Refused, by field, where customs would ask for what nobody knows: before anything is packed and paid for. */
  require(plan: Plan): Promise<void>;
  /** Nothing where no border is crossed; why not, where customs would ask for what nobody knows. */
  declare(way: Way): Promise<CustomsDeclaration | Reason | undefined>;
}

export interface Border {
  readonly from: string;
  readonly to: string;
}

export const borderBetween = ({ country, postalCode }: Way['origin'], to: Place): Border | undefined => {
  // Of a location that nobody told us of there is nothing to be said; carriers take nothing from there either.
  if (country === undefined) return undefined;
  const [from, there] = [territoryOf({ country, postalCode }), territoryOf(to)];
  return isBorder(from, there) ? { from, to: there } : undefined;
};

export const crossingOf = async (
  { orders, items }: Pick<CustomsNeeds, 'orders' | 'items'>,
  plan: Pick<Plan, 'orderId' | 'lines'>,
  border: Border,
): Promise<Crossing> => {
  const [order, known] = await Promise.all([orders.find(plan.orderId), items.find(skusIn(plan.lines))]);
  return { ...border, currency: order?.currency ?? '', sold: new Map(order?.lines.map((line) => [line.lineId, line])), items: known };
};

/** The area that a postal code lies in tells the territory, so nobody’s address is opened for that; only where no area is known of a country of several parts. */
const placeOf = async ({ vault }: CustomsNeeds, { personal, destination }: Plan): Promise<Place | undefined> => {
  if (destination && (destination.postalArea !== undefined || !hasParts(destination.country)))
    return { country: destination.country, postalCode: destination.postalArea };
  const { country, postalCode } = (await vault.open(personal))?.address ?? {};
  return country === undefined ? destination : { country, postalCode };
};

export const whyUndeclared = (errors: readonly FieldError[]): Reason => {
  const detail = errors
    .map(({ message }) => message)
    .join(' ')
    .slice(0, 500);
  return { code: 'customs-missing', detail, by: 'policy' };
};

export const createCustoms = (needs: CustomsNeeds): Customs => ({
  require: async (plan) => {
    if (isFetchedHere(plan)) return;
    const origin = await needs.locations.find(plan.location);
    if (origin?.country === undefined) return;
    const to = await placeOf(needs, plan);
    const border = to && borderBetween(origin, to);
    if (!border) return;
    const crossing = await crossingOf(needs, plan, border);
    const errors = missingFor(crossing, plan.lines);
    if (errors.length > 0) throw customsMissing(crossing, errors);
  },
  declare: async ({ plan, parcels, origin, recipient }) => {
    const border = borderBetween(origin, recipient.address);
    if (!border) return undefined;
    const crossing = await crossingOf(needs, plan, border);
    const errors = missingFor(crossing, plan.lines);
    if (errors.length === 0) return declared(crossing, parcels);
    return whyUndeclared(errors);
  },
});
