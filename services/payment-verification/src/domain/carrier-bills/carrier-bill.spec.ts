import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { linesOf } from '../books/journal';
import { billParts, carrierBill, journalKinds, type BillTotals, type CarrierBillCommand, type CarrierBillEvent } from './carrier-bill';

const { given } = specFor(carrierBill);
const [now, assessedAt] = ['2026-11-28T10:00:01.000Z', '2026-11-28T10:00:00.000Z'];
const bill = { billId: 'b-1', carrier: 'dhl', orderId: 'o-1' };
const eur = (of: Partial<BillTotals>): BillTotals => ({ currency: 'EUR', agreed: 0, differences: 0, disputed: 0, taxes: 0, ...of });
const told = (number: number, ...totals: readonly BillTotals[]): CarrierBillCommand => ({
  type: 'BookCarrierBill',
  data: { ...bill, number, totals, assessedAt, now },
});
const booked = (number: number, ...changes: CarrierBillEvent['data']['changes']): CarrierBillEvent => ({
  type: 'CarrierBillBooked',
  data: { ...bill, number, changes, assessedAt, bookedAt: now },
});
const entries = ({ data }: CarrierBillEvent) =>
  data.changes.map(({ currency, part, amount }) =>
    linesOf({ entryId: 'e', kind: journalKinds[part], at: assessedAt, orderId: 'o-1', source: 'b-1', currency, amount, part: 0 }),
  );

describe('what a carrier bills, in the books', () => {
  const [found, accepted] = [eur({ agreed: 1_200, disputed: 200, taxes: 228 }), eur({ agreed: 1_200, differences: 200, taxes: 228 })];
  const first = booked(
    1,
    { currency: 'EUR', part: 'agreed', amount: 1_200 },
    { currency: 'EUR', part: 'disputed', amount: 200 },
    { currency: 'EUR', part: 'taxes', amount: 228 },
  );

  it('is what it comes to, and later what changed about that', () => {
    given().when(told(1, found)).thenOnce(first);
    given(first)
      .when(told(2, accepted))
      .thenOnce(booked(2, { currency: 'EUR', part: 'differences', amount: 200 }, { currency: 'EUR', part: 'disputed', amount: -200 }));
  });

  it('is not what was said before and is heard later', () => {
    given(first, booked(3)).when(told(2, accepted)).thenNothing();
    given(first).when(told(3, found)).then(booked(3));
  });

  it('stands on the accounts of what was quoted, of differences, of what is disputed and of taxes, against what is owed', () => {
    const lines = (role: string, debit: number, credit: number) => [
      { role, debit, credit },
      { role: 'carrier-payable', debit: credit, credit: debit },
    ];
    expect(entries(first)).toEqual([lines('shipping-expense', 1_200, 0), lines('carrier-disputed', 200, 0), lines('input-tax', 228, 0)]);
    expect(entries(booked(2, { currency: 'EUR', part: 'differences', amount: -30 }))).toEqual([lines('shipping-differences', 0, 30)]);
  });

  it('folds what was stored, for ever', () => {
    const golden = goldenSamples<CarrierBillEvent>(join(__dirname, 'golden'));
    expect(golden.types).toEqual(['CarrierBillBooked']);
    expect(fold(carrierBill, [golden.of('CarrierBillBooked')])).toEqual({
      number: 2,
      booked: new Map([['EUR', { agreed: 1_200, disputed: 150 }]]),
    });
  });
});

const amount = fc.integer({ min: -5_000, max: 5_000 });
const totals = fc
  .uniqueArray(
    fc.record({ currency: fc.constantFrom('EUR', 'GBP'), agreed: amount, differences: amount, disputed: amount, taxes: amount }),
    {
      selector: ({ currency }) => currency,
    },
  )
  .map((all) => all.map((each): BillTotals => each));
const said = fc.array(totals, { minLength: 1, maxLength: 8 }).map((all) => all.map((each, n) => told(n + 1, ...each)));

/** By currency and part; what is 0 is as good as not said. */
const standing = (amounts: ReadonlyMap<string, Partial<BillTotals>>): readonly unknown[] =>
  [...amounts]
    .flatMap(([currency, each]) => billParts.map((part) => [currency, part, each[part] ?? 0] as const))
    .filter(([, , amount]) => amount !== 0)
    .toSorted();

describe('what a carrier bills, in any order and told as often as it may be', () => {
  it('is balanced, and in the end what was said last', () =>
    fc.assert(
      fc.property(
        said.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 })),
        ),
        ([all, heard]) => {
          const events = heard.reduce<readonly CarrierBillEvent[]>(
            (before, each) => [...before, ...carrierBill.decide(each, fold(carrierBill, before))],
            [],
          );
          for (const lines of events.flatMap(entries)) expect(lines.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);
          expect(standing(fold(carrierBill, events).booked)).toEqual(
            standing(new Map(all.at(-1)?.data.totals.map((each) => [each.currency, each]))),
          );
        },
      ),
    ));
});
