import type { PurchaseOrder } from '../../domain/supply/purchase-order';
import type { Supply } from '../../domain/supply/supply';
import type { Transfer } from '../../domain/supply/transfer';
import type { LedgerTransaction } from '../ledger';

/** What is still to come by a document. */
export type SupplyOf = Pick<Supply, 'source' | 'reference'> & { readonly supply: readonly Supply[] };

/** The ledger with what is on order beside it: both move together or not at all. */
export interface SupplyTransaction extends LedgerTransaction {
  writeSupply(supply: SupplyOf): Promise<void>;
  writeTransfer(transfer: Transfer): Promise<void>;
  writePurchaseOrder(order: PurchaseOrder, changedAt: string): Promise<void>;
}

export interface SupplyLedger {
  transaction<Result>(work: (transaction: SupplyTransaction) => Promise<Result>): Promise<Result>;
}
