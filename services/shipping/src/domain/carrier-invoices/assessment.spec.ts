import { shippingEvents } from '@cartage/contracts';
import { fold, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { publishedBills, totalsOf } from './assessment';
import { carrierBill } from './bill';
import type { BillCommand, BillEvent } from './bill-events';
import { charge, credit, label, now, surcharge, terms } from './invoices.fixture';
import type { InvoiceLine } from './invoice-line';

const bill = carrierBill((...parts) => parts.join('/'));
const named = { billId: label.labelId, carrier: 'dhl' };
const audit = (lines: readonly InvoiceLine[], isVoid = false): BillCommand => ({
  type: 'AuditBill',
  data: { ...named, label: { ...label, isVoid }, lines, terms, now },
});
const reason = { code: 'weighed-again', by: 'operator' };
const findingId = `audit-finding/${label.labelId}/amount-differs/`;
const on = (type: 'DisputeFinding' | 'RefuseDispute' | 'AcceptFinding' | 'CloseFinding', of = findingId): BillCommand => ({
  type,
  data: { findingId: of, reason, now },
});
const give = (amount: number, of = findingId): BillCommand => ({ type: 'CreditFinding', data: { findingId: of, amount, now } });
/** What is refused changes nothing. */
const after = (...commands: readonly BillCommand[]): readonly BillEvent[] =>
  commands.reduce<readonly BillEvent[]>((events, command) => {
    try {
      return [...events, ...bill.decide(command, fold(bill, events))];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return events;
    }
  }, []);
const totals = (...commands: readonly BillCommand[]) => totalsOf(fold(bill, after(...commands)));

const second = charge('b', 500, { trackingNumber: 'T2' });
const tooMuch = audit([charge('a', 900), second, charge('v', 266, { kind: 'tax' })]);
const euros = { currency: 'EUR', quoted: 1_200, billed: 1_666, agreed: 1_200, differences: 0, disputed: 0, taxes: 266, creditDue: 0 };

describe('what a carrier’s bill comes to', () => {
  it.each<[string, readonly BillCommand[], Partial<typeof euros>]>([
    ['found', [tooMuch], { disputed: 200 }],
    ['disputed', [tooMuch, on('DisputeFinding')], { disputed: 200 }],
    ['refused', [tooMuch, on('DisputeFinding'), on('RefuseDispute')], { disputed: 200 }],
    ['accepted', [tooMuch, on('AcceptFinding')], { differences: 200 }],
    ['closed', [tooMuch, on('CloseFinding')], { differences: 200 }],
    ['credited in part, by its word', [tooMuch, on('DisputeFinding'), give(50)], { disputed: 150, creditDue: 50 }],
    ['credited by its word', [tooMuch, on('DisputeFinding'), give(200)], { creditDue: 200 }],
    ['credited by a line, too', [tooMuch, on('DisputeFinding'), give(200), audit([credit('x', 200)])], { billed: 1_466 }],
    ['credited, and accepted for the rest', [tooMuch, audit([credit('x', 50)]), on('AcceptFinding')], { billed: 1_616, differences: 150 }],
    ['given back beyond what was found', [tooMuch, audit([credit('x', 230)])], { billed: 1_436, differences: -30 }],
    ['tolerated', [audit([charge('a', 715), second])], { billed: 1_215, differences: 15, taxes: 0 }],
    ['less than quoted', [audit([charge('a', 600), second])], { billed: 1_100, differences: -100, taxes: 0 }],
    ['of a void label', [audit([charge('a', 700)], true)], { billed: 700, agreed: 0, disputed: 700, taxes: 0 }],
  ])('where the difference is %s', (_, commands, expected) => expect(totals(...commands)).toEqual([{ ...euros, ...expected }]));

  it('is told by currency; of another one than the label’s nothing was quoted', () =>
    expect(totals(audit([charge('a', 700, { currency: 'GBP' }), second]))).toMatchObject([
      { currency: 'EUR', quoted: 1_200, agreed: 500 },
      { currency: 'GBP', billed: 700, agreed: 0, disputed: 700 },
    ]));

  it('is published as the contract says', () => {
    expect(Object.keys(publishedBills)).toEqual(['CarrierBillAssessed']);
    const told = after(tooMuch).find(({ type }) => type === 'CarrierBillAssessed');
    const known = Object.keys(shippingEvents.CarrierBillAssessed.data.json['properties'] as object);
    expect(known).toEqual(expect.arrayContaining(Object.keys(told?.data ?? {})));
  });
});

describe('what the books are told of a bill, whatever comes in whatever order', () => {
  const command: fc.Arbitrary<BillCommand> = fc.oneof(
    fc.shuffledSubarray([charge('a', 900), second, surcharge('s', 300, 'remote area'), credit('x', 250)]).map((lines) => audit(lines)),
    fc.constantFrom(tooMuch, audit([], true), audit([charge('g', 90, { currency: 'GBP' })])),
    fc.constantFrom(on('DisputeFinding'), on('RefuseDispute'), on('AcceptFinding'), on('CloseFinding')),
    fc.integer({ min: 0, max: 250 }).map((amount) => give(amount)),
  );

  it('adds up to what is owed, is numbered without a gap, and is at last what the bill comes to', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const events = after(...commands);
        const told = events.flatMap((event) => (event.type === 'CarrierBillAssessed' ? [event.data] : []));
        expect(told.map(({ number }) => number)).toEqual(told.map((_, n) => n + 1));
        for (const { agreed, differences, disputed, taxes, billed, creditDue } of told.flatMap((each) => each.totals)) {
          expect(agreed + differences + disputed + taxes).toBe(billed - creditDue);
          expect(disputed).toBeGreaterThanOrEqual(0);
          expect(creditDue).toBeGreaterThanOrEqual(0);
        }
        expect(told.at(-1)?.totals ?? []).toEqual(totalsOf(fold(bill, events)));
      }),
    ));
});
