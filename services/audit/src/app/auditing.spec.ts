import { sampleOf } from '@cartage/testkit';
import { minute, Telling } from '../domain/life.fixture';
import { Auditing } from './auditing';
import type { Shelf } from './shelf';

const nobody = (): Promise<never> => Promise.reject(new Error('Nobody asks that here.'));

const auditing = (refuses: (key: string) => boolean = () => false) => {
  const kept = new Set<string>();
  const shelf: Shelf = {
    change: async (keys, work) => {
      if (keys.some(refuses)) throw new Error('This book cannot be written.');
      for (const { book } of work(new Map())) kept.add(book.key);
    },
    look: nobody,
    oldestHeardSince: nobody,
    find: nobody,
    forget: nobody,
  };
  return { auditing: new Auditing({ shelf, now: () => new Date(minute(0)) }), kept };
};

const placed = (count: number) => {
  const telling = new Telling(sampleOf);
  return Array.from({ length: count }, (_, n) => telling.tell({ at: n, of: `order-${n}` }, 'OrderPlaced', {}));
};

describe('what the audit hears at the same time', () => {
  it('is all taken, however many groups bring their windows full of it after an outage', async () => {
    const { auditing: audit } = auditing();
    const results = await Promise.allSettled(placed(12_000).map((event) => audit.hear(event)));
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  it('is written together, but for what cannot be written: that fails alone', async () => {
    const events = placed(5);
    const bad = events[3]?.key;
    const { auditing: audit, kept } = auditing((key) => key === bad);
    const results = await Promise.allSettled(events.map((event) => audit.hear(event)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect([...kept].toSorted()).toEqual(events.flatMap(({ key }) => (key === bad ? [] : [key])).toSorted());
  });
});
