import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route';
import { readRules } from './address';

const shared = { getParentRoute: () => rootRoute, validateSearch: readRules } as const;

const routing = createRoute({
  ...shared,
  path: '/rules',
  component: lazyRouteComponent(() => import('./KindPages'), 'RoutingPage'),
});

const verification = createRoute({
  ...shared,
  path: '/rules/verification',
  component: lazyRouteComponent(() => import('./KindPages'), 'VerificationPage'),
});

const returns = createRoute({
  ...shared,
  path: '/rules/returns',
  component: lazyRouteComponent(() => import('./KindPages'), 'ReturnsPage'),
});

const promises = createRoute({
  ...shared,
  path: '/rules/promises',
  component: lazyRouteComponent(() => import('./KindPages'), 'PromisesPage'),
});

const carriers = createRoute({
  ...shared,
  path: '/rules/carriers',
  component: lazyRouteComponent(() => import('./KindPages'), 'CarriersPage'),
});

const prices = createRoute({
  ...shared,
  path: '/rules/prices',
  component: lazyRouteComponent(() => import('./KindPages'), 'PricesPage'),
});

const priceList = createRoute({
  ...shared,
  path: '/rules/prices/$set',
  component: lazyRouteComponent(() => import('./KindPages'), 'PriceListPage'),
});

const templates = createRoute({
  ...shared,
  path: '/rules/templates',
  component: lazyRouteComponent(() => import('./KindPages'), 'TemplatesPage'),
});

const promise = createRoute({
  ...shared,
  path: '/rules/promises/$set',
  component: lazyRouteComponent(() => import('./KindPages'), 'PromisePage'),
});

const template = createRoute({
  ...shared,
  path: '/rules/templates/$set',
  component: lazyRouteComponent(() => import('./KindPages'), 'TemplatePage'),
});

export const rulesRoutes = [routing, verification, returns, promises, promise, carriers, prices, priceList, templates, template] as const;
