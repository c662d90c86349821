import type { operations } from '../api/schema';
import { textIn } from '../frame/address-text';

type Asked = NonNullable<operations['OrdersController_list']['parameters']['query']>;

/** What of the list is asked for, as it stands in the address: whoever is sent the address sees the same. */
export interface OrdersAddress extends Pick<
  Asked,
  'status' | 'hold' | 'channel' | 'late' | 'atRisk' | 'special' | 'sku' | 'location' | 'customer'
> {
  /** What was typed into the search. */
  readonly q?: string;
}

type Status = NonNullable<Asked['status']>;

// The compiler misses none: a status that the service gets has to be put in its place here.
const ranks: Readonly<Record<Status, number>> = {
  placed: 0,
  confirmed: 1,
  'in-fulfillment': 2,
  'partially-shipped': 3,
  shipped: 4,
  completed: 5,
  'on-hold': 6,
  cancelled: 7,
};

const isStatus = (text: string): text is Status => text in ranks;

/** In the order in which an order goes through them. */
export const orderStatuses: readonly Status[] = Object.keys(ranks)
  .filter(isStatus)
  .toSorted((a, b) => ranks[a] - ranks[b]);

/** A name without a stranger in it: what no service would take is as if it were not there. */
const CODE = /^[a-z0-9][a-z0-9-]{0,63}$/;

const texts = ['sku', 'location', 'customer', 'q'] as const;
const codes = ['hold', 'channel'] as const;
const truths = ['late', 'atRisk', 'special'] as const;

/** Reads an address that anybody may have written. */
export const readAddress = (search: Readonly<Record<string, unknown>>): OrdersAddress => {
  const status = orderStatuses.find((each) => each === search['status']);
  const given = (names: readonly string[], read: (value: unknown) => unknown): object =>
    Object.fromEntries(names.map((name) => [name, read(search[name])]).filter(([, value]) => value !== undefined));
  return {
    ...(status === undefined ? {} : { status }),
    ...given(texts, textIn),
    ...given(codes, (value) => (typeof value === 'string' && CODE.test(value) ? value : undefined)),
    ...given(truths, (value) => (value === true ? true : undefined)),
  };
};

/** The same with one thing changed; what is nothing is left out. */
export const changed = (
  address: OrdersAddress,
  change: { readonly [Name in keyof OrdersAddress]: OrdersAddress[Name] | undefined },
): OrdersAddress => readAddress({ ...address, ...change });
