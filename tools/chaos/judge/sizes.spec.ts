import type { Admin } from 'kafkajs';
import { messagesThere } from './sizes';

type Answer = readonly (readonly [leader: number, high: string, low: string])[];

/** Brokers that answer so of every topic. */
const brokers = (answer: Answer): Admin =>
  ({
    fetchTopicMetadata: async () => ({
      topics: [{ name: 'orders', partitions: answer.map(([leader], partitionId) => ({ partitionId, leader })) }],
    }),
    fetchTopicOffsets: async () => answer.map(([, high, low], partition) => ({ partition, high, low, offset: high })),
  }) as unknown as Admin;

const within = { ms: 60_000, everyMs: 1 };

describe('how many messages there are', () => {
  it('is the sum over all partitions of all topics, without what was deleted', async () => {
    const two = brokers([
      [1, '10', '4'],
      [2, '7', '0'],
    ]);
    expect(await messagesThere(two, ['orders', 'inventory'], within)).toBe(26);
  });

  it('is asked for again while a partition has no leader, or brokers know of none', async () => {
    const admin = brokers([[1, '10', '0']]);
    const metadata = admin.fetchTopicMetadata;
    let asked = 0;
    admin.fetchTopicMetadata = async (options) => {
      asked += 1;
      if (asked === 1) return { topics: [{ name: 'orders', partitions: [] }] };
      if (asked === 2) return { topics: [{ name: 'orders', partitions: [{ leader: -1 }] }] } as never;
      // As the client breaks where nobody leads any more.
      if (asked === 3) throw new TypeError("Cannot destructure property 'partitions' of 'high.pop(...)' as it is undefined.");
      return metadata(options);
    };
    expect(await messagesThere(admin, ['orders'], within)).toBe(10);
    expect(asked).toBe(4);
  });

  it('is not what the client says of some of the partitions alone', async () => {
    const admin = brokers([
      [1, '10', '0'],
      [2, '5', '0'],
    ]);
    const offsets = admin.fetchTopicOffsets;
    let asked = 0;
    admin.fetchTopicOffsets = async (topic) => (await offsets(topic)).slice(0, (asked += 1) === 1 ? 1 : 2);
    expect(await messagesThere(admin, ['orders'], within)).toBe(15);
  });

  it('is no number when a partition never gets a leader', async () => {
    await expect(messagesThere(brokers([[-1, '0', '0']]), ['orders'], { ms: 20, everyMs: 1 })).rejects.toThrow(
      'Not every partition of orders had a leader within 0.02 s.',
    );
  });
});
