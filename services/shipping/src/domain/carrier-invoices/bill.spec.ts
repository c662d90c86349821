import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { carrierBill } from './bill';
import type { Bill, BillCommand, BillEvent, CarrierBillAssessed } from './bill-events';
import { charge, credit, label, now, surcharge, terms } from './invoices.fixture';
import type { BilledLabel, InvoiceLine } from './invoice-line';

const bill = carrierBill((...parts) => parts.join('/'));
const { given } = specFor(bill);
const named = { billId: label.labelId, carrier: 'dhl' };
const audit = (lines: readonly InvoiceLine[], of: BilledLabel = label): BillCommand => ({
  type: 'AuditBill',
  data: { ...named, label: of, lines, terms, now },
});
const miss: BillCommand = { type: 'MissBill', data: { ...named, label, now } };
const difference = `audit-finding/${label.labelId}/amount-differs/`;
const reason = { code: 'weighed-again', by: 'operator' };
const on = (type: 'DisputeFinding' | 'RefuseDispute' | 'AcceptFinding' | 'CloseFinding', findingId = difference): BillCommand => ({
  type,
  data: { findingId, reason, now },
});
const give = (amount: number): BillCommand => ({ type: 'CreditFinding', data: { findingId: difference, amount, now } });
const after = (...commands: readonly BillCommand[]): readonly BillEvent[] =>
  commands.reduce<readonly BillEvent[]>((events, command) => [...events, ...bill.decide(command, fold(bill, events))], []);
const standing = (events: readonly BillEvent[]): Bill => fold(bill, events);
const statusOf = (events: readonly BillEvent[], findingId = difference) => standing(events).findings.get(findingId)?.status;

/** What the books are told of the label, which was sold for 12.00. */
const assessed = (number: number, totals: Partial<CarrierBillAssessed['data']['totals'][number]>): BillEvent => ({
  type: 'CarrierBillAssessed',
  data: {
    ...{ ...named, orderId: label.orderId, shipmentId: label.shipmentId ?? '', number, assessedAt: now },
    totals: [
      { currency: 'EUR', quoted: 1_200, billed: 1_400, agreed: 1_200, differences: 0, disputed: 0, taxes: 0, creditDue: 0, ...totals },
    ],
  },
});
const told = (...types: readonly string[]): readonly string[] => [...types, 'CarrierBillAssessed'];

const second = charge('b', 500, { trackingNumber: 'T2' });
const tooMuch = [charge('a', 900), second];
const found = after(audit(tooMuch));

describe('the bill of a label', () => {
  it('is compared once, whoever sends its lines again', () => {
    given()
      .when(audit([charge('a', 700), second]))
      .thenOnce(
        { type: 'LabelBilled', data: { ...named, label, lines: [charge('a', 700), second], billedAt: now } },
        assessed(1, { billed: 1_200 }),
      );
    expect(found.map(({ type }) => type)).toEqual(told('LabelBilled', 'FindingMade'));
    given(...found)
      .when(audit(tooMuch))
      .thenNothing();
    given(...found)
      .when(audit([]))
      .thenNothing();
    given().when(audit([])).thenNothing();
  });

  it('has a finding that what comes later explains, or makes larger', () => {
    const twice = charge('c', 900, { billedOn: '2026-11-27T00:00:00.000Z' });
    const bigger = after(audit(tooMuch), audit([surcharge('f', 50, 'fuel')]));
    expect(bigger.at(-2)).toMatchObject({ type: 'FindingMade', data: { findingId: difference, finding: { amount: 250 } } });
    const less = after(audit([charge('a', 600), second]), audit([surcharge('f', 100, 'fuel')]));
    expect([statusOf(less), less.at(-2)?.type]).toEqual(['withdrawn', 'FindingWithdrawn']);
    expect(statusOf(after(audit(tooMuch), audit([twice])), `audit-finding/${label.labelId}/billed-twice/${twice.lineId}`)).toBe('open');
  });

  it('lets a small difference pass until it grows', () => {
    const small = after(audit([charge('a', 710), second]));
    expect(statusOf(small)).toBe('tolerated');
    expect(statusOf([...small, ...bill.decide(audit([surcharge('f', 50, 'fuel')]), standing(small))])).toBe('open');
  });

  it('of a label that is voided afterwards is found fault with as a whole', () => {
    const voided = after(audit([charge('a', 700), second]), audit([], { ...label, isVoid: true }));
    expect([...standing(voided).findings.values()].map(({ kind, amount }) => [kind, amount])).toEqual([
      ['void-label-billed', 700],
      ['void-label-billed', 500],
    ]);
  });

  it('is missed where no invoice has it, until one does', () => {
    given()
      .when(miss)
      .thenOnce({
        type: 'FindingMade',
        data: {
          ...{ ...named, label, foundAt: now, findingId: `audit-finding/${label.labelId}/not-billed/` },
          finding: { kind: 'not-billed', currency: 'EUR', amount: 0, credited: 0, expected: '1200' },
        },
      });
    expect(statusOf(after(miss, audit([charge('a', 700), second])), `audit-finding/${label.labelId}/not-billed/`)).toBe('withdrawn');
    given(...found)
      .when(miss)
      .thenNothing();
  });
});

