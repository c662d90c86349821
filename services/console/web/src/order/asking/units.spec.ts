import { unitsIn } from './units';

it('units that are given back and claimed again are told as what is left of it', () => {
  const units = [
    { kind: 'wanted', sku: 'MUG', quantity: -2 },
    { kind: 'wanted', sku: 'MUG', quantity: 1 },
    { kind: 'wanted', sku: 'POSTER', quantity: -1 },
    { kind: 'wanted', sku: 'POSTER', quantity: 1 },
    { kind: 'allocated', sku: 'MUG', location: 'LDN-1', quantity: -2 },
    { kind: 'allocated', sku: 'MUG', location: 'MAN-1', quantity: 2 },
  ];
  expect(unitsIn(units).map(({ kind, sku, quantity }) => [kind, sku, quantity])).toEqual([
    ['wanted', 'MUG', -1],
    ['allocated', 'MUG', -2],
    ['allocated', 'MUG', 2],
  ]);
});
