import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route';
import { readQueueAddress } from './address';

export const queuesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues',
  component: lazyRouteComponent(() => import('./QueuesPage'), 'QueuesPage'),
});

export const queueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues/$queue',
  validateSearch: readQueueAddress,
  component: lazyRouteComponent(() => import('./QueuePage'), 'QueuePage'),
});
