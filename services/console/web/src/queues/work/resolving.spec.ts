import type { Api } from '../../api/client';
import type { Deed } from '../queue';
import { reasonIn, resolving } from './resolving';

const item = { queue: 'void-failed', key: 'o-1', since: '2026-11-28T09:00:00Z' };

/** A deed that is done or fails, and what is written about it then. */
const setUp = (
  does: () => Promise<unknown> = () => Promise.resolve('done'),
  writes: () => Promise<unknown> = () => Promise.resolve({}),
) => {
  const written: unknown[] = [];
  const api = { POST: (path: string, asked: unknown) => (written.push([path, asked]), writes()) } as unknown as Api;
  const deed: Deed = { key: 'retry', name: 'queues.deed.retry', send: does };
  return { written, send: (preview: boolean, values = {}) => resolving(item, deed).send(api, values, { preview, key: 'key-1' }) };
};

describe('dealing with an item of a queue', () => {
  it('is written into its history: what was done, and why', async () => {
    const { send, written } = setUp();
    expect(await send(false, { note: ' It is genuine. ' })).toBe('done');
    expect(written).toEqual([
      [
        '/console/work/{queue}/{key}/resolutions',
        {
          params: { path: { queue: 'void-failed', key: 'o-1' }, header: { 'Idempotency-Key': 'key-1-resolved' } },
          body: { what: 'queues.deed.retry', reason: 'It is genuine.', since: item.since },
        },
      ],
    ]);
  });

  it('is not written where it was only looked at, or was refused', async () => {
    const { send, written } = setUp();
    await send(true);
    expect(written).toEqual([]);
    const refused = setUp(() => Promise.reject(new Error('refused')));
    await expect(refused.send(false)).rejects.toThrow('refused');
    expect(refused.written).toEqual([]);
  });

  it('is done also where that cannot be written', async () =>
    expect(await setUp(undefined, () => Promise.reject(new Error('away'))).send(false)).toBe('done'));

  it('has the reason that somebody gave, wherever its form asks for it', () => {
    expect([{ reason: 'other' }, { note: 'x' }, { reasonCode: 'bank-charges', detail: 'y' }, { note: ' ' }, {}].map(reasonIn)).toEqual([
      'other',
      'x',
      'bank-charges',
      undefined,
      undefined,
    ]);
  });
});
