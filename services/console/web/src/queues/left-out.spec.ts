import { Refusal } from '../api/client';
import { orNothing } from './left-out';

describe('a list of several services', () => {
  it('is without what is not switched on, or not for whoever asks', async () => {
    for (const status of [403, 404])
      expect(await orNothing(Promise.reject(new Refusal(status, 'NOT_HERE', 'Not here.')))).toEqual({ items: [], next: null });
    expect(await orNothing(Promise.resolve({ items: [1], next: 'more' }))).toEqual({ items: [1], next: 'more' });
  });

  it('is none where a service is in trouble', async () =>
    expect(orNothing(Promise.reject(new Refusal(500, 'FAULT', 'Broken.')))).rejects.toMatchObject({ status: 500 }));
});
