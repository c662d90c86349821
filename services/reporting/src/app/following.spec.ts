import { Topics, type Envelope } from '@cartage/contracts';
import { sampleOf } from '@cartage/testkit';
import { following } from './following';
import type { Extracted } from './star';

const placed = (orderId: string): Envelope => ({
  id: `event-${orderId}`,
  type: 'OrderPlaced',
  version: 1,
  topic: Topics.order,
  source: '/cartage/order',
  subject: orderId,
  key: orderId,
  time: '2026-11-28T09:00:00.000Z',
  sequence: 1,
  correlationId: 'c',
  replay: false,
  data: { ...sampleOf('OrderPlaced'), orderId, customerId: 'ada@example.com' },
});

const starOf = (refuses: (batch: readonly Extracted[]) => Error | undefined = () => undefined) => {
  const batches: (readonly string[])[] = [];
  const kept: Extracted[] = [];
  const keep = async (batch: readonly Extracted[]): Promise<void> => {
    batches.push(batch.map(({ envelope }) => envelope.subject));
    const error = refuses(batch);
    if (error) throw error;
    kept.push(...batch);
  };
  return { star: { keep }, batches, kept };
};

const pseudonymOf = async (): Promise<string> => 'pseudonym';

describe('events that come at the same time', () => {
  it('are kept together, and none of them names a customer', async () => {
    const { star, batches, kept } = starOf();
    const take = following({ star, pseudonymOf });
    await Promise.all(['a', 'b', 'c'].map((orderId) => take(placed(orderId))));
    expect(batches.flat().toSorted()).toEqual(['a', 'b', 'c']);
    expect(batches.length).toBeLessThan(3);
    const facts = JSON.stringify(kept.map((extracted) => extracted.facts));
    expect(facts).toContain('pseudonym');
    expect(facts).not.toContain('ada@example.com');
  });

  it('are tried one by one when they cannot be kept together, so that one of them fails alone', async () => {
    const broken = new Error('no such date');
    const { star, kept } = starOf((batch) => (batch.some(({ envelope }) => envelope.subject === 'b') ? broken : undefined));
    const take = following({ star, pseudonymOf });
    const results = await Promise.allSettled(['a', 'b', 'c'].map((orderId) => take(placed(orderId))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(kept.map(({ envelope }) => envelope.subject).toSorted()).toEqual(['a', 'c']);
  });
});
