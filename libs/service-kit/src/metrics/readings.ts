import { deadlineFigures } from '@cartage/event-store';
import { messagingFigures, type GroupHealth } from '@cartage/messaging';
import type { ViewHealth } from '@cartage/views';
import { followersOf, headsOf } from '../health/followers';
import type { Health } from '../health/health';
import type { OpenService } from '../start/open-service';
import type { Connection } from '../start/wiring';
import type { Reading, Readings } from './gauges';

const secondsSince = (time: string | undefined, now: Date): number =>
  time === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(time)) / 1_000);

const ofGroups = (service: string, groups: readonly GroupHealth[], now: Date): Readings => {
  const each = (value: (group: GroupHealth) => number): readonly Reading[] =>
    groups.map((group) => ({ labels: { service, group: group.group }, value: value(group) }));
  return {
    groupWaiting: each(({ status, since }) => (status === 'listening' ? 0 : secondsSince(since, now))),
    groupBehind: groups.flatMap(({ group, behind }) => (behind === undefined ? [] : [{ labels: { service, group }, value: behind }])),
    groupDeadKeys: each(({ deadKeys }) => deadKeys),
    groupEarlyKeys: each(({ earlyKeys }) => earlyKeys),
  };
};

const ofViews = (service: string, views: readonly ViewHealth[], now: Date): Readings => ({
  viewLag: views.map(({ view, behind, shownUntil }) => ({ labels: { service, view }, value: behind ? secondsSince(shownUntil, now) : 0 })),
  viewFailing: views.map(({ view, error }) => ({ labels: { service, view }, value: error === undefined ? 0 : 1 })),
});

const ofPool = (service: string, { totalCount, idleCount, waitingCount }: OpenService['pool']): readonly Reading[] =>
  Object.entries({ open: totalCount, idle: idleCount, waiting: waitingCount }).map(([state, value]) => ({
    labels: { service, state },
    value,
  }));

interface ReadingsNeeds {
  /** All services of this process: some follow the logs of others. */
  readonly inProcess: readonly OpenService[];
  readonly now: () => Date;
}

/** What one service of this process tells at a scrape: what its tables and its parts say of themselves. */
export const readingsOf =
  (open: OpenService, { transport, publisher }: Connection, { inProcess, now }: ReadingsNeeds) =>
  async (): Promise<Readings> => {
    const { pool, views, service } = open;
    const labels = { service: service.name };
    const [figures, overdue, heads, shown] = await Promise.all([
      messagingFigures(pool),
      deadlineFigures(pool, now()),
      headsOf(open, inProcess),
      views.health(),
    ]);
    return {
      ...ofGroups(service.name, transport.health(), now()),
      ...ofViews(service.name, shown, now()),
      deadLetters: [{ labels, value: figures.deadLetters }],
      parked: [{ labels, value: figures.parked }],
      followerLag: followersOf(figures.checkpoints, heads).map(({ name, behind }) => ({
        labels: { ...labels, follower: name },
        value: behind,
      })),
      ...(publisher ? { publishes: [{ labels, value: publisher().publishesHere ? 1 : 0 }] } : {}),
      overdue: [{ labels, value: overdue.due }],
      overdueSeconds: [{ labels, value: overdue.seconds }],
      pool: ofPool(service.name, pool),
    };
  };

/** What readiness says of each part. */
export const readingsOfHealth = (health: Health) => async (): Promise<Readings> => {
  const { checks } = await health.ready();
  return { up: Object.entries(checks).map(([part, { ok }]) => ({ labels: { part }, value: ok ? 1 : 0 })) };
};
