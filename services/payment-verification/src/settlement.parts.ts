import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import { cashLocked, cashSteps } from './app/settlements/cash-cycle';
import { settlementLookups } from './app/settlements/lookups';
import { outstandingMoney } from './app/settlements/outstanding';
import { overdueMoney } from './app/settlements/overdue-money';
import { Reconciliation } from './app/settlements/reconciliation';
import { groupsOf } from './app/settlements/report';
import { SettlementFiles } from './app/settlements/settlement-files';
import { findSettlementLine, listSettlementLines } from './app/settlements/settlement-lines';
import { Sources } from './app/settlements/sources';
import type { Interventions } from './app/interventions';
import { settlementLine } from './app/views/settlement-line';
import { settlementPosting } from './app/views/settlement-posting';
import { remittedBy } from './domain/cash';
import { sweeping } from './edge/recovery-timer';
import { CASH, CashController, type Cash } from './edge/settlements/cash.controller';
import { rememberingCodParcels } from './edge/settlements/cod-parcels';
import { rememberingDeliveries } from './edge/settlements/deliveries';
import { fileTable, sourcesInUse } from './edge/settlements/file-table';
import type { Remembering } from './edge/shipping.listener';
import { SETTLEMENTS, SettlementsController, type Settlements } from './edge/settlements/settlements.controller';

type SettlementKit = Kit<{ readonly SETTLEMENT_SECONDS: number }>;

const reconciliationOf = (kit: SettlementKit, sources: Sources, interventions: Pick<Interventions, 'remit'>): Reconciliation =>
  new Reconciliation({
    ...kit,
    idFor,
    lookups: settlementLookups(kit.pool),
    channelsOf: async (source) => (await sources.all()).get(source)?.channels ?? [],
    remit: async (remittance, meta) => {
      const { current } = await interventions.remit(remittance, meta);
      return remittedBy(current, remittance.shipmentId, remittance.reference);
    },
  });

const settlementsOf = (kit: SettlementKit, sources: Sources, reconciliation: Reconciliation): Settlements => {
  const { pool, store, now, viewReached } = kit;
  const table = fileTable(pool, now);
  const reached = async (position: string | undefined): Promise<void> => {
    if (position !== undefined) await viewReached(settlementLine, position);
  };
  return {
    ...{ table, sources, reconciliation },
    files: new SettlementFiles({
      ...{ table, idFor, lookups: settlementLookups(pool) },
      take: (lines, meta) => reconciliation.take(lines, meta),
      caughtUp: async () => reached(await store.head()),
    }),
    lines: async (filter, slice, minPosition) => {
      await reached(minPosition);
      return listSettlementLines(pool, filter, slice);
    },
    line: async (lineId, minPosition) => {
      await reached(minPosition);
      return findSettlementLine(pool, lineId);
    },
    groups: (settlementId) => groupsOf(pool, settlementId),
  };
};

const cashOf = ({ pool, now }: SettlementKit, sources: Sources): Cash => ({
  sources,
  outstanding: outstandingMoney({ sql: pool, now, sources: async () => [...(await sources.all()).values()] }),
  locked: () => cashLocked(pool, now()),
  steps: (orderId) => cashSteps(pool, orderId),
});

export interface SettlementParts extends Required<Pick<Parts, 'controllers' | 'providers' | 'start' | 'stop'>> {
  readonly readings: NonNullable<Parts['readings']>;
  /** Keeps what settlements will need of shipments. */
  readonly remember: Remembering;
}

const readingsOf = (kit: SettlementKit, cash: Cash): SettlementParts['readings'] => {
  const overdue = overdueMoney({ ...kit, ageing: cash.outstanding.ageing, inUse: () => sourcesInUse(kit.pool) });
  return async () => ({
    moneyOverdue: (await overdue()).map(({ amount, ...labels }) => ({
      labels: { service: 'payment-verification', ...labels },
      value: amount,
    })),
  });
};

/** What providers, marketplaces and couriers hand over, compared with what moved. */
export const settlementParts = (kit: SettlementKit, interventions: Pick<Interventions, 'remit'>): SettlementParts => {
  const sources = new Sources(kit);
  const reconciliation = reconciliationOf(kit, sources, interventions);
  const cash = cashOf(kit, sources);
  return {
    readings: readingsOf(kit, cash),
    remember: { codParcels: rememberingCodParcels(kit.pool), delivery: rememberingDeliveries(kit.pool) },
    controllers: [SettlementsController, CashController],
    providers: [
      { provide: SETTLEMENTS, useValue: settlementsOf(kit, sources, reconciliation) },
      { provide: CASH, useValue: cash },
    ],
    ...sweeping(() => reconciliation.sweep(), {
      everyMs: kit.settings.SETTLEMENT_SECONDS * 1_000,
      onFault: (err) => kit.log.error({ err }, 'lines of settlements could not be compared again; it will be tried again'),
    }),
  };
};

export const settlementViews = [settlementLine, settlementPosting] as const;
