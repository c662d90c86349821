import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Frame } from './frame/Frame';
import { NoSuchPage } from './frame/NoSuchPage';
import { readAddress } from './orders/address';
import { Loading } from './states/states';

const rootRoute = createRootRoute({ component: Frame, notFoundComponent: NoSuchPage });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./home/HomePage'), 'HomePage'),
});

const ordersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/orders',
  validateSearch: readAddress,
  component: lazyRouteComponent(() => import('./orders/OrdersPage'), 'OrdersPage'),
});

const orderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./order/OrderPage'), 'OrderPage'),
});

const routeTree = rootRoute.addChildren([homeRoute, ordersRoute, orderRoute]);

/** The pages, and their addresses. */
export const createConsoleRouter = () =>
  createRouter({ routeTree, basepath: '/console', defaultPreload: 'intent', defaultPendingComponent: Loading, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
