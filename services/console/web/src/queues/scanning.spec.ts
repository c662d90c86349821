import * as fc from 'fast-check';
import { countUnits, gradeOf, inHand, receivedOf, toGrade, toReceive, uncount, type Return, type Tally } from './scanning';

const line = (sku: string, more: Partial<Return['lines'][number]> = {}): Return['lines'][number] => ({
  ...{ lineId: '1', sku, reasons: [], announced: true, standing: 'authorized', asked: 2, received: 0, graded: 0 },
  ...more,
});
const mugs: Tally = { sku: 'MUG', expected: 2, counted: 0 };
const read = (tallies: readonly Tally[], ...texts: readonly string[]) =>
  texts.reduce<{ readonly tallies: readonly Tally[]; readonly outcomes: readonly string[] }>(
    ({ tallies: before, outcomes }, text) => {
      const { tallies: after, scan } = countUnits(before, { sku: text.trim(), units: 1 });
      return { tallies: after, outcomes: [...outcomes, scan.outcome] };
    },
    { tallies, outcomes: [] },
  );

describe('units that a scanner reads', () => {
  it('are what a return still waits for, each article once', () =>
    expect(
      toReceive({
        lines: [
          line('MUG', { received: 1 }),
          line('MUG', { lineId: '2' }),
          line('LAMP', { standing: 'declined' }),
          line('CUP', { received: 2 }),
        ],
      }),
    ).toEqual([{ sku: 'MUG', expected: 3, counted: 0 }]));

  it('are counted until all are there, and beyond', () => {
    const { tallies, outcomes } = read([mugs], 'mug', ' MUG', 'MUG');
    expect(outcomes).toEqual(['counted', 'complete', 'over']);
    expect(receivedOf(tallies)).toEqual([{ sku: 'MUG', quantity: 3 }]);
  });

  it('are counted also where nobody expects them, and forgotten where they were read by mistake', () => {
    const { tallies, outcomes } = read([mugs], 'HAT', 'HAT');
    expect(outcomes).toEqual(['stray', 'stray']);
    expect(uncount(uncount(tallies, 'HAT'), 'HAT')).toEqual([mugs]);
    expect(uncount([mugs], 'MUG')).toEqual([mugs]);
  });

  it('are as many as the code of a case stands for', () => {
    const { tallies, scan } = countUnits([{ ...mugs, expected: 12 }], { sku: 'MUG', units: 12 });
    expect([tallies, scan.outcome]).toEqual([[{ sku: 'MUG', expected: 12, counted: 12 }], 'complete']);
    expect(countUnits([mugs], { sku: 'MUG', units: 12 }).scan.outcome).toBe('over');
  });

  it('are received as often as they were read, whatever was read', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('MUG', 'mug', 'HAT', '0012')), (texts) => {
        const received = receivedOf(read([mugs], ...texts).tallies);
        expect(received.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(texts.length);
        expect(new Set(received.map(({ sku }) => sku.toLowerCase())).size).toBe(received.length);
      }),
    ));
});

describe('units that are graded', () => {
  const rma = { lines: [line('MUG', { received: 2, graded: 1 }), line('LAMP', { received: 1 }), line('CUP')] };

  it('are those that came and nobody has looked at', () =>
    expect(toGrade(rma).map(({ sku, expected }) => [sku, expected])).toEqual([
      ['MUG', 1],
      ['LAMP', 1],
    ]));

  it('are of the article that was read, or of the only one that is left', () => {
    expect(inHand(toGrade(rma), 'lamp')?.sku).toBe('LAMP');
    expect(inHand(toGrade(rma), undefined)).toBeUndefined();
    expect(inHand(toGrade(rma), 'HAT')).toBeUndefined();
    expect(inHand(toGrade({ lines: [line('MUG', { received: 1 })] }), undefined)?.sku).toBe('MUG');
  });

  it('are graded by one digit, and a barcode is none', () =>
    expect(['1', '2', '3', ' 4 ', '5', '0', '11', 'MUG'].map(gradeOf)).toEqual([
      'A',
      'B',
      'C',
      'scrap',
      undefined,
      undefined,
      undefined,
      undefined,
    ]));
});
