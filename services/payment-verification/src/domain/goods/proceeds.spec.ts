import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { linesOf } from '../books/journal';
import { disposalProceeds, PROCEEDS, type Proceeds, type ProceedsCommand, type ProceedsEvent } from './proceeds';

const { given } = specFor(disposalProceeds);
const [now, disposedAt] = ['2026-11-28T10:00:01.000Z', '2026-11-28T10:00:00.000Z'];
const paid: Proceeds = {
  ...{ disposalId: 'd-1', sku: 'LAMP', location: 'LDN-1', quantity: 3, outcome: 'liquidated' },
  ...{ currency: 'GBP', amount: 1_250, disposedAt },
};
const book = (proceeds: Proceeds): ProceedsCommand => ({ type: 'BookDisposalProceeds', data: { ...proceeds, now } });
const booked = (proceeds: Proceeds): ProceedsEvent => ({ type: 'DisposalProceedsBooked', data: { ...proceeds, bookedAt: now } });

describe('what was paid for goods that were disposed of', () => {
  it('is booked once, however often it is told', () => given().when(book(paid)).thenOnce(booked(paid)));

  it('is not booked where nothing was paid', () =>
    given()
      .when(book({ ...paid, amount: 0 }))
      .thenNothing());

  it('came in at the bank, and is proceeds of disposals: what stock is worth does not change by it', () => {
    const fact = { entryId: 'e', kind: PROCEEDS, at: disposedAt, orderId: null, source: 'd-1', currency: 'GBP', amount: 1_250, part: 0 };
    expect(linesOf(fact)).toEqual([
      { role: 'bank', debit: 1_250, credit: 0 },
      { role: 'disposal-proceeds', debit: 0, credit: 1_250 },
    ]);
  });

  it('folds what was stored, for ever', () => {
    const golden = goldenSamples<ProceedsEvent>(join(__dirname, 'golden'));
    expect(fold(disposalProceeds, [golden.of('DisposalProceedsBooked')])).toEqual({ isBooked: true });
  });

  it('stands in the books once, told in any order and as often as it may be', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(paid, { ...paid, amount: 0 }), { minLength: 1, maxLength: 6 }), (told) => {
        const events: ProceedsEvent[] = [];
        for (const each of told) events.push(...disposalProceeds.decide(book(each), fold(disposalProceeds, events)));
        expect(events).toEqual(told.some(({ amount }) => amount > 0) ? [booked(paid)] : []);
      }),
    ));
});
