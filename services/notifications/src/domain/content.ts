import type { Amount, LineQuantity, Sealed } from '@cartage/contracts';

/** A parcel as the customer can follow it. */
export interface ParcelOnItsWay {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** What one event has to say in a message: nothing personal that is not sealed, and nothing that stands with the order already. */
export interface Content {
  readonly lines?: readonly LineQuantity[];
  readonly parcels?: readonly ParcelOnItsWay[];
  /** Adds up where several are told as one. */
  readonly amount?: Amount;
  /** What the order cost before, minor units of its currency; the first counts. */
  readonly before?: number;
  /** What it costs now; the last counts. */
  readonly total?: number;
  /** ISO 8601 UTC; the last counts, of these and of all below. */
  readonly date?: string;
  readonly until?: string;
  /** A stable code, for templates that tell cases apart. */
  readonly reason?: string;
  /** Whom this message is for, and what it brings them, where that is not who ordered: sealed. */
  readonly personal?: Sealed;
  /** The fulfilment that is fetched by a code: the code itself is derived when the message is written. */
  readonly fetches?: string;
  /** Where it is fetched, as people call it. */
  readonly place?: string;
  /** IANA name of the clock by which its times are said; absent: that of where the goods go. */
  readonly zone?: string;
  readonly url?: string;
  /** Of the paper for customs. */
  readonly customsUrl?: string;
  /** The same, and a reference, where whoever has them could use them: sealed until the message is written. */
  readonly link?: Sealed;
  readonly reference?: string;
  /** The promise of money that it asks the customer for, or the fulfilment that is to be fetched: once that is settled, it is not sent any more. */
  readonly waitsFor?: string;
}

const linesOf = (contents: readonly Content[]): readonly LineQuantity[] | undefined => {
  if (contents.every(({ lines }) => lines === undefined)) return undefined;
  const units = new Map<string, LineQuantity>();
  for (const line of contents.flatMap(({ lines }) => lines ?? []))
    units.set(line.lineId, { ...line, quantity: line.quantity + (units.get(line.lineId)?.quantity ?? 0) });
  return [...units.values()];
};

const parcelsOf = (contents: readonly Content[]): readonly ParcelOnItsWay[] | undefined => {
  const parcels = contents.flatMap((content) => content.parcels ?? []);
  return parcels.length === 0 ? undefined : [...new Map(parcels.map((parcel) => [parcel.trackingNumber, parcel])).values()];
};

/** Sums of one currency; an amount of another one cannot be added, and is left to its own message. */
const amountOf = (contents: readonly Content[]): Amount | undefined => {
  const amounts = contents.flatMap(({ amount }) => amount ?? []);
  const [first] = amounts;
  if (!first) return undefined;
  const same = amounts.filter(({ currency }) => currency === first.currency);
  return { currency: first.currency, amount: same.reduce((sum, { amount }) => sum + amount, 0) };
};

/** What several events say as one message; given in the order in which they happened. */
export const gathered = (contents: readonly Content[]): Content => {
  const merged: Content = Object.assign({}, ...contents);
  const [lines, parcels, amount] = [linesOf(contents), parcelsOf(contents), amountOf(contents)];
  const before = contents.find((content) => content.before !== undefined)?.before;
  return {
    ...merged,
    ...(lines ? { lines } : {}),
    ...(parcels ? { parcels } : {}),
    ...(amount ? { amount } : {}),
    ...(before === undefined ? {} : { before }),
  };
};
