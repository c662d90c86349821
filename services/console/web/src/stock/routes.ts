import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route';
import { readSkuAddress, readStockAddress } from './address';

export const stockRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/stock',
  validateSearch: readStockAddress,
  component: lazyRouteComponent(() => import('./StockPage'), 'StockPage'),
});

export const skuRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/stock/$sku',
  validateSearch: readSkuAddress,
  component: lazyRouteComponent(() => import('./sku/SkuPage'), 'SkuPage'),
});
