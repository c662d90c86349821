import { settle } from './check';

describe('a check', () => {
  const patience = { withinMs: 10_000, everyMs: 1 };

  it('looks again until nothing is missing any more', async () => {
    const answers = [['a is missing', 'b is missing'], ['b is missing'], []];
    const checked = await settle({ name: 'orders', breaches: async () => answers.shift() ?? ['asked too often'] }, patience);
    expect(checked).toMatchObject({ name: 'orders', breaches: [] });
    expect(answers).toEqual([]);
  });

  it('says what was still missing when its time was over', async () => {
    const checked = await settle({ name: 'orders', breaches: async () => ['a is missing'] }, { withinMs: 0, everyMs: 1 });
    expect(checked.breaches).toEqual(['a is missing']);
  });

  it('is no success when nobody could look', async () => {
    const breaches = () => Promise.reject(new Error('Nobody answers.'));
    const checked = await settle({ name: 'stock', breaches }, { withinMs: 0, everyMs: 1 });
    expect(checked.breaches).toEqual(['could not be looked at: Nobody answers.']);
  });
});
