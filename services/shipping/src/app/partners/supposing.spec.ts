import type { ShippingEvent } from '@cartage/contracts';
import { memoryDeadlines, type DataOf } from '@cartage/eventsourcing';
import { facts } from '../../domain/shipment.fixture';
import { supposingDelivered } from './supposing';

const { data: dispatched } = facts.dispatched;
const terms: ReadonlyMap<string, number | undefined> = new Map([
  ['north-3pl', 10],
  ['own-scans', undefined],
]);
/** When the delivery is taken to be there, after this was told as often. */
const dueAfter = async (...told: readonly DataOf<ShippingEvent, 'ShipmentDispatched'>[]): Promise<Date | undefined> => {
  const deadlines = memoryDeadlines();
  const partners = { find: async (partner: string) => ({ deliveredAfterDays: terms.get(partner) }) as never };
  const suppose = supposingDelivered({ partners, deadlines });
  for (const fact of told) await suppose(fact);
  return deadlines.nextAt();
};

describe('a delivery that nobody will tell of', () => {
  it('is waited for as long as was agreed with whoever handed it over, counted from then, however often that is heard', async () => {
    const theirs = { ...dispatched, partner: 'north-3pl', dispatchedAt: '2026-11-23T15:00:00.000Z' };
    expect(await dueAfter(theirs, theirs)).toEqual(new Date('2026-12-03T15:00:00.000Z'));
  });

  it('is waited for without end where nothing was agreed, and where we fulfil it ourselves', async () => {
    expect(await dueAfter({ ...dispatched, partner: 'own-scans' })).toBeUndefined();
    expect(await dueAfter(dispatched)).toBeUndefined();
  });
});
