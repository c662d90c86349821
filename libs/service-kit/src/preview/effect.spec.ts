import { effectOf } from './effect';

const lines = [{ lineId: '1', sku: 'MUG', quantity: 2 }];

describe('what events come to', () => {
  it('is less that is wanted where units are cancelled at once, and a question to whoever ships them where they are on their way to a parcel', () => {
    expect(effectOf([{ type: 'LineCancelled', data: { lines } }]).stock).toEqual([{ kind: 'wanted', sku: 'MUG', quantity: -2 }]);
    expect(effectOf([{ type: 'CancellationRequested', data: { lines } }]).stock).toEqual([{ kind: 'to-stop', sku: 'MUG', quantity: 2 }]);
  });

  it('is a difference in what is due where an order is edited', () => {
    const data = { totalsBefore: { total: 3_400 }, totals: { total: 2_500 }, lines: [{ before: { sku: 'POSTER', quantity: 1 } }] };
    expect(effectOf([{ type: 'OrderEdited', data }])).toEqual({
      money: [{ kind: 'due', amount: -900 }],
      stock: [{ kind: 'wanted', sku: 'POSTER', quantity: -1 }],
      promises: [],
    });
  });
});
