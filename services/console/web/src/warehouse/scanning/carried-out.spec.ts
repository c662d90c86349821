import { Refusal } from '../../api/client';
import { carriedOut } from './carried-out';

const failing = (times: number, fault: Error) => {
  let left = times;
  return jest.fn(() => (left-- > 0 ? Promise.reject(fault) : Promise.resolve('counted')));
};

describe('a scan', () => {
  it('is sent again while its answer is lost', async () => {
    const send = failing(2, new Refusal(0, 'UNREACHABLE', ''));
    expect(await carriedOut(send)).toBe('counted');
    expect(send).toHaveBeenCalledTimes(3);
  });

  it('is given up after three tries, and at once where it is refused', async () => {
    const [away, refused] = [failing(9, new Refusal(503, 'BUSY', '')), failing(9, new Refusal(409, 'WAVE_CLOSED', ''))];
    await expect(carriedOut(away)).rejects.toMatchObject({ code: 'BUSY' });
    await expect(carriedOut(refused)).rejects.toMatchObject({ code: 'WAVE_CLOSED' });
    expect([away, refused].map(({ mock }) => mock.calls.length)).toEqual([3, 1]);
  });
});
