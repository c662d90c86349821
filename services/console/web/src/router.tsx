import { createRouter } from '@tanstack/react-router';
import { analyticsRoutes } from './analytics/routes';
import { homeRoute } from './home/routes';
import { moneyRoutes } from './money/routes';
import { orderRoute } from './order/routes';
import { ordersRoute } from './orders/routes';
import { queueRoute, queuesRoute } from './queues/routes';
import { rootRoute } from './root-route';
import { rulesRoutes } from './rules/routes';
import { Loading } from './states/states';
import { skuRoute, stockRoute } from './stock/routes';
import { systemRoutes } from './system/routes';
import { packRoute, warehouseRoute, waveRoute } from './warehouse/routes';

/** A room of the console has its routes in its `routes.ts`, and its line here. */
const routeTree = rootRoute.addChildren([
  homeRoute,
  ordersRoute,
  orderRoute,
  ...moneyRoutes,
  ...rulesRoutes,
  queuesRoute,
  queueRoute,
  stockRoute,
  skuRoute,
  ...systemRoutes,
  ...analyticsRoutes,
  warehouseRoute,
  waveRoute,
  packRoute,
]);

/** The pages, and their addresses. */
export const createConsoleRouter = () =>
  createRouter({ routeTree, basepath: '/console', defaultPreload: 'intent', defaultPendingComponent: Loading, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