describe('a finding', () => {
  it('is accepted, or closed, with a reason and once', () => {
    const paid = assessed(2, { differences: 200 });
    given(...found)
      .when(on('AcceptFinding'))
      .thenOnce({ type: 'FindingAccepted', data: { ...named, findingId: difference, reason, acceptedAt: now } }, paid);
    given(...found)
      .when(on('CloseFinding'))
      .thenOnce({ type: 'FindingClosed', data: { ...named, findingId: difference, reason, closedAt: now } }, paid);
    given(...after(audit(tooMuch), on('AcceptFinding')))
      .when(on('CloseFinding'))
      .thenRefused('FINDING_SETTLED');
    given(...found)
      .when(on('AcceptFinding', 'another'))
      .thenRefused('FINDING_UNKNOWN');
  });

  it('that is disputed waits for the carrier’s answer: credited, in parts too, or refused', () => {
    const disputed = after(audit(tooMuch), on('DisputeFinding'));
    given(...found)
      .when(give(10))
      .thenRefused('FINDING_NOT_DISPUTED');
    given(...found)
      .when(on('RefuseDispute'))
      .thenRefused('FINDING_NOT_DISPUTED');
    given(...disputed)
      .when(on('DisputeFinding'))
      .thenNothing();
    given(...disputed)
      .when(give(201))
      .thenRefused('CREDIT_EXCEEDED');
    given(...disputed)
      .when(give(50))
      .thenOnce(
        { type: 'FindingCredited', data: { ...named, findingId: difference, amount: 50, creditedAt: now } },
        assessed(2, { disputed: 150, creditDue: 50 }),
      );
    expect(statusOf([...disputed, ...bill.decide(give(50), standing(disputed))])).toBe('disputed');
    const credited = [...disputed, ...bill.decide(give(200), standing(disputed))];
    expect(statusOf(credited)).toBe('credited');
    given(...credited)
      .when(on('RefuseDispute'))
      .thenRefused('FINDING_SETTLED');
    const refused = [...disputed, ...bill.decide(on('RefuseDispute'), standing(disputed))];
    expect([statusOf(refused), ...bill.decide(on('RefuseDispute'), standing(refused))]).toEqual(['refused']);
    expect(bill.decide(on('AcceptFinding'), standing(refused)).map(({ type }) => type)).toEqual(told('FindingAccepted'));
  });

  it('is credited by a line of an invoice, which is the same money as the carrier’s word', () => {
    const promised = after(audit(tooMuch), on('DisputeFinding'), give(150));
    const byLine = [...promised, ...bill.decide(audit([credit('x', 200)]), standing(promised))];
    expect(standing(byLine).findings.get(difference)).toMatchObject({ status: 'credited', credited: 200, promised: 150 });
  });

  it('stays as a person decided as long as it is about the same money', () => {
    const accepted = after(audit(tooMuch), on('AcceptFinding'));
    expect(statusOf([...accepted, ...bill.decide(audit([credit('x', 20)]), standing(accepted))])).toBe('accepted');
    expect(statusOf([...accepted, ...bill.decide(audit([surcharge('f', 50, 'fuel')]), standing(accepted))])).toBe('open');
  });
});

describe('a bill, whatever comes in whatever order, and again', () => {
  const all = [
    ...tooMuch,
    surcharge('f', 40, 'fuel'),
    surcharge('s', 300, 'remote area'),
    credit('x', 250),
    charge('c', 10, { billedOn: '2026-11-27T00:00:00.000Z' }),
  ];
  const money = (events: readonly BillEvent[]) =>
    [...standing(events).findings.values()]
      .filter(({ status }) => status !== 'withdrawn')
      .map(({ findingId, kind, status, amount, credited }) => JSON.stringify([findingId, kind, status, amount, credited]))
      .toSorted();

  it('ends with the same findings', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(3), fc.boolean()), { maxLength: 10 }), fc.boolean(), (steps, isVoid) => {
        const told = steps.map(([from, more, wasVoid]) => audit(all.slice(from, from + more), { ...label, isVoid: wasVoid }));
        const last = audit(all, { ...label, isVoid });
        expect(money(after(...told, ...told.toReversed(), last, last))).toEqual(money(after(last)));
        given(...after(...told, last))
          .when(last)
          .thenNothing();
      }),
      { numRuns: 200 },
    ));
});

it('what was stored of bills folds for ever', () => {
  const golden = goldenSamples<BillEvent>(join(__dirname, 'golden'));
  expect(golden.types).toEqual([
    'CarrierBillAssessed',
    ...['DisputeRefused', 'FindingAccepted', 'FindingClosed', 'FindingCredited', 'FindingDisputed', 'FindingMade', 'FindingWithdrawn'],
    'LabelBilled',
  ]);
  const made = [golden.of('LabelBilled'), golden.of('FindingMade')];
  const statusAfter = (...types: readonly BillEvent['type'][]) =>
    [...fold(bill, [...made, ...types.map((type) => golden.of(type))]).findings.values()].map(({ status }) => status);
  expect(fold(bill, made)).toMatchObject({ named: { carrier: 'dhl' }, label: { cost: 1_200 } });
  expect(fold(bill, [...made, golden.of('CarrierBillAssessed')]).assessed).toMatchObject({ number: 2, told: [{ billed: 1_728 }] });
  expect(statusAfter()).toEqual(['open']);
  expect(statusAfter('FindingDisputed')).toEqual(['disputed']);
  expect(statusAfter('FindingDisputed', 'FindingCredited')).toEqual(['credited']);
  expect(statusAfter('FindingDisputed', 'DisputeRefused')).toEqual(['refused']);
  expect(statusAfter('FindingAccepted')).toEqual(['accepted']);
  expect(statusAfter('FindingClosed')).toEqual(['closed']);
  expect(statusAfter('FindingWithdrawn')).toEqual(['withdrawn']);
});
