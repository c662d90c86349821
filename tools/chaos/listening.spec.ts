import { untilListening } from './listening';

const ready = { status: 'ready', checks: { 'order.messaging': { ok: true } } };
const degraded = { status: 'degraded', checks: { 'order.database': { ok: true }, 'order.messaging': { ok: false } } };
const replicas = [
  { name: 'order/1', url: 'http://one' },
  { name: 'order/2', url: 'http://two' },
];

describe('waiting until everybody listens', () => {
  it('goes on while a process does not answer, or has not joined its groups', async () => {
    const answers = [undefined, degraded, ready];
    const asked: string[] = [];
    const ask = async (url: string) => {
      asked.push(url);
      const answer = url === 'http://one' ? ready : answers.shift();
      if (!answer) throw new Error('ECONNREFUSED');
      return answer;
    };
    await untilListening(replicas, { ask, withinMs: 10_000, everyMs: 1 });
    // Who is ready is not asked again.
    expect(asked.filter((url) => url === 'http://one')).toHaveLength(1);
    expect(answers).toEqual([]);
  });

  it('names those who do not in time, and what of them', async () => {
    const ask = async (url: string) => (url === 'http://one' ? ready : degraded);
    await expect(untilListening(replicas, { ask, withinMs: 5, everyMs: 1 })).rejects.toThrow(
      'Not everybody listens after 0.005 s: order/2 (order.messaging).',
    );
  });
});
