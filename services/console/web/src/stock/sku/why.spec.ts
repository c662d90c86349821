import { whyOf, type Explanation } from './why';

const none = { onHand: 0, reserved: 0, allocated: 0, safetyStock: 0, unavailable: 0 };
const group = (kind: string, units: object) => ({ kind, reason: null, movements: 1, ...none, ...units, sentence: '' });
const explanation = (figures: object, ...movements: ReturnType<typeof group>[]): Explanation => ({
  ...{ sku: 'MUG', location: null, asOf: '2026-11-27T18:00:00Z', ...none, atp: 0, sentence: '', movements, heldBack: [] },
  ...figures,
});

describe('why there is as much as there is', () => {
  it('shows what moved most first, no figure that never moved, and nothing that moved nothing', () => {
    const asked = explanation(
      { onHand: 58, reserved: 11, atp: 47 },
      group('StockReserved', { reserved: 11 }),
      group('StockCounted', {}),
      group('StockReceived', { onHand: 60 }),
      group('StockAdjusted', { onHand: -2 }),
    );
    const { rows, ...why } = whyOf(asked);
    expect(rows.map(({ kind }) => kind)).toEqual(['StockReceived', 'StockReserved', 'StockAdjusted']);
    expect(why).toEqual({ columns: ['onHand', 'reserved'], left: 47, isClosed: false });
  });

  it('says a figure that went to and fro, and that a closed location promises nothing', () => {
    const asked = explanation(
      { onHand: 5 },
      group('StockAllocated', { allocated: 2 }),
      group('StockIssued', { allocated: -2, onHand: -2 }),
    );
    expect(whyOf(asked)).toMatchObject({ columns: ['onHand', 'allocated'], left: 5, isClosed: true });
  });
});
