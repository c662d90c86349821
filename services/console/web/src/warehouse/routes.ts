import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route';
import { readWarehouseAddress } from './address';

export const warehouseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/warehouse',
  validateSearch: readWarehouseAddress,
  component: lazyRouteComponent(() => import('./WarehousePage'), 'WarehousePage'),
});

export const waveRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/warehouse/waves/$waveId',
  component: lazyRouteComponent(() => import('./wave/WavePage'), 'WavePage'),
});

export const packRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/warehouse/pack/$shipmentId',
  component: lazyRouteComponent(() => import('./pack/PackPage'), 'PackPage'),
});
