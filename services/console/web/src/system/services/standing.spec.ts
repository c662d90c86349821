import { Refusal } from '../../api/client';
import { behindOf, standingOf, toneOfStanding, troublesOf, type ServiceHealth } from './standing';

const health = (more: Partial<ServiceHealth>): ServiceHealth => ({
  ...{ service: 'order', status: 'ready', checks: {}, deadLetters: 0, parked: 0, overdueDeadlines: 0, followers: [] },
  ...more,
});

describe('how a service stands', () => {
  it('is what it says of itself', () => {
    const standing = standingOf({ data: health({ status: 'degraded' }), error: null });
    expect([standing, toneOfStanding(standing)]).toEqual(['degraded', 'wary']);
    expect(standingOf({ data: undefined, error: null })).toBe('asking');
  });

  it('is no trouble where the service is not composed, and trouble where it does not answer', () => {
    expect(standingOf({ data: undefined, error: new Refusal(404, 'SERVICE_UNKNOWN', '') })).toBe('absent');
    expect(standingOf({ data: health({}), error: new Refusal(502, 'SERVICE_UNREACHABLE', '') })).toBe('unreachable');
  });

  it('is as far behind as the last of its listeners', () => {
    const followers = [
      { name: 'a', behind: 2 },
      { name: 'b', behind: 9 },
    ];
    expect(behindOf({ followers })).toBe(9);
    expect(behindOf({ followers: [] })).toBe(0);
  });

  it('names the parts that have trouble, and no others', () =>
    expect(
      troublesOf(health({ checks: { views: { ok: false, vital: false, error: 'stuck' }, events: { ok: true, vital: true } } })),
    ).toEqual(['views: stuck']));
});
