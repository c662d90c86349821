import { manualClock } from './manual-clock';
import { Pauses } from './pauses';

describe('pauses between tries', () => {
  it('grow up to the longest, and are short again after a success', async () => {
    const clock = manualClock();
    const pauses = new Pauses({ firstMs: 10, longestMs: 35, clock });
    const lengths: number[] = [];
    const rest = async (): Promise<void> => {
      lengths.push(pauses.nextMs);
      const resting = pauses.rest();
      await clock.advance(pauses.nextMs);
      await resting;
    };
    for (let n = 0; n < 4; n += 1) await rest();
    pauses.reset();
    await rest();
    expect(lengths).toEqual([10, 20, 35, 35, 10]);
  });
});
