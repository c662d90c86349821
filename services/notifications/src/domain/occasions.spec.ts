import { sampleOf } from '@cartage/testkit';
import { orderOccasions } from './occasions';

describe('a promise that moves', () => {
  const moved = sampleOf('PromiseMoved');
  const told = (deliverBy: string) =>
    orderOccasions.PromiseMoved?.({
      ...moved,
      shipBy: '2026-11-25T17:00:00.000Z',
      deliverBy,
      before: { deliverBy: '2026-11-26T22:00:00.000Z' },
    });

  it('is told to the customer with its new day', () =>
    expect(told('2026-11-28T22:00:00.000Z')).toMatchObject({
      kind: 'promise-moved',
      content: { date: '2026-11-28T22:00:00.000Z', reason: moved.reason.code },
    }));

  it('is not told where the goods leave on another day and come on the same', () =>
    expect(told('2026-11-26T22:00:00.000Z')).toBeUndefined());
});
