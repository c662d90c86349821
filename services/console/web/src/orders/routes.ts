import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route';
import { readAddress } from './address';

export const ordersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/orders',
  validateSearch: readAddress,
  component: lazyRouteComponent(() => import('./OrdersPage'), 'OrdersPage'),
});
