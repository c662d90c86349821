import type { OrderEvent, Personal } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { idFor, sweeping, type Kit, type Parts } from '@cartage/service-kit';
import { Books } from './app/books';
import { CarrierBills } from './app/carrier-bills';
import { Chargebacks } from './app/chargebacks';
import { DisposalProceeds } from './app/disposal-proceeds';
import { documents } from './app/documents';
import type { Interventions } from './app/interventions';
import { Invoicing } from './app/invoicing';
import { rememberingSales, saleOf, type RememberingSales } from './app/sales';
import { Sellers } from './app/sellers';
import { StockValues } from './app/stock-values';
import { carrierBillMovement } from './app/views/carrier-bill-movement';
import { chargebackList, listChargebacks } from './app/views/chargeback-list';
import { chargebackMovement } from './app/views/chargeback-movement';
import { disposalProceedsMovement } from './app/views/disposal-proceeds-movement';
import { invoiceList } from './app/views/invoice-list';
import { shipmentPaidBefore } from './app/views/shipment-paid-before';
import { stockValueMovement } from './app/views/stock-value-movement';
import { BOOKS, BooksController } from './edge/books/books.controller';
import { CHARGEBACK_LIST, CHARGEBACKS, ChargebacksController, type ChargebackList } from './edge/chargebacks/chargebacks.controller';
import { sellerOf } from './domain/invoices/legal-entities';
import { findCapture } from './edge/find-capture';
import { documentPrinter } from './edge/invoices/document-pdf';
import { INVOICES, InvoicesController, type Invoices } from './edge/invoices/invoices.controller';
import { invoicingIn, salesTable } from './edge/invoices/postgres-invoicing';

type OrderPlaced = DataOf<OrderEvent, 'OrderPlaced'>;
type FinanceKit = Kit<{ readonly INVOICE_SECONDS: number }>;

const chargebackRows =
  ({ pool, viewReached }: FinanceKit): ChargebackList =>
  async (filter, slice, minPosition) => {
    if (minPosition !== undefined) await viewReached(chargebackList, minPosition);
    return listChargebacks(pool, filter, slice);
  };

const buyerOf =
  ({ pool, vault }: FinanceKit) =>
  async (orderId: string): Promise<Personal | undefined> => {
    const sale = await salesTable(pool).of(orderId);
    return sale && vault.open(sale.personal);
  };

const invoicesOf = (kit: FinanceKit, sellers: Sellers): Invoices => ({
  documents: documents({ ...kit, sql: kit.pool, sellers }),
  sellers,
  print: documentPrinter(),
  buyerOf: buyerOf(kit),
});

const issuing = ({ store, newId, now, clock, log, settings: { INVOICE_SECONDS } }: FinanceKit, sellers: Sellers) => {
  const invoicing = new Invoicing({ ...invoicingIn(store), entities: () => sellers.all(), newId, now });
  const everyMs = INVOICE_SECONDS * 1_000;
  return sweeping((_, stopping) => invoicing.run(stopping), { clock, log, everyMs, trouble: 'invoices could not be issued' });
};

export interface FinanceParts extends Required<Pick<Parts, 'controllers' | 'providers' | 'start' | 'stop'>> {
  /** Which legal entity invoices an order. */
  readonly sellerOf: (order: OrderPlaced) => Promise<string | undefined>;
  /** A provider’s webhook tells it of chargebacks. */
  readonly chargebacks: Chargebacks;
  /** Keeps what invoices will need of an order. */
  readonly remember: RememberingSales;
  /** What goods cost, as inventory says. */
  readonly stockValues: StockValues;
  /** What was paid for goods that were disposed of, as inventory says. */
  readonly proceeds: DisposalProceeds;
  /** What carriers bill, as shipping says. */
  readonly carrierBills: CarrierBills;
}

/** What becomes of money after it has moved: chargebacks, the books, invoices. */
export const financeParts = (kit: FinanceKit, interventions: Pick<Interventions, 'bookChargeback'>): FinanceParts => {
  const chargebacks = new Chargebacks({
    ...kit,
    idFor,
    findCapture: findCapture(kit.pool),
    book: (standing, meta) => interventions.bookChargeback(standing, meta),
  });
  const sellers = new Sellers(kit);
  return {
    chargebacks,
    stockValues: new StockValues(kit),
    proceeds: new DisposalProceeds(kit),
    carrierBills: new CarrierBills(kit),
    sellerOf: async (order) => sellerOf(await sellers.current(), saleOf(order))?.entity,
    remember: rememberingSales(() => sellers.current(), salesTable(kit.pool)),
    controllers: [ChargebacksController, BooksController, InvoicesController],
    providers: [
      { provide: CHARGEBACKS, useValue: chargebacks },
      { provide: CHARGEBACK_LIST, useValue: chargebackRows(kit) },
      { provide: BOOKS, useValue: new Books({ ...kit, sql: kit.pool }) },
      { provide: INVOICES, useValue: invoicesOf(kit, sellers) },
    ],
    ...issuing(kit, sellers),
  };
};

export const financeViews = [
  chargebackList,
  chargebackMovement,
  invoiceList,
  shipmentPaidBefore,
  stockValueMovement,
  disposalProceedsMovement,
  carrierBillMovement,
] as const;
