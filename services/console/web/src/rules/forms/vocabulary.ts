import type { FormKind } from './form-kind';

/** What the values of a field are, where its schema says only that they are texts: who fills it in is offered what there is. */
export type Vocabulary =
  | 'country'
  | 'served-country'
  | 'currency'
  | 'location'
  | 'location-kind'
  /** A location or a kind of locations. */
  | 'place'
  | 'channel'
  | 'method'
  /** The same, and what comes back. */
  | 'carried-method'
  | 'sku'
  | 'rejection'
  | 'signal'
  | 'return-reason'
  | 'time-zone'
  | 'clock'
  | 'instant';

type Vocabularies = Readonly<Record<string, Vocabulary>>;

/** By the name of the field; of an object of names, what the names are. */
export const vocabularies: Readonly<Record<FormKind, Vocabularies>> = {
  routing: {
    ...{ kind: 'location-kind', kinds: 'location-kind', except: 'location', preference: 'place', from: 'place', byLocation: 'location' },
    ...{ handling: 'place', handlingPerLine: 'place', handlingPerUnit: 'place', rejections: 'rejection', currency: 'currency' },
    ...{ channels: 'channel', methods: 'method', countries: 'country', skus: 'sku' },
  },
  verification: {
    ...{ currency: 'currency', currencies: 'currency', countries: 'country', 'cod.countries': 'served-country', weights: 'signal' },
  },
  returns: { currency: 'currency', channels: 'channel', countries: 'country', skus: 'sku', to: 'location', faultReasons: 'return-reason' },
  promises: { channel: 'channel', country: 'country', location: 'location', timeZone: 'time-zone', cutOff: 'clock' },
  carriers: {
    ...{ currency: 'currency', channels: 'channel', methods: 'carried-method', countries: 'country' },
    ...{ locations: 'location', skus: 'sku' },
  },
  prices: { currency: 'currency', channel: 'channel', country: 'country', validFrom: 'instant', validTo: 'instant', sku: 'sku' },
  templates: {},
  fork: { location: 'location', sku: 'sku', opened: 'location', closed: 'location' },
};

/** Fields whose numbers are amounts in minor units, of the currency that stands beside them or around them. */
export const amounts: Readonly<Record<FormKind, ReadonlySet<string>>> = {
  routing: new Set(['amount', 'perKg', 'least', 'halfCost', 'unfilledCost']),
  verification: new Set(['amount', 'fee', 'reviewCost']),
  returns: new Set(['amount']),
  promises: new Set(),
  carriers: new Set(['amount', 'lateDayCost', 'lostCost']),
  prices: new Set(['unitPrice']),
  templates: new Set(),
  fork: new Set(),
};

/** Objects of names, each with an amount. */
export const namedAmounts: ReadonlySet<string> = new Set(['routing.handling', 'routing.handlingPerLine', 'routing.handlingPerUnit']);

/** The names that stand at a place, the innermost last: what of a list has its number only is called by its list. */
export const namesAt = (place: readonly (string | number)[]): readonly string[] => place.filter((part) => typeof part === 'string');

/** What is offered at a place; what stands in a certain part goes before what stands anywhere. */
export const vocabularyAt = (kind: FormKind, place: readonly (string | number)[]): Vocabulary | undefined => {
  const [around = '', name = ''] = ['', ...namesAt(place)].slice(-2);
  const known = vocabularies[kind];
  return known[`${around}.${name}`] ?? known[name];
};

/** Codes that services begin with; there may be others. */
export const suggested = {
  rejection: ['not-found-on-shelf', 'out-of-stock', 'damaged', 'mismatched-count'],
  'return-reason': [
    ...['too-small', 'too-large', 'changed-mind', 'not-as-described', 'arrived-damaged', 'defective', 'wrong-item', 'too-late', 'other'],
  ],
} as const satisfies Readonly<Partial<Record<Vocabulary, readonly string[]>>>;
