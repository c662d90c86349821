import { join } from 'node:path';
import { fold, Refused, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import { linesOf, type MoneyFact } from '../books/journal';
import { carrierClaim, openOf, requireClaim, type CarrierClaimCommand, type CarrierClaimEvent, type OwedClaim } from './carrier-claim';

const { given } = specFor(carrierClaim);
const now = '2026-11-24T10:00:00.000Z';
const claim: OwedClaim = {
  ...{ claimId: 'c', orderId: 'o', shipmentId: 's', carrier: 'delhivery', trackingNumber: 'AWB-1', reference: 'C-77', currency: 'INR' },
};
const hear = (owed: number): CarrierClaimCommand => ({ type: 'HearClaim', data: { ...claim, owed, now } });
const pay = (amount: number): CarrierClaimCommand => ({ type: 'HearClaimPayment', data: { ...claim, amount, now } });
const settle = (amount: number, lineId = 'l'): CarrierClaimCommand => ({
  type: 'SettleClaim',
  data: { claimId: 'c', lineId, amount, now },
});
const reason = { code: 'carrier-insolvent', by: 'operator' };
const writeOff = (amount?: number): CarrierClaimCommand => ({
  type: 'WriteOffClaim',
  data: { claimId: 'c', reason, now, ...(amount === undefined ? {} : { amount }) },
});
const owed = (change: number): CarrierClaimEvent => ({ type: 'CarrierClaimOwed', data: { ...claim, change, changedAt: now } });
const settled = (amount: number, by: { readonly lineId?: string } = {}): CarrierClaimEvent => ({
  type: 'CarrierClaimSettled',
  data: { ...claim, ...by, amount, settledAt: now },
});
const writtenOff = (amount: number): CarrierClaimEvent => ({
  type: 'CarrierClaimWrittenOff',
  data: { ...claim, amount, reason, writtenOffAt: now },
});

describe('what a carrier owes for a parcel', () => {
  it('is what it has accepted, and what it says later in its place', () => {
    given().when(hear(4_000)).thenOnce(owed(4_000));
    given(owed(4_000)).when(hear(3_000)).thenOnce(owed(-1_000));
    given(owed(4_000)).when(hear(0)).thenOnce(owed(-4_000));
  });

  it('is paid by hand, in parts, never more than is to come', () => {
    given(owed(4_000)).when(pay(1_000)).then(settled(1_000));
    given(owed(4_000), settled(1_000)).when(pay(4_000)).then(settled(3_000));
    given().when(pay(1)).thenRefused('CARRIER_CLAIM_UNKNOWN');
  });

  it('is paid by a line of a file, once however often the line is looked at', () => {
    given(owed(4_000))
      .when(settle(2_500))
      .thenOnce(settled(2_500, { lineId: 'l' }));
    given(owed(4_000), settled(4_000)).when(settle(4_000)).thenNothing();
  });

  it('is written off with a reason, all of it or a part, and nothing where nothing is to come', () => {
    given(owed(4_000), settled(1_000)).when(writeOff()).then(writtenOff(3_000));
    given(owed(4_000)).when(writeOff(500)).then(writtenOff(500));
    given(owed(4_000)).when(writeOff(4_001)).thenRefused('CLAIM_EXCEEDED');
    given(owed(4_000), settled(4_000)).when(writeOff()).thenRefused('NOTHING_OWED');
    given().when(writeOff()).thenRefused('CARRIER_CLAIM_UNKNOWN');
  });
});

/** What an event does to the books: by itself, or by the line that it came by. */
const factOf = (event: CarrierClaimEvent): MoneyFact => {
  const of = { entryId: 'e', at: now, orderId: 'o', source: 'c', currency: 'INR', part: 0 };
  switch (event.type) {
    case 'CarrierClaimOwed':
      return { ...of, kind: 'claim-owed', amount: event.data.change };
    case 'CarrierClaimSettled':
      return { ...of, kind: event.data.lineId === undefined ? 'claim-paid' : 'settled-claim', amount: event.data.amount };
    case 'CarrierClaimWrittenOff':
      return { ...of, kind: 'claim-written-off', amount: event.data.amount };
  }
};

const command = fc.oneof(
  fc.nat(5_000).map(hear),
  fc.integer({ min: 1, max: 5_000 }).map(pay),
  fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.constantFrom('l', 'm')).map(([amount, line]) => settle(amount, line)),
  fc.constant(writeOff()),
);

describe('claims on carriers in the books, whatever is told in whatever order', () => {
  it('stand there with what is to come, and every entry is balanced', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const events: CarrierClaimEvent[] = [];
        for (const each of commands) {
          try {
            events.push(...carrierClaim.decide(each, fold(carrierClaim, events)));
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
          }
        }
        const lines = events.map(factOf).map(linesOf);
        for (const entry of lines) expect(entry.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(0);
        const stands = lines.flat().filter(({ role }) => role === 'carrier-claims');
        const state = fold(carrierClaim, events);
        expect(stands.reduce((sum, { debit, credit }) => sum + debit - credit, 0)).toBe(state ? openOf(state) : 0);
      }),
      { numRuns: 200 },
    ));
});

describe('what was stored of claims on carriers', () => {
  it('folds for ever', () => {
    const golden = goldenSamples<CarrierClaimEvent>(join(__dirname, 'golden'));
    expect(golden.types).toEqual(['CarrierClaimOwed', 'CarrierClaimSettled', 'CarrierClaimWrittenOff']);
    const types = ['CarrierClaimOwed', 'CarrierClaimSettled', 'CarrierClaimWrittenOff'] as const;
    const state = requireClaim(
      fold(
        carrierClaim,
        types.map((type) => golden.of(type)),
      ),
      'c',
    );
    expect(state).toMatchObject({ owed: 4_000, settled: 2_500, writtenOff: 1_000, claim: { reference: 'C-77' } });
    expect([...state.byLine.values()]).toEqual([2_500]);
    expect(openOf(state)).toBe(500);
  });
});
