import { deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

/** What of a bill is booked on an account of its own, against what is owed to the carrier. */
export const billParts = ['agreed', 'differences', 'disputed', 'taxes'] as const;
export type BillPart = (typeof billParts)[number];

/** What a carrier’s bill comes to in one currency; minor units. */
export type BillTotals = Readonly<Record<BillPart, number>> & { readonly currency: string };

interface CarrierBill {
  readonly billId: string;
  readonly carrier: string;
  readonly orderId?: string;
  /** Grows with each time that shipping says what the bill comes to. */
  readonly number: number;
}

interface Change {
  readonly currency: string;
  readonly part: BillPart;
  /** So much more than was booked before; below zero: less. */
  readonly amount: number;
}

/** What was said of the bill stands in the books, also where it changes nothing: what was said before it, and is heard later, counts no more. */
export type CarrierBillEvent = Named<
  'CarrierBillBooked',
  CarrierBill & { readonly changes: readonly Change[]; readonly assessedAt: string; readonly bookedAt: string }
>;
export type CarrierBillCommand = Named<
  'BookCarrierBill',
  CarrierBill & { readonly totals: readonly BillTotals[]; readonly assessedAt: string; readonly now: string }
>;

export interface BookedBill {
  readonly number: number;
  /** By currency, then by part. */
  readonly booked: ReadonlyMap<string, Readonly<Partial<Record<BillPart, number>>>>;
}

const amountOf = ({ booked }: BookedBill, currency: string, part: BillPart): number => booked.get(currency)?.[part] ?? 0;

const changesTo = (totals: readonly BillTotals[], state: BookedBill): readonly Change[] => {
  const told = new Map(totals.map((each) => [each.currency, each]));
  const currencies = [...new Set([...told.keys(), ...state.booked.keys()])].toSorted();
  return currencies
    .flatMap((currency) =>
      billParts.map((part) => ({ currency, part, amount: (told.get(currency)?.[part] ?? 0) - amountOf(state, currency, part) })),
    )
    .filter(({ amount }) => amount !== 0);
};

const book = ({ totals, now, ...bill }: DataOf<CarrierBillCommand, 'BookCarrierBill'>, state: BookedBill): readonly CarrierBillEvent[] =>
  bill.number <= state.number ? [] : [{ type: 'CarrierBillBooked', data: { ...bill, changes: changesTo(totals, state), bookedAt: now } }];

const withChange = (booked: BookedBill['booked'], { currency, part, amount }: Change): BookedBill['booked'] => {
  const before = booked.get(currency) ?? {};
  return new Map(booked).set(currency, { ...before, [part]: (before[part] ?? 0) + amount });
};

/** What a carrier bills for a label, in the books: the newest that shipping said of it, whatever came in which order. */
export const carrierBill: Decider<CarrierBillCommand, BookedBill, CarrierBillEvent> = {
  initial: { number: 0, booked: new Map() },
  evolve: evolving<BookedBill, CarrierBillEvent>({
    CarrierBillBooked: ({ booked }, { number, changes }) => ({ number, booked: changes.reduce(withChange, booked) }),
  }),
  decide: deciding<CarrierBillCommand, BookedBill, CarrierBillEvent>({ BookCarrierBill: book }),
};

export const bookedBillStream = (billId: string): string => `carrierbill-${billId}`;

/** As what the journal has them. */
export const journalKinds: Readonly<Record<BillPart, string>> = {
  agreed: 'carrier-billed',
  differences: 'carrier-difference',
  disputed: 'carrier-disputed',
  taxes: 'carrier-taxes',
};
