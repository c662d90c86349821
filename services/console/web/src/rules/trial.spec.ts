import { barsOf, carriersTrial, forkFigures, returnsTrial, routingTrial, verificationTrial } from './trial';

const sums = { unfilled: 1, fulfillments: 10, split: 2, km: 100, cost: 5000, late: 0 };

describe('rules tried on the past', () => {
  it('say of routing what was and what would be; costs only in the currency that the rules count in', () => {
    const trial = {
      ...{ version: '2', decisions: 9, unchanged: 7, before: sums, now: { ...sums, km: 80, cost: 4000 } },
      examples: [{ decisionId: 'd', orderId: 'o', before: ['LDN'], now: ['MAN', 'LDN'] }],
    };
    const { figures, examples, checked, unchanged } = routingTrial(trial, 'GBP');
    expect([checked, unchanged]).toEqual([9, 7]);
    expect(figures).toContainEqual({ id: 'km', before: 100, now: 80 });
    expect(figures).toContainEqual({ id: 'cost', before: 5000, now: 4000, currency: 'GBP' });
    expect(examples).toEqual([{ id: 'd', orderId: 'o', before: 'LDN', now: 'MAN, LDN' }]);
    expect(routingTrial(trial).figures.map(({ id }) => id)).not.toContain('cost');
  });

  it('say which verdicts would change', () => {
    const shift = { from: 'accept', to: 'review', orders: 2, money: [{ currency: 'GBP', amount: 100 }] } as const;
    const trial = verificationTrial({ orders: 5, unchanged: 3, shifts: [{ ...shift, money: [...shift.money] }], examples: [] });
    expect(trial).toMatchObject({ checked: 5, unchanged: 3, shifts: [{ from: 'accept', to: 'review', count: 2, money: shift.money }] });
  });

  it('say of carriers what labels would cost in each currency, and means of days where there is one currency', () => {
    const totals = {
      labels: 3,
      changed: 1,
      was: { cost: 900, days: 2.5, onTimePercent: 91 },
      would: { cost: 700, days: 3, onTimePercent: null },
    };
    const offered = { carrier: 'simulated', service: 'express', currency: 'GBP', cost: 300 };
    const trial = (...currencies: readonly string[]) =>
      carriersTrial({
        ...{ from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z', policy: 'carriers@2', choice: 'cost' },
        ...{ labels: 5, changed: 1, unplaced: 1, totals: currencies.map((currency) => ({ currency, ...totals })) },
        examples: [
          { labelId: 'l-1', was: offered, would: { ...offered, service: 'standard' } },
          { labelId: 'l-2', was: offered },
        ],
      });
    const cost = { id: 'labelCost', before: 900, now: 700 };
    const unplaced = { id: 'unplaced', before: 0, now: 1 };
    expect(trial('GBP')).toMatchObject({ checked: 5, unchanged: 3, shifts: [] });
    expect(trial('GBP').figures).toEqual([{ ...cost, currency: 'GBP' }, { id: 'daysSaid', before: 2.5, now: 3 }, unplaced]);
    expect(trial('GBP', 'EUR').figures).toEqual([{ ...cost, currency: 'GBP' }, { ...cost, currency: 'EUR' }, unplaced]);
    expect(trial('GBP').examples).toEqual([
      { id: 'l-1', before: 'simulated express', now: 'simulated standard' },
      { id: 'l-2', before: 'simulated express', now: '–' },
    ]);
    expect(
      carriersTrial({ ...{ from: '', to: '', policy: '', choice: 'cost', labels: 0, changed: 0, unplaced: 0 }, totals: [], examples: [] })
        .figures,
    ).toEqual([]);
  });

  it('say what refunds would come to, each currency by itself', () =>
    expect(
      returnsTrial({
        ...{ returns: 1, lines: 2, unchanged: 1, shifts: [{ from: 'kept', to: 'declined', lines: 1 }], examples: [] },
        refunds: [
          { currency: 'GBP', before: 10, now: 5 },
          { currency: 'EUR', before: 1, now: 2 },
        ],
      }).figures,
    ).toEqual([
      { id: 'refunds', before: 10, now: 5, currency: 'GBP' },
      { id: 'refunds', before: 1, now: 2, currency: 'EUR' },
    ]));
});

it('a fork says what each currency would cost, also one that only one side has', () => {
  const side = { orders: 1, fulfillments: 1, split: 0, short: 0, unfilledUnits: 0, km: 5, late: 0, daysLate: 0, daysToBegin: 0 };
  const difference = { fulfillments: 0, split: 0, short: 0, unfilledUnits: 0, km: 0, costs: [], late: 0, daysLate: 0, daysToBegin: 0 };
  const figures = forkFigures({
    ...{ same: 1, difference },
    before: { ...side, costs: [{ currency: 'GBP', amount: 7 }] },
    now: { ...side, costs: [{ currency: 'EUR', amount: 9 }] },
  });
  expect(figures.filter(({ id }) => id === 'cost')).toEqual([
    { id: 'cost', before: 7, now: 0, currency: 'GBP' },
    { id: 'cost', before: 0, now: 9, currency: 'EUR' },
  ]);
});

describe('bars beside one another', () => {
  it('are as long as the larger of them is whole', () => expect(barsOf({ before: 50, now: 100 })).toEqual([50, 100]));
  it('are nothing where there is nothing', () => expect(barsOf({ before: 0, now: 0 })).toEqual([0, 0]));
});
