import { idFor, sweeping, type Kit, type Parts } from '@cartage/service-kit';
import { CarrierClaims } from './app/carrier-claims';
import { cashLocked, cashSteps } from './app/settlements/cash-cycle';
import { settlementLookups } from './app/settlements/lookups';
import { outstandingMoney } from './app/settlements/outstanding';
import { overdueMoney } from './app/settlements/overdue-money';
import { PayoutImports, type PayoutReader } from './app/settlements/payout-imports';
import { Payouts } from './app/settlements/payouts';
import { Reconciliation } from './app/settlements/reconciliation';
import { groupsOf } from './app/settlements/report';
import { SettlementFiles } from './app/settlements/settlement-files';
import { findSettlementLine, listSettlementLines } from './app/settlements/settlement-lines';
import { Sources } from './app/settlements/sources';
import type { Interventions } from './app/interventions';
import { carrierClaimList, carrierClaimMovement, findCarrierClaim, listCarrierClaims } from './app/views/carrier-claim-list';
import { failedPayouts, listPayouts, payoutList, payoutMovement, unreconciledPayouts } from './app/views/payout-list';
import { settlementLine } from './app/views/settlement-line';
import { settlementPosting } from './app/views/settlement-posting';
import { remittedBy } from './domain/cash';
import { recordedIn } from './domain/ledger';
import { isKnown, type Payment } from './domain/payment';
import { CASH, CashController, type Cash } from './edge/settlements/cash.controller';
import { OWED_CLAIMS, OwedClaimsController, type OwedClaims } from './edge/settlements/owed-claims.controller';
import { rememberingCodParcels } from './edge/settlements/cod-parcels';
import { rememberingDeliveries } from './edge/settlements/deliveries';
import { fileTable, sourcesInUse } from './edge/settlements/file-table';
import { PAYOUTS, PayoutsController, type PayoutList } from './edge/settlements/payouts.controller';
import type { Remembering } from './edge/shipping.listener';
import { SETTLEMENTS, SettlementsController, type Settlements } from './edge/settlements/settlements.controller';

type SettlementKit = Kit<{ readonly SETTLEMENT_SECONDS: number }>;

interface SettlementNeeds {
  readonly interventions: Pick<Interventions, 'remit'>;
  readonly paymentOf: (orderId: string) => Promise<Payment>;
  /** By account. */
  readonly payoutReaders: ReadonlyMap<string, PayoutReader>;
}

interface SettlementRooms {
  readonly sources: Sources;
  readonly claims: CarrierClaims;
  readonly payouts: Payouts;
}

const reconciliationOf = (
  kit: SettlementKit,
  { sources, payouts, claims }: SettlementRooms,
  { interventions, paymentOf }: Pick<SettlementNeeds, 'interventions' | 'paymentOf'>,
): Reconciliation =>
  new Reconciliation({
    ...kit,
    ...{ idFor, lookups: settlementLookups(kit.pool) },
    hearReturn: (line, meta) => payouts.hearReturn(line, meta),
    channelsOf: async (source) => (await sources.all()).get(source)?.channels ?? [],
    recorded: async ({ kind, orderId, claimIds }) => {
      if (kind === 'carrier-claim') return claims.recorded(claimIds);
      const payment = await paymentOf(orderId);
      return isKnown(payment) ? recordedIn(payment.ledger) : 0;
    },
    settleClaim: (claimId, paid, meta) => claims.settle(claimId, paid, meta),
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
    payouts: (settlementId) => listPayouts(pool, { settlementId }, { limit: 100 }),
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
  /** A provider’s webhook tells it of payouts. */
  readonly payouts: Payouts;
  /** What carriers owe. */
  readonly claims: CarrierClaims;
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
    payoutsFailed: (await failedPayouts(kit.pool)).map(({ provider, count }) => ({
      labels: { service: 'payment-verification', provider },
      value: count,
    })),
  });
};

const payoutRows =
  ({ pool, viewReached }: SettlementKit): PayoutList =>
  async (filter, slice, minPosition) => {
    if (minPosition !== undefined) await viewReached(payoutList, minPosition);
    return listPayouts(pool, filter, slice);
  };

const claimsDesk = ({ pool, viewReached }: SettlementKit, claims: CarrierClaims): OwedClaims => {
  const reached = async (position: string | undefined): Promise<void> => {
    if (position !== undefined) await viewReached(carrierClaimList, position);
  };
  return {
    claims,
    list: async (filter, slice, minPosition) => {
      await reached(minPosition);
      return listCarrierClaims(pool, filter, slice);
    },
    find: async (claimId, minPosition) => {
      await reached(minPosition);
      return findCarrierClaim(pool, claimId);
    },
  };
};

const payoutImports = (
  kit: SettlementKit,
  {
    sources,
    payouts,
    files,
    readers,
  }: SettlementRooms & Pick<Settlements, 'files'> & { readonly readers: SettlementNeeds['payoutReaders'] },
): PayoutImports =>
  new PayoutImports({
    ...{ ...kit, payouts, files, readers },
    sourceOf: (account) => sources.ofAccount(account),
    unreconciled: (except, limit) => unreconciledPayouts(kit.pool, except, limit),
    onFault: ({ provider, number }, err) =>
      kit.log.error({ err, provider, number }, 'the lines of a payout could not be fetched; it will be tried again'),
  });

/** What providers, marketplaces and couriers hand over, compared with what moved. */
export const settlementParts = (kit: SettlementKit, { payoutReaders: readers, ...payments }: SettlementNeeds): SettlementParts => {
  const sources = new Sources({ ...kit, accounts: [...readers.keys()] });
  const payouts = new Payouts({ ...kit, idFor, accountOf: async (name) => (await sources.of(name)).providers[0] ?? name });
  const claims = new CarrierClaims(kit);
  const rooms = { sources, payouts, claims };
  const reconciliation = reconciliationOf(kit, rooms, payments);
  const [cash, settlements] = [cashOf(kit, sources), settlementsOf(kit, sources, reconciliation)];
  const imports = payoutImports(kit, { ...rooms, readers, files: settlements.files });
  const work = async (_: string, signal: AbortSignal): Promise<void> => {
    await imports.sweep(signal);
    await reconciliation.sweep();
  };
  return {
    ...{ payouts, claims },
    readings: readingsOf(kit, cash),
    remember: { codParcels: rememberingCodParcels(kit.pool), delivery: rememberingDeliveries(kit.pool) },
    controllers: [SettlementsController, PayoutsController, OwedClaimsController, CashController],
    providers: [
      { provide: SETTLEMENTS, useValue: settlements },
      { provide: PAYOUTS, useValue: payoutRows(kit) },
      { provide: OWED_CLAIMS, useValue: claimsDesk(kit, claims) },
      { provide: CASH, useValue: cash },
    ],
    ...sweeping(work, {
      ...{ clock: kit.clock, log: kit.log, everyMs: kit.settings.SETTLEMENT_SECONDS * 1_000 },
      trouble: 'settlements could not be worked through',
    }),
  };
};

export const settlementViews = [
  settlementLine,
  settlementPosting,
  payoutList,
  payoutMovement,
  carrierClaimList,
  carrierClaimMovement,
] as const;
