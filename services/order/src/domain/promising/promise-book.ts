import { zoneOf, type Destination, type PublicEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { weekdays, type LocalDay } from './local-days';
import { versionOf, type PromiseCalendar, type PromisePolicy, type PromiseTermsSold } from './policies';
import { arrival, departureOf, type Departure, type PromiseDates, type PromiseTerms, type ShippingPlace } from './promise-dates';
import {
  choiceOf,
  chosenBefore,
  nothingLearned,
  type TransitBasis,
  type TransitChoice,
  type TransitQuote,
  type TransitTimes,
} from './transit';
import { businessDays, type WorkingDays } from './working-days';

type LocationTold = DataOf<PublicEvent, 'LocationChanged'>;

/** What is known of a location, as inventory tells it. */
export type KnownPlace = Pick<LocationTold, 'location' | 'country' | 'timeZone' | 'calendar' | 'leadDays' | 'revision'>;

/** What a promise depends on: where it is sold, how it is delivered, and where to. */
export interface PromiseSale {
  readonly channel: string;
  readonly service?: string | undefined;
  readonly destination?: Destination | undefined;
}

export type PromiseBasis = NonNullable<DataOf<PublicEvent, 'PromiseMade'>['basis']>;

export interface DeliveryPromise extends Omit<PromiseDates, 'cutOff'> {
  readonly basis: PromiseBasis;
}

/** Of an order that comes at this instant; that is shipped by another location than usual, where one is named. */
export interface PromisedFrom {
  readonly at: string;
  readonly location?: string | undefined;
  /** What was learned when it was sold: it is counted by that. */
  readonly transit?: TransitBasis | undefined;
}

/** Everything that promises are made from, as it is known now. Pure: to ask it costs no reading. */
export interface PromiseBook {
  /** The most specific of the policies in force; nothing: nothing is promised. */
  readonly policyFor: (sale: PromiseSale) => PromisePolicy | undefined;
  /** One that something was sold under: `standard-gb@3`. */
  readonly policyOf: (version: string) => PromisePolicy | undefined;
  readonly hasCalendar: (code: string) => boolean;
  /** Whether any policy in force looks at what is learned of carriers. */
  readonly looksAtLearned: boolean;
  /** Whether one of these lets it decide. */
  readonly decidesByLearned: boolean;
  readonly promise: (policy: PromisePolicy, sale: PromiseSale, from: PromisedFrom) => DeliveryPromise | undefined;
}

export interface PromiseEntries {
  /** Every revision. */
  readonly policies: readonly PromisePolicy[];
  /** The newest revisions. */
  readonly calendars: readonly PromiseCalendar[];
  readonly places: readonly KnownPlace[];
}

const areSaid = (said: readonly (string | undefined)[], of: readonly (string | undefined)[]): boolean =>
  said.every((each, i) => each === undefined || each === of[i]);

/** Whether a policy speaks of what is sold so. */
export const speaksOf = ({ channel, service, country, postalAreas }: PromiseTermsSold, { destination, ...sale }: PromiseSale): boolean =>
  areSaid([channel, service, country], [sale.channel, sale.service, destination?.country]) &&
  (postalAreas === undefined || postalAreas.some((area) => destination?.postalArea?.startsWith(area)));

/** The more is said the more specific it is; of as many, the service says more than the place, and the place more than the channel. */
const specificity = ({ channel, service, country, postalAreas }: PromiseTermsSold): number => {
  const said = [channel, country, postalAreas, service].map((each) => (each === undefined ? 0 : 1));
  return said.reduce<number>((sum, each, i) => sum + each * (16 + 2 ** i), 0);
};

const bySpecificity = (one: PromisePolicy, other: PromisePolicy): number =>
  specificity(other.terms) - specificity(one.terms) || (one.code < other.code ? -1 : 1);

const newestOf = (policies: readonly PromisePolicy[]): readonly PromisePolicy[] => {
  const newest = new Map<string, PromisePolicy>();
  for (const policy of policies) if (policy.revision > (newest.get(policy.code)?.revision ?? 0)) newest.set(policy.code, policy);
  return [...newest.values()];
};

/** Whose days they are, for people. */
interface NamedDays {
  readonly name?: string;
  readonly days: WorkingDays;
}

interface NamedPlace extends ShippingPlace {
  readonly name?: string | undefined;
  readonly cutOff: string;
}

const closesOf = ({ hours }: NonNullable<KnownPlace['calendar']>): NonNullable<ShippingPlace['closes']> =>
  Object.fromEntries(
    weekdays.flatMap((day) => {
      const open = hours[day];
      return open ? [[day, open.closes]] : [];
    }),
  );

const hoursOf = ({ calendar }: KnownPlace): (NamedDays & Pick<ShippingPlace, 'closes'>) | undefined =>
  calendar && {
    days: { weekdays: new Set(weekdays.filter((day) => calendar.hours[day])), closedOn: new Set(calendar.closedOn) },
    closes: closesOf(calendar),
  };

const cutOffOf = ({ calendar }: KnownPlace, service: string | undefined): string | undefined => {
  const cutOffs = calendar?.cutOffs ?? [];
  return (cutOffs.find((each) => each.service === service) ?? cutOffs.find((each) => each.service === undefined))?.until;
};

type Days = (...codes: readonly (string | undefined)[]) => NamedDays;

/** A location tells its own days and cut-offs; what it does not tell the policy says. */
const placeOf =
  (known: KnownPlace | undefined, days: Days) =>
  ({ terms }: PromisePolicy, service: string | undefined): NamedPlace => {
    const told = known && hoursOf(known);
    const own = told ? { ...told, name: known.location } : days(terms.calendar, known?.country);
    return { ...own, timeZone: known?.timeZone ?? terms.timeZone, cutOff: (known && cutOffOf(known, service)) ?? terms.cutOff };
  };

interface Promising {
  readonly terms: Omit<PromiseTerms, 'carrier'> & { readonly place: NamedPlace };
  readonly carrier: NamedDays;
  readonly transit: (departure: Departure, terms: PromiseTerms) => TransitChoice;
}

const promiseOf = (policy: PromisePolicy, { terms: some, carrier, transit }: Promising, at: string): DeliveryPromise | undefined => {
  const terms = { ...some, carrier: carrier.days };
  const departure = departureOf(terms, at);
  if (!departure) return undefined;
  const { cutOff, shipBy } = departure;
  const { days, basis } = transit(departure, terms);
  const { name } = terms.place;
  return {
    shipBy,
    deliverFrom: arrival(terms, departure, days.least),
    deliverBy: arrival(terms, departure, days.most),
    basis: {
      ...{ policy: versionOf(policy), cutOff, processingDays: terms.processingDays, transitDays: days.most },
      ...(name === undefined ? {} : { calendar: name }),
      ...(basis ? { transit: basis } : {}),
    },
  };
};

/** By the policy's own days; or beside them by what was learned when it was sold, or else by what is learned now. */
const transitBy =
  (
    { terms: { learned, transitDays } }: PromisePolicy,
    sold: TransitBasis | undefined,
    quote: (leaves: LocalDay) => TransitQuote | undefined,
  ) =>
  (calendar: string | undefined): Promising['transit'] =>
  (departure, terms) => {
    const choosing = { terms, departure, calendar };
    if (sold) return chosenBefore(sold, choosing);
    return learned ? choiceOf(learned, quote(departure.from), choosing) : { days: transitDays };
  };

export const promiseBook = ({ policies, calendars, places }: PromiseEntries, transit: TransitTimes = nothingLearned): PromiseBook => {
  const byVersion = new Map(policies.map((policy) => [versionOf(policy), policy]));
  const inForce = newestOf(policies)
    .filter(({ terms }) => terms.active)
    .toSorted(bySpecificity);
  const byCode = new Map<string, NamedDays>(
    calendars.map(({ code, terms }) => [
      code,
      { name: code, days: { weekdays: new Set(terms.weekdays), closedOn: new Set(terms.closedOn) } },
    ]),
  );
  const byLocation = new Map(places.map((place) => [place.location, place]));
  const days: Days = (...codes) => {
    for (const code of codes) {
      const known = code === undefined ? undefined : byCode.get(code);
      if (known) return known;
    }
    return { days: businessDays };
  };
  return {
    policyFor: (sale) => inForce.find(({ terms }) => speaksOf(terms, sale)),
    policyOf: (version) => byVersion.get(version),
    hasCalendar: (code) => byCode.has(code),
    looksAtLearned: inForce.some(({ terms }) => terms.learned !== undefined),
    decidesByLearned: inForce.some(({ terms }) => terms.learned?.decides === true),
    promise: (policy, { service, destination }, { at, location = policy.terms.location, transit: sold }) => {
      const { transitDays, carrierCalendar, learned } = policy.terms;
      const known = location === undefined ? undefined : byLocation.get(location);
      const place = placeOf(known, days)(policy, service);
      // What is made to order takes its time before it can be processed at all.
      const processingDays = policy.terms.processingDays + (known?.leadDays ?? 0);
      const carrier = days(carrierCalendar, destination?.country);
      const terms = { place, cutOff: place.cutOff, processingDays, transitDays, destinationZone: zoneOf(destination ?? {}) };
      const quote = (leaves: LocalDay) => learned && transit.quote({ location, destination, service, leaves }, learned.percent);
      return promiseOf(policy, { terms, carrier, transit: transitBy(policy, sold, quote)(carrier.name) }, at);
    },
  };
};

export const emptyBook = promiseBook({ policies: [], calendars: [], places: [] });
