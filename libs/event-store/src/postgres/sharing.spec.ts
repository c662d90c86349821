import type { StoredEvent } from '@cartage/eventsourcing';
import { readingTogether } from './sharing';

const event = (position: string): StoredEvent => ({
  type: 'Counted',
  data: {},
  id: position,
  meta: { commandId: position, correlationId: 'c', actor: 'spec' },
  stream: 's',
  version: 1,
  position,
  recordedAt: '2026-01-01T00:00:00.000Z',
});

const counted = (batches: readonly (readonly StoredEvent[])[], news: () => number = () => 0) => {
  const asked: string[] = [];
  const read = readingTogether(async (position, limit) => {
    asked.push(position);
    return (batches[asked.length - 1] ?? []).slice(0, limit);
  }, news);
  return { asked, read };
};

describe('reading a log together', () => {
  it('reads once for followers that are at the same place at the same time', async () => {
    const { asked, read } = counted([[event('1')]]);
    const all = await Promise.all([read('', 10), read('', 10), read('', 10)]);
    expect(asked).toEqual(['']);
    expect(all.map(([first]) => first?.position)).toEqual(['1', '1', '1']);
  });

  it('gives who comes a little later what was read before', async () => {
    const { asked, read } = counted([[event('1')]]);
    await read('', 10);
    expect(await read('', 10)).toHaveLength(1);
    expect(asked).toEqual(['']);
  });

  it('never gives more than was asked for', async () => {
    const { read } = counted([
      [event('1'), event('2')],
      [event('1'), event('2')],
    ]);
    await read('', 10);
    expect(await read('', 1)).toHaveLength(1);
  });

  it('asks again where there was nothing', async () => {
    const { asked, read } = counted([[], [event('1')]]);
    expect(await read('', 10)).toHaveLength(0);
    expect(await read('', 10)).toHaveLength(1);
    expect(asked).toEqual(['', '']);
  });

  it('does not content who heard news with a read that began before', async () => {
    let news = 0;
    const { read } = counted([[], [event('1')]], () => news);
    const before = read('', 10);
    news += 1;
    const after = read('', 10);
    expect(await before).toHaveLength(0);
    expect(await after).toHaveLength(1);
  });

  it('forgets a read that failed', async () => {
    let tries = 0;
    const read = readingTogether(
      async () => {
        tries += 1;
        if (tries === 1) throw new Error('away');
        return [event('1')];
      },
      () => 0,
    );
    await expect(read('', 10)).rejects.toThrow('away');
    expect(await read('', 10)).toHaveLength(1);
  });

  it('keeps only the last few batches', async () => {
    const { asked, read } = counted(['1', '2', '3', '4', '5', '1'].map((position) => [event(position)]));
    for (const position of ['', '1', '2', '3', '4', '']) await read(position, 10);
    expect(asked).toEqual(['', '1', '2', '3', '4', '']);
  });
});
