import { deadlineFigures } from '@cartage/event-store';
import { messagingFigures } from '@cartage/messaging';
import type { OpenService } from '../start/open-service';
import { followersOf, headsOf } from './followers';
import type { Health, Readiness, ServiceHealth } from './health';

const ofParts = (service: string, { status, checks }: Readiness): Pick<ServiceHealth, 'status' | 'checks'> => ({
  status,
  checks: Object.fromEntries(Object.entries(checks).map(([name, finding]) => [name.slice(service.length + 1), finding])),
});

interface ServiceHealthNeeds {
  readonly health: Health;
  /** All services of this process: some follow the logs of others. */
  readonly inProcess: readonly OpenService[];
  readonly now: () => Date;
}

/** How one service of this process is, as this process knows it: others of its replicas may know of other parts. */
export const serviceHealthOf =
  (open: OpenService, { health, inProcess, now }: ServiceHealthNeeds) =>
  async (): Promise<ServiceHealth> => {
    const { name } = open.service;
    const [readiness, figures, overdue, heads] = await Promise.all([
      health.ready(name),
      messagingFigures(open.pool),
      deadlineFigures(open.pool, now()),
      headsOf(open, inProcess),
    ]);
    return {
      service: name,
      ...ofParts(name, readiness),
      ...{ deadLetters: figures.deadLetters, parked: figures.parked, overdueDeadlines: overdue.due },
      followers: followersOf(figures.checkpoints, heads),
    };
  };
