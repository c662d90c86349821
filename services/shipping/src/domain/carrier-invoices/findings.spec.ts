import fc from 'fast-check';
import { findingsOf, type Finding } from './findings';
import { charge, credit, label, surcharge, terms } from './invoices.fixture';
import type { BilledLabel, InvoiceLine } from './invoice-line';
import type { AuditTerms } from './terms';

const second = { trackingNumber: 'T2' };
const whole = [charge('a', 700), charge('b', 500, second)];
const found = (lines: readonly InvoiceLine[], of: BilledLabel | undefined = label, agreed: AuditTerms = terms) =>
  findingsOf(of, lines, agreed).map(({ kind, amount, credited }) => [kind, amount, ...(credited === 0 ? [] : [credited])]);

describe('what is billed for a label', () => {
  it.each<[string, readonly InvoiceLine[], readonly unknown[]]>([
    ['as it was sold', whole, []],
    ['with a surcharge that its price includes', [charge('a', 650), surcharge('f', 50, 'fuel'), charge('b', 500, second)], []],
    ['with taxes, which it never includes', [...whole, charge('v', 228, { kind: 'tax' })], []],
    ['in part: the rest may come', [charge('a', 700)], []],
    ['a little otherwise', [charge('a', 715), charge('b', 500, second)], [['amount-within-tolerance', 15]]],
    ['for more', [charge('a', 900), charge('b', 500, second)], [['amount-differs', 200]]],
    ['for less', [charge('a', 600), charge('b', 500, second)], [['amount-differs', -100]]],
    ['twice', [...whole, charge('c', 700, { billedOn: '2026-11-27T00:00:00.000Z' })], [['billed-twice', 700]]],
    ['with a surcharge that nobody agreed to', [...whole, surcharge('s', 300, 'remote area')], [['surcharge-not-quoted', 300]]],
    ['with the same surcharge twice', [...whole, surcharge('f', 0, 'fuel'), surcharge('g', 30, 'fuel')], [['billed-twice', 30]]],
    ['in another currency', [charge('a', 700, { currency: 'GBP' }), charge('b', 500, second)], [['currency-differs', 700]]],
  ])('%s', (_, lines, findings) => expect(found(lines)).toEqual(findings));

  it('is nothing, where the label is void, and where none has the number', () => {
    expect(found(whole, { ...label, isVoid: true })).toEqual([
      ['void-label-billed', 700],
      ['void-label-billed', 500],
    ]);
    expect(findingsOf(undefined, [charge('a', 700)], terms)).toMatchObject([{ kind: 'unknown-tracking', amount: 700 }]);
  });

  it('lets pass a share of the price, where that is more than the amount', () => {
    const share = { ...terms, tolerancePercent: 20 };
    expect(found([charge('a', 940), charge('b', 500, second)], label, share)).toEqual([['amount-within-tolerance', 240]]);
    expect(found([charge('a', 941), charge('b', 500, second)], label, share)).toEqual([['amount-differs', 241]]);
    expect(found([charge('a', 701), charge('b', 500, second)], label, { ...terms, tolerances: { GBP: 500 } })).toEqual([
      ['amount-differs', 1],
    ]);
  });

  it('says by what the charged weight and service differ from the label, which another finding has the money of', () => {
    const heavy = charge('a', 900, { weightGrams: 1_101, service: 'EXP' });
    expect(findingsOf(label, [heavy, charge('b', 500, second)], terms)).toMatchObject([
      { kind: 'amount-differs', amount: 200, expected: '1200', billed: '1400' },
      { kind: 'weight-differs', amount: 0, expected: '1000', billed: '1101' },
      { kind: 'service-differs', amount: 0, expected: 'standard', billed: 'express' },
    ]);
    expect(
      found([charge('a', 700, { weightGrams: 1_100, service: 'PAKET' }), charge('b', 500, { ...second, service: 'Standard' })]),
    ).toEqual([]);
    expect(found([charge('a', 700, { weightGrams: 500 }), charge('b', 500, second)])).toEqual([]);
  });

  it('may be charged by volume, where that was agreed', () => {
    const bulky = [charge('a', 700, { weightGrams: 400 + 100 }), charge('b', 500, second)];
    const light = { ...label, parcels: [{ trackingNumber: 'T1', weightGrams: 100, volumeMm3: 2_000_000 }, ...label.parcels.slice(1)] };
    expect(found(bulky, light)).toEqual([['weight-differs', 0]]);
    expect(found(bulky, light, { ...terms, volumetricDivisor: 5_000 })).toEqual([]);
  });

  it('is less what was given back, one finding after the other', () => {
    const lines = [...whole, surcharge('s', 300, 'remote area'), charge('c', 700, { billedOn: '2026-11-27T00:00:00.000Z' })];
    expect(found([...lines, credit('x', 400)])).toEqual([
      ['surcharge-not-quoted', 300, 300],
      ['billed-twice', 700, 100],
    ]);
    expect(found([...lines, credit('x', 700)])).toEqual([
      ['surcharge-not-quoted', 300],
      ['billed-twice', 700, 700],
    ]);
    expect(found([...lines, credit('x', 2_000)])).toEqual([
      ['surcharge-not-quoted', 300, 300],
      ['billed-twice', 700, 700],
    ]);
  });
});

