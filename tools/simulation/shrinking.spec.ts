import { usualFaults } from './faults';
import { kindOf, shrunk } from './shrinking';
import { nothingLeftOut } from './world';

const plot = { seed: 1, lives: 16, faults: usualFaults, without: nothingLeftOut };

describe('a failing run', () => {
  it('is made as small as what it fails by', async () => {
    const { lives, faults } = await shrunk(plot, async ({ without, faults: injected }) =>
      !without.lives.has(5) && !without.lives.has(12) && injected.crashes > 0 ? ['Lives 5 and 12 clash.'] : [],
    );
    expect(lives).toEqual([5, 12]);
    expect(faults).toBe('with crashes');
  });

  it('is not taken for another one that fails in another way', async () => {
    const { lives } = await shrunk(plot, async ({ without }) => (without.lives.size > 0 ? ['Something else.'] : ['This.']));
    expect(lives).toHaveLength(16);
  });

  it('is the same one whatever names and numbers it tells of', () => {
    expect(kindOf('Life 3 has come to rest as placed.')).toBe(kindOf('Life 14 has come to rest as placed.'));
  });
});
