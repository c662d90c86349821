import { contracts, Topics } from '@cartage/contracts';
import { listenersOf } from './listeners';

describe('what the audit hears', () => {
  const listeners = listenersOf(async () => undefined);

  it('is every topic, each in a group of its own, replays too', () => {
    expect(listeners.map(({ topic }) => topic).toSorted()).toEqual(Object.values(Topics).toSorted());
    expect(new Set(listeners.map(({ group }) => group)).size).toBe(listeners.length);
    expect(listeners.every(({ replays }) => replays)).toBe(true);
  });

  it('is every event that there is a contract of, in each of its versions', () => {
    const heard = listeners.flatMap(({ topic, on }) =>
      Object.entries(on as Record<string, object>).flatMap(([type, versions]) =>
        Object.keys(versions).map((version) => `${topic} ${type} ${version}`),
      ),
    );
    expect(heard.toSorted()).toEqual(contracts.map(({ topic, type, version }) => `${topic} ${type} ${version}`).toSorted());
  });
});