const lines = fc
  .array(
    fc.record({
      amount: fc.integer({ min: 1, max: 2_000 }),
      kind: fc.constantFrom('carriage' as const, 'surcharge' as const, 'tax' as const, 'credit' as const),
      word: fc.constantFrom('fuel', 'remote area'),
      trackingNumber: fc.constantFrom('T1', 'T2'),
      currency: fc.constantFrom('EUR', 'EUR', 'GBP'),
      day: fc.nat(3),
    }),
    { maxLength: 9 },
  )
  .map((all) =>
    all.map(({ amount, kind, word, day, ...said }, i) =>
      charge(String(i), kind === 'credit' ? 0 - amount : amount, {
        ...{ ...said, kind, billedOn: `2026-11-2${day}T00:00:00.000Z` },
        ...(kind === 'surcharge' ? { charge: word } : {}),
      }),
    ),
  );
const total = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0);
const sorted = (findings: readonly Finding[]) => findings.map((each) => JSON.stringify(each)).toSorted();

describe('what is found, whatever is billed', () => {
  it('does not depend on the order of lines', () =>
    fc.assert(
      fc.property(lines, fc.boolean(), fc.infiniteStream(fc.nat(1_000)), (all, isVoid, places) => {
        const shuffled = all
          .map((line) => ({ line, place: places.next().value }))
          .toSorted((a, b) => Number(a.place) - Number(b.place))
          .map(({ line }) => line);
        const of = { ...label, isVoid };
        expect(sorted(findingsOf(of, shuffled, terms))).toEqual(sorted(findingsOf(of, all, terms)));
      }),
      { numRuns: 300 },
    ));

  it('has each cent once: charges that were not found fault with are what the label was sold for, and no more is given back than was charged', () =>
    fc.assert(
      fc.property(lines, (all) => {
        const findings = findingsOf(label, all, terms);
        const charges = all.filter(({ kind }) => kind === 'carriage' || kind === 'surcharge');
        const own = <Of extends { readonly currency: string; readonly amount: number }>(of: readonly Of[], currency: string): number =>
          total(of.filter((each) => each.currency === currency).map(({ amount }) => amount));
        expect(own(charges, 'GBP') - own(findings, 'GBP')).toBe(0);
        const carried = new Set(
          charges.filter(({ kind, currency }) => kind === 'carriage' && currency === 'EUR').map(({ trackingNumber }) => trackingNumber),
        );
        const agreed = own(charges, 'EUR') - own(findings, 'EUR');
        if (carried.size === label.parcels.length) expect(agreed).toBe(label.cost);
        else expect(agreed).toBeLessThanOrEqual(label.cost);
        for (const currency of ['EUR', 'GBP']) {
          const given = total(findings.filter((each) => each.currency === currency).map(({ credited }) => credited));
          const credits = total(all.filter((each) => each.kind === 'credit' && each.currency === currency).map(({ amount }) => 0 - amount));
          expect(given).toBeLessThanOrEqual(credits);
        }
        for (const { amount, credited } of findings) expect(credited).toBeLessThanOrEqual(Math.max(0, amount));
      }),
      { numRuns: 300 },
    ));
});
