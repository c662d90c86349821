import type { TransitFact, TransitModel } from '../../domain/transit-learner';
import { transitShelf, type TransitLog } from './transit-shelf';

const factOf = (n: number): TransitFact => ({
  ...{ step: 'ended', position: String(n).padStart(16, '0'), location: 'LON-1', service: 'standard', destination: { country: 'GB' } },
  ...{ recordedAt: '2026-03-04T10:00:00.000Z', handedOverAt: '2026-03-02T10:00:00.000Z', deliveredAt: '2026-03-04T10:00:00.000Z' },
});
const way = { location: 'LON-1', service: 'standard', destination: { country: 'GB' }, leaves: '2026-03-02' };

const logOf = () => {
  const facts: TransitFact[] = [];
  let kept: TransitModel | undefined;
  const reads: number[] = [];
  const log: TransitLog = {
    after: (position, limit) => {
      const found = facts.filter((fact) => fact.position > position).slice(0, limit);
      reads.push(found.length);
      return Promise.resolve(found);
    },
    kept: () => Promise.resolve(kept),
    keep: (model) => Promise.resolve(void (kept = model)),
  };
  const happen = (count: number): void => {
    for (let n = 0; n < count; n += 1) facts.push(factOf(facts.length + 1));
  };
  return { log, reads, happen, kept: () => kept };
};

let time = 0;
const shelfOn = (log: TransitLog) => transitShelf({ log, now: () => new Date(time), forMs: 2_000 });

describe('what was learned, in memory', () => {
  it('is asked without waiting, and learns meanwhile what has happened since', async () => {
    const { log, happen } = logOf();
    const shelf = shelfOn(log);
    happen(30);
    await shelf.caughtUp();
    expect(shelf.quote(way, 90)).toMatchObject({ days: 2, deliveries: 30 });
    happen(10);
    time += 1_999;
    expect(shelf.quote(way, 90)).toMatchObject({ deliveries: 30 });
    time += 1;
    expect(shelf.quote(way, 90)).toMatchObject({ deliveries: 30 });
    await shelf.caughtUp();
    expect(shelf.quote(way, 90)).toMatchObject({ deliveries: 40, model: '0000000000000040' });
  });

  it('is the same in every process, whether it began at the beginning or where another one was', async () => {
    const { log, reads, happen, kept } = logOf();
    happen(4_500);
    const first = shelfOn(log);
    await first.caughtUp();
    expect(kept()?.position).toBe('0000000000004000');
    happen(7);
    await first.caughtUp();
    reads.length = 0;
    const second = shelfOn(log);
    await second.caughtUp();
    expect(reads).toEqual([507]);
    expect(second.model()).toEqual(first.model());
  });

  it('stays as it is while the log cannot be read, and is tried again', async () => {
    const { log, happen } = logOf();
    happen(30);
    let isAway = true;
    const shelf = shelfOn({ ...log, after: (...asked) => (isAway ? Promise.reject(new Error('away')) : log.after(...asked)) });
    expect(shelf.quote(way, 90)).toBeUndefined();
    await expect(shelf.caughtUp()).rejects.toThrow('away');
    isAway = false;
    await shelf.caughtUp();
    expect(shelf.quote(way, 90)).toMatchObject({ days: 2 });
  });
});
