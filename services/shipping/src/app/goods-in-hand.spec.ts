import { withGoods } from './goods-in-hand';
import { memoryRegisters } from './memory-registers';

it('lines are shown with title and barcodes of their items, as far as somebody described them', async () => {
  const { items } = memoryRegisters();
  const barcodes = [{ code: '14006381333938', kind: 'gtin', units: 12 }];
  await items.record({ sku: 'PEN', title: 'Pen', barcodes }, 1);
  await items.record({ sku: 'MUG', title: 'Mug', weightGrams: 300 }, 1);
  const lines = ['PEN', 'MUG', 'NONE', 'PEN'].map((sku, n) => ({ lineId: `${n}`, sku }));
  expect(await withGoods(items, lines)).toEqual([
    { lineId: '0', sku: 'PEN', title: 'Pen', barcodes },
    { lineId: '1', sku: 'MUG', title: 'Mug' },
    { lineId: '2', sku: 'NONE' },
    { lineId: '3', sku: 'PEN', title: 'Pen', barcodes },
  ]);
});
