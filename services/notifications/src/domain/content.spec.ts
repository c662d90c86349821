import { gathered, type Content } from './content';

const parcel = (trackingNumber: string) => ({ shipmentId: `s-${trackingNumber}`, carrier: 'simulated', trackingNumber });
const line = (lineId: string, quantity: number) => ({ lineId, sku: `sku-${lineId}`, quantity });

describe('several events told as one message', () => {
  it('add up the units of a line, and name each line once', () => {
    expect(gathered([{ lines: [line('1', 2), line('2', 1)] }, {}, { lines: [line('1', 3)] }]).lines).toEqual([line('1', 5), line('2', 1)]);
  });

  it('name each parcel once, however often it was scanned', () => {
    const content = gathered([{ parcels: [parcel('A')] }, { parcels: [parcel('B'), parcel('A')] }]);
    expect(content.parcels).toEqual([parcel('A'), parcel('B')]);
  });

  it('add up money of one currency, and never of two', () => {
    const amounts = [5, 7].map((amount): Content => ({ amount: { currency: 'EUR', amount } }));
    expect(gathered(amounts).amount).toEqual({ currency: 'EUR', amount: 12 });
    expect(gathered([...amounts, { amount: { currency: 'JPY', amount: 100 } }]).amount).toEqual({ currency: 'EUR', amount: 12 });
  });

  it('say what was before the first of them and what is after the last', () => {
    const content = gathered([
      { before: 100, total: 90, date: '2026-11-01T00:00:00.000Z' },
      { before: 90, total: 120, date: '2026-11-02T00:00:00.000Z', reason: 'customer-asked' },
    ]);
    expect(content).toEqual({ before: 100, total: 120, date: '2026-11-02T00:00:00.000Z', reason: 'customer-asked' });
  });

  it('say nothing that none of them says', () => expect(gathered([{}, {}])).toEqual({}));
});
