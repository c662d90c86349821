import type { operations } from '../api/schema';

type LinesAsked = NonNullable<operations['SettlementsController_lines']['parameters']['query']>;
type OutstandingAsked = NonNullable<operations['CashController_outstanding']['parameters']['query']>;
type ChargebacksAsked = NonNullable<operations['ChargebacksController_list']['parameters']['query']>;

/** What of each list is asked for, as it stands in its address. */
export type LinesAddress = Pick<LinesAsked, 'settlementId' | 'settlementSource' | 'outcome' | 'open'>;
export type OutstandingAddress = Pick<OutstandingAsked, 'settlementSource' | 'carrier' | 'overdue'>;
export type ChargebacksAddress = Pick<ChargebacksAsked, 'status' | 'channel'>;
export interface InvoicesAddress {
  /** Shows what has no document, instead of those that there are. */
  readonly missing?: boolean;
  readonly channel?: string;
  readonly legalEntity?: string;
}
export interface JournalAddress {
  /** Days as the reader counts them, such as `2026-11-01`: from the beginning of the first to the end of the last. */
  readonly from?: string;
  readonly to?: string;
}

export const outcomes = [
  'matched',
  'short',
  'over',
  'double',
  'wrong-currency',
  'unmatched',
  'alone',
] as const satisfies readonly NonNullable<LinesAsked['outcome']>[];

export const chargebackStatuses = ['open', 'answered', 'won', 'lost'] as const satisfies readonly NonNullable<ChargebacksAsked['status']>[];

/** What no service would take is as if it were not there. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

type Read<Value> = (value: unknown) => Value | undefined;
const like =
  (pattern: RegExp): Read<string> =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined;
const oneOf =
  <Value extends string>(values: readonly Value[]): Read<Value> =>
  (value) =>
    values.find((each) => each === value);
const truth: Read<boolean> = (value) => (value === true ? true : undefined);

/** Reads an address that anybody may have written: of each name what it may be, and nothing else. */
const reading =
  <Address extends object>(reads: { readonly [Name in keyof Address]-?: Read<NonNullable<Address[Name]>> }) =>
  (search: Readonly<Record<string, unknown>>): Address =>
    Object.fromEntries(
      Object.entries<Read<unknown>>(reads)
        .map(([name, read]) => [name, read(search[name])])
        .filter(([, value]) => value !== undefined),
    ) as Address;

export const readLines = reading<LinesAddress>({
  settlementId: like(ID),
  settlementSource: like(CODE),
  outcome: oneOf(outcomes),
  open: truth,
});
export const readOutstanding = reading<OutstandingAddress>({ settlementSource: like(CODE), carrier: like(CODE), overdue: truth });
export const readChargebacks = reading<ChargebacksAddress>({ status: oneOf(chargebackStatuses), channel: like(CODE) });
export const readInvoices = reading<InvoicesAddress>({ missing: truth, channel: like(CODE), legalEntity: like(CODE) });
export const readJournal = reading<JournalAddress>({ from: like(DAY), to: like(DAY) });
