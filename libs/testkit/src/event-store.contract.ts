import { appendingContract } from './event-store/appending.contract';
import { TIME_LIMIT_MS, type StoreUnderTest } from './event-store/fixture';
import { followingContract } from './event-store/following.contract';
import { readingContract } from './event-store/reading.contract';
import { tracingContract } from './event-store/tracing.contract';

export type { StoreUnderTest } from './event-store/fixture';

/** What every adapter of the event-store port promises. Run it against a store that may hold other events. */
export const eventStoreContract = (name: string, make: () => Promise<StoreUnderTest>): void => {
  describe(`the event store on ${name}`, () => {
    let tested: StoreUnderTest;

    beforeAll(async () => {
      tested = await make();
    }, TIME_LIMIT_MS);

    afterAll(() => tested.stop());

    const its = {
      get store() {
        return tested.store;
      },
      get gapless() {
        return tested.gapless;
      },
      through: (n: number) => {
        const all = [tested.store, ...(tested.elsewhere ?? [])];
        return all[n % all.length] ?? tested.store;
      },
    };
    appendingContract(its);
    readingContract(its);
    followingContract(its);
    tracingContract(its);
  });
};
