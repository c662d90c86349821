import type { operations } from '../api/schema';
import { textIn } from '../frame/address-text';

type Asked = NonNullable<operations['StockListingController_list']['parameters']['query']>;
type Transfers = NonNullable<operations['TransfersController_list']['parameters']['query']>;

export const stockConcerns = ['out', 'low', 'negative', 'reorder', 'drift', 'unavailable'] as const satisfies readonly NonNullable<
  Asked['concern']
>[];

/** Beside the list of what is where. */
export const stockViews = ['reorder', 'transfers'] as const;
export type StockView = (typeof stockViews)[number];

export const transferStatuses = ['planned', 'in-transit', 'closed', 'cancelled'] as const satisfies readonly NonNullable<
  Transfers['status']
>[];

/** What of the stock is looked at, as it stands in the address. */
export interface StockAddress extends Pick<Asked, 'q' | 'location' | 'concern'>, Pick<Transfers, 'status'> {
  readonly view?: StockView;
}

/** What is looked at of one SKU: where, and as of when. */
export interface SkuAddress {
  readonly location?: string;
  /** A time, or a position of inventory. */
  readonly asOf?: string;
}

type Search = Readonly<Record<string, unknown>>;

const CODE = /^[\w.-]{1,64}$/;
const POSITION = /^\d{1,16}$/;
const LONGEST = 100;

const textOf = (value: unknown): string | undefined => textIn(value, LONGEST)?.trim();

const codeOf = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text !== undefined && CODE.test(text) ? text : undefined;
};
const instantOf = (value: unknown): string | undefined => {
  const text = textOf(value);
  if (text === undefined || POSITION.test(text)) return text;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
};

const given = <Address extends object>(parts: { readonly [Name in keyof Address]: Address[Name] | undefined }): Address =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Address;

/** Reads an address that anybody may have written. */
export const readStockAddress = (search: Search): StockAddress =>
  given<StockAddress>({
    q: textOf(search['q']),
    location: codeOf(search['location']),
    concern: stockConcerns.find((each) => each === search['concern']),
    view: stockViews.find((each) => each === search['view']),
    status: transferStatuses.find((each) => each === search['status']),
  });

export const readSkuAddress = (search: Search): SkuAddress =>
  given<SkuAddress>({ location: codeOf(search['location']), asOf: instantOf(search['asOf']) });
