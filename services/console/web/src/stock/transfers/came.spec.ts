import { receiptOf } from './came';

const line = (lineId: string, inTransit: number) => ({
  ...{ lineId, sku: `SKU-${lineId}`, quantity: 9, sent: 9, received: 9 - inTransit, lost: 0, inTransit },
});

describe('a transfer that came', () => {
  const lines = [line('1', 5), line('2', 0), line('3', 4)];

  it('is all that is on its way, unless somebody says otherwise', () =>
    expect(receiptOf(lines, {}, false)).toEqual({
      lines: [
        { lineId: '1', quantity: 5 },
        { lineId: '3', quantity: 4 },
      ],
    }));

  it('may lack something, which comes later or is lost; of what did not come nothing is told', () => {
    const came = { '1': 3, '3': undefined };
    const there = [{ lineId: '1', quantity: 3 }];
    expect(receiptOf(lines, came, false)).toEqual({ lines: there });
    expect(receiptOf(lines, came, true)).toEqual({
      lines: there,
      lost: [
        { lineId: '1', quantity: 2, cause: 'loss' },
        { lineId: '3', quantity: 4, cause: 'loss' },
      ],
    });
  });
});
