import type { StoredEvent } from '@cartage/eventsourcing';
import { RecentStreams } from './recent-streams';

const event = (stream: string, version: number): StoredEvent => ({
  type: 'Happened',
  data: {},
  id: `${stream}.${version}`,
  stream,
  version,
  position: `p${version}`,
  recordedAt: '2026-11-23T10:00:00.000Z',
  meta: { commandId: 'c', correlationId: 'c', actor: 'spec' },
});
const versionsOf = (recent: RecentStreams, stream: string): readonly number[] => recent.eventsOf(stream).map(({ version }) => version);

describe('the recent streams', () => {
  it('know of a stream what was read of it, and what followed in the log', () => {
    const recent = new RecentStreams();
    recent.keep('a-1', [event('a-1', 1), event('a-1', 2)], 20);
    recent.learn(event('a-1', 3), 10);
    expect(versionsOf(recent, 'a-1')).toEqual([1, 2, 3]);
  });

  it('learn nothing that would leave a gap or tell a thing twice', () => {
    const recent = new RecentStreams();
    recent.learn(event('a-1', 1), 10);
    recent.learn(event('a-1', 3), 10);
    recent.learn(event('a-1', 1), 10);
    expect(versionsOf(recent, 'a-1')).toEqual([1]);
  });

  it('do not forget events for a shorter reading that ended later', () => {
    const recent = new RecentStreams();
    recent.keep('a-1', [event('a-1', 1), event('a-1', 2)], 20);
    recent.keep('a-1', [event('a-1', 1)], 10);
    expect(versionsOf(recent, 'a-1')).toEqual([1, 2]);
  });

  it('hold no more than they may, and let the one go that nobody asked for the longest', () => {
    const recent = new RecentStreams(25);
    recent.learn(event('a-1', 1), 10);
    recent.learn(event('b-1', 1), 10);
    recent.eventsOf('a-1');
    recent.learn(event('c-1', 1), 10);
    expect(['a-1', 'b-1', 'c-1'].map((stream) => versionsOf(recent, stream).length)).toEqual([1, 0, 1]);
  });

  it('give each reader a list of its own time', () => {
    const recent = new RecentStreams();
    recent.learn(event('a-1', 1), 10);
    const before = recent.eventsOf('a-1');
    recent.learn(event('a-1', 2), 10);
    expect(before).toHaveLength(1);
  });
});
