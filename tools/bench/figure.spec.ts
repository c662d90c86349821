import { comparison, isMet, judged, medians, table, type Figure } from './figure';

const rate: Figure = { name: 'lifecycles', value: 150, unit: 'orders/s', goal: { must: 280, aim: 600, better: 'more' } };
const share: Figure = {
  name: 'append 100',
  value: 700,
  unit: 'events/s',
  limit: { name: '100-row inserts', value: 1_000 },
  goal: { must: 0.7, better: 'more' },
};

it('judges the ratio where there is a limit, and the value where there is none', () => {
  expect(judged(share)).toBe(0.7);
  expect(judged(rate)).toBe(150);
  expect([isMet(share), isMet(rate), isMet({ ...rate, value: 281 })]).toEqual([true, false, true]);
  expect(isMet({ name: 'p99', value: 51, unit: 'ms', goal: { must: 50, better: 'less' } })).toBe(false);
  expect(isMet({ name: 'anything', value: 1, unit: '' })).toBeUndefined();
});

it('shows each figure beside its limit and its goal', () => {
  const [, first, second] = table([rate, share]).split('\n');
  expect(first).toMatch(/^lifecycles +150 orders\/s +≥ 280 \[600\] ✗$/);
  expect(second).toMatch(/^append 100 +700 events\/s +0\.70 of 100-row inserts +≥ 0\.7 ✓$/);
});

it('takes the median of several runs, of figures and limits alike', () => {
  const runs = [3, 900, 5].map((value) => [{ ...share, value, limit: { name: '100-row inserts', value: value * 2 } }]);
  expect(medians(runs)).toEqual([{ ...share, value: 5, limit: { name: '100-row inserts', value: 10 } }]);
});

it('lays two builds side by side', () => {
  expect(
    comparison([{ ...rate, value: 300 }, share], [rate])
      .split('\n')
      .slice(1),
  ).toEqual([
    expect.stringMatching(/^lifecycles +300 orders\/s +150 +× 2\.00 +≥ 280 \[600\] ✓$/),
    expect.stringMatching(/^append 100 +700 events\/s +– +≥ 0\.7 ✓$/),
  ]);
});
