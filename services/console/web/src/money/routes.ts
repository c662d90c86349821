import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../root-route';
import { readChargebacks, readInvoices, readJournal, readLines, readOutstanding } from './address';

const settlements = createRoute({
  getParentRoute: () => rootRoute,
  path: '/money',
  component: lazyRouteComponent(() => import('./SettlementsPage'), 'SettlementsPage'),
});

const settlement = createRoute({
  getParentRoute: () => rootRoute,
  path: '/money/settlements/$settlementId',
  component: lazyRouteComponent(() => import('./SettlementPage'), 'SettlementPage'),
});

const lines = createRoute({
  getParentRoute: () => rootRoute,
  path: '/money/lines',
  validateSearch: readLines,
  component: lazyRouteComponent(() => import('./LinesPage'), 'LinesPage'),
});

const outstanding = createRoute({
  getParentRoute: () => rootRoute,
  path: '/money/outstanding',
  validateSearch: readOutstanding,
  component: lazyRouteComponent(() => import('./OutstandingPage'), 'OutstandingPage'),
});

const invoices = createRoute({
  getParentRoute: () => rootRoute,
  path: '/money/invoices',
  validateSearch: readInvoices,
  component: lazyRouteComponent(() => import('./InvoicesPage'), 'InvoicesPage'),
});

const journal = createRoute({
  getParentRoute: () => rootRoute,
  path: '/money/journal',
  validateSearch: readJournal,
  component: lazyRouteComponent(() => import('./JournalPage'), 'JournalPage'),
});

const chargebacks = createRoute({
  getParentRoute: () => rootRoute,
  path: '/money/chargebacks',
  validateSearch: readChargebacks,
  component: lazyRouteComponent(() => import('./ChargebacksPage'), 'ChargebacksPage'),
});

export const moneyRoutes = [settlements, settlement, lines, outstanding, invoices, journal, chargebacks] as const;
