import { remembered } from './remembered';

describe('what is remembered for a while', () => {
  let at = 0;
  let reads = 0;
  const load = async (): Promise<number> => (reads += 1);
  const read = () => remembered(load, { forMs: 2_000, now: () => new Date(at) });
  beforeEach(() => ([at, reads] = [3_600_000, 0]));

  it('is read once in that while, and then again', async () => {
    const value = read();
    expect([await value(), ((at += 1_999), await value()), ((at += 1), await value())]).toEqual([1, 1, 2]);
  });

  it('is read again where the clock was put back: nobody knows how old it is', async () => {
    const value = read();
    expect([await value(), ((at -= 600_000), await value()), await value()]).toEqual([1, 2, 2]);
  });

  it('is not the failure of somebody else', async () => {
    let fails = true;
    const value = remembered(async () => (fails ? Promise.reject(new Error('away')) : load()), { forMs: 2_000, now: () => new Date(at) });
    await expect(value()).rejects.toThrow('away');
    fails = false;
    expect(await value()).toBe(1);
  });
});
