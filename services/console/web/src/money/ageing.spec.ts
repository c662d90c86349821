import { ageingRows, lockedRows, partsOf } from './ageing';

const aged = {
  settlementSource: 'delhivery',
  carrier: 'delhivery',
  channel: 'web',
  currency: 'INR',
  age: '0-7',
  count: 1,
  amount: 100,
  overdue: 0,
  oldestAt: '2026-11-20T10:00:00.000Z',
} as const;

describe('money that is outstanding', () => {
  it('has a row for each that owes it, with its ages, its sum and the oldest of it', () => {
    const older = { ...aged, age: '31-60', count: 2, amount: 250, overdue: 250, oldestAt: '2026-10-20T10:00:00.000Z' } as const;
    expect(ageingRows([aged, older])).toEqual([
      {
        ...{ id: expect.any(String), settlementSource: 'delhivery', carrier: 'delhivery', channel: 'web', currency: 'INR' },
        ...{ byAge: { '0-7': 100, '31-60': 250 }, total: 350, overdue: 250, count: 3, oldestAt: older.oldestAt },
      },
    ]);
  });

  it('is never added up over currencies, and null is a source of its own', () => {
    const rows = ageingRows([aged, { ...aged, currency: 'GBP' }, { ...aged, settlementSource: null }]);
    expect(rows.map(({ settlementSource, currency, total }) => [settlementSource, currency, total])).toEqual([
      ['delhivery', 'INR', 100],
      ['delhivery', 'GBP', 100],
      [null, 'INR', 100],
    ]);
  });
});

it('cash that is locked has a row for each channel and currency, and a column for each stage', () => {
  const locked = { stage: 'collected', channel: 'web', currency: 'INR', weeks: 1, orders: 1, amount: 100 } as const;
  const rows = lockedRows([
    locked,
    { ...locked, weeks: 5, amount: 50 },
    { ...locked, stage: 'to-collect' },
    { ...locked, currency: 'EUR' },
  ]);
  expect(rows).toEqual([
    {
      id: expect.any(String),
      channel: 'web',
      currency: 'INR',
      byStage: { collected: 150, 'to-collect': 100 },
      total: 250,
      orders: 3,
      weeks: 5,
    },
    { id: expect.any(String), channel: 'web', currency: 'EUR', byStage: { collected: 100 }, total: 100, orders: 1, weeks: 1 },
  ]);
});

describe('the parts of a bar', () => {
  it('stand one behind the other and fill it', () =>
    expect(partsOf([1, 0, 3])).toEqual([
      [0, 25],
      [25, 0],
      [25, 75],
    ]));
  it('are nothing where there is nothing, or less', () =>
    expect(partsOf([0, -5])).toEqual([
      [0, 0],
      [0, 0],
    ]));
});
