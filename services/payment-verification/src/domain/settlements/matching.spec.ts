import fc from 'fast-check';
import type { SettlementLine } from './line';
import { match, type Expectation } from './matching';
import { expected, line, naming } from './settlement.fixture';

const codes = (lines: readonly SettlementLine[], expectations: readonly Expectation[]) => {
  const { outcomes } = match(lines, expectations);
  return lines.map(({ lineId }) => {
    const outcome = outcomes.get(lineId);
    return [outcome?.code, outcome?.expected];
  });
};
const capture = expected('a', 100);

describe('a line of a settlement', () => {
  it.each([
    ['the same', [line('1', 100, 'a')], [['matched', 100]]],
    ['less', [line('1', 60, 'a')], [['short', 100]]],
    ['more', [line('1', 120, 'a')], [['over', 100]]],
    [
      'the same twice',
      [line('1', 100, 'a'), line('2', 100, 'a')],
      [
        ['matched', 100],
        ['double', 0],
      ],
    ],
    [
      'it in parts',
      [line('1', 60, 'a'), line('2', 40, 'a')],
      [
        ['matched', 60],
        ['matched', 40],
      ],
    ],
    [
      'a part and then too much',
      [line('1', 60, 'a'), line('2', 60, 'a')],
      [
        ['matched', 60],
        ['over', 40],
      ],
    ],
    ['another currency', [line('1', 100, { references: ['ref-a'], currency: 'EUR' })], [['wrong-currency', 100]]],
    ['nothing that is known', [line('1', -100, 'a')], [['unmatched', 0]]],
  ])('that says %s as was captured', (_, lines, outcomes) => expect(codes(lines, [capture])).toEqual(outcomes));

  it.each([
    ['all of it, as a person recorded before', [100], -100, [['matched', 100]]],
    ['the rest of what a person recorded', [60], -40, [['matched', 60]]],
    ['less than the rest of it', [40], -40, [['short', 60]]],
    ['that it was taken back, which nobody recorded', [-40], -40, [['unmatched', 0]]],
  ])('of what a carrier hands over says %s', (_, amounts, recorded, outcomes) => {
    const owed: Expectation = { ...expected('a', 100), kind: 'carrier-claim' };
    const byHand: Expectation = { ...owed, id: 'h', amount: recorded, names: [], byHand: true };
    const lines = amounts.map((amount, n) => ({ ...line(String(n), amount, 'a'), kind: 'carrier-claim' as const }));
    expect(codes(lines, [owed, byHand])).toEqual(outcomes);
  });

  it('that names only its order answers what has its amount, then all of it, then the oldest', () => {
    const both = [expected('a', 60), expected('b', 40)];
    expect(
      match([line('1', 40)], both)
        .outcomes.values()
        .next().value,
    ).toMatchObject({ code: 'matched', settles: [both[1]?.id] });
    expect(
      match([line('1', 100)], both)
        .outcomes.values()
        .next().value,
    ).toMatchObject({
      code: 'matched',
      settles: both.map(({ id }) => id),
    });
    expect(
      match([line('1', 50)], both)
        .outcomes.values()
        .next().value,
    ).toMatchObject({ code: 'short', settles: [both[0]?.id] });
  });

  it('that names something comes before one that does not, and the right currency before another one', () => {
    const early = line('1', 100, { settledAt: '2026-11-01T00:00:00.000Z' });
    expect(codes([early, line('2', 100, 'a')], [capture])).toEqual([
      ['double', 0],
      ['matched', 100],
    ]);
    expect(codes([{ ...early, currency: 'EUR' }, line('2', 100, 'a')], [capture])).toEqual([
      ['wrong-currency', 0],
      ['matched', 100],
    ]);
  });

  it('that was paid in another currency than the account’s is compared by what the customer paid, whatever it was exchanged for', () => {
    const euros = expected('a', 100, { currency: 'EUR' });
    const paid = (gross: number, currency = 'EUR') => line('1', 86, { ...naming('a'), customer: { currency, gross, rate: '0.86' } });
    expect(codes([paid(100)], [euros])).toEqual([['matched', 100]]);
    expect(codes([paid(90)], [euros])).toEqual([['short', 100]]);
    expect(codes([paid(86, 'USD')], [euros])).toEqual([['wrong-currency', 100]]);
    expect(codes([line('1', 86, 'a')], [euros])).toEqual([['wrong-currency', 100]]);
  });

  it('expects of a shipment’s cash only what was not missing at the door', () => {
    const cash = { kind: 'cod-remittance', subject: 'shipment' } as const;
    const door = [expected('a', 100, cash), expected('b', -40, cash)];
    expect(codes([line('1', 60, { ...naming('a'), kind: 'cod-remittance' })], door)).toEqual([['matched', 60]]);
  });

  it('takes a refund for what went back, and a fee or a payout for itself', () =>
    expect(
      codes([line('1', -30), line('2', 0, { kind: 'fee' }), line('3', -60, { kind: 'payout' })], [capture, expected('r', -30)]),
    ).toEqual([
      ['matched', -30],
      ['alone', 0],
      ['alone', 0],
    ]));
});

const amounts = fc.constantFrom(40, 60, 100, -30, -100);
const lines = fc.array(
  fc.record({ amount: amounts, named: fc.constantFrom('0', '1', '2', undefined), euro: fc.boolean(), day: fc.nat(3) }),
  {
    maxLength: 6,
  },
);
const movements = fc.array(fc.record({ amount: amounts, day: fc.nat(3) }), { maxLength: 4 });

describe('matching, whatever is told', () => {
  it('does not depend on the order of lines and movements, gives each line one outcome, and covers no more than moved', () =>
    fc.assert(
      fc.property(lines, movements, fc.infiniteStream(fc.nat(1_000)), (said, moved, places) => {
        const all = said.map(({ amount, named, euro, day }, i) =>
          line(String(i), amount, { ...naming(named), currency: euro ? 'EUR' : 'GBP', settledAt: `2026-11-1${day}T00:00:00.000Z` }),
        );
        const expectations = moved.map(({ amount, day }, i) => expected(String(i), amount, { at: `2026-11-0${day}T00:00:00.000Z` }));
        const shuffled = <Thing>(things: readonly Thing[]) =>
          things
            .map((thing) => ({ thing, place: places.next().value }))
            .toSorted((a, b) => Number(a.place) - Number(b.place))
            .map(({ thing }) => thing);
        const first = match(all, expectations).outcomes;
        const again = match(shuffled(all), shuffled(expectations)).outcomes;
        expect([...again].toSorted()).toEqual([...first].toSorted());
        expect([...first.keys()].toSorted()).toEqual(all.map(({ lineId }) => lineId).toSorted());
        for (const sign of [1, -1]) {
          const total = (numbers: readonly number[]) =>
            numbers.filter((each) => Math.sign(each) === sign).reduce((sum, each) => sum + each, 0);
          const covered = total([...first.values()].map((outcome) => outcome.covered));
          expect(Math.abs(covered)).toBeLessThanOrEqual(Math.abs(total(expectations.map(({ amount }) => amount))));
        }
      }),
      { numRuns: 300 },
    ));
});
