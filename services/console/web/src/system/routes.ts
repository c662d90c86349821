import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route';
import { readDeadlineAddress, readDeliveryAddress } from './address';

const below = <Path extends string>(path: Path) => ({ getParentRoute: () => rootRoute, path }) as const;

const servicesRoute = createRoute({
  ...below('/system'),
  component: lazyRouteComponent(() => import('./services/ServicesPage'), 'ServicesPage'),
});

const serviceRoute = createRoute({
  ...below('/system/services/$service'),
  validateSearch: readDeadlineAddress,
  component: lazyRouteComponent(() => import('./services/ServicePage'), 'ServicePage'),
});

const webhooksRoute = createRoute({
  ...below('/system/webhooks'),
  component: lazyRouteComponent(() => import('./webhooks/WebhooksPage'), 'WebhooksPage'),
});

const webhookRoute = createRoute({
  ...below('/system/webhooks/$endpointId'),
  validateSearch: readDeliveryAddress,
  component: lazyRouteComponent(() => import('./webhooks/WebhookPage'), 'WebhookPage'),
});

const replaysRoute = createRoute({
  ...below('/system/replays'),
  component: lazyRouteComponent(() => import('./replays/ReplaysPage'), 'ReplaysPage'),
});

const reportsRoute = createRoute({
  ...below('/system/reports'),
  component: lazyRouteComponent(() => import('./reports/ReportsPage'), 'ReportsPage'),
});

const peopleRoute = createRoute({
  ...below('/system/people'),
  component: lazyRouteComponent(() => import('./people/PeoplePage'), 'PeoplePage'),
});

const certificateRoute = createRoute({
  ...below('/system/people/$erasureId'),
  component: lazyRouteComponent(() => import('./people/CertificatePage'), 'CertificatePage'),
});

export const systemRoutes = [
  servicesRoute,
  serviceRoute,
  webhooksRoute,
  webhookRoute,
  replaysRoute,
  reportsRoute,
  peopleRoute,
  certificateRoute,
] as const;
