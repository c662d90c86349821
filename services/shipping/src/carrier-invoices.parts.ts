import { idFor, sweeping, type Kit, type Parts, type Readings } from '@cartage/service-kit';
import type { Position } from '@cartage/eventsourcing';
import { CarrierBills } from './app/carrier-invoices/carrier-bills';
import { CarrierInvoiceTerms } from './app/carrier-invoices/carrier-invoice-terms';
import { FindingDesk } from './app/carrier-invoices/finding-desk';
import { InvoiceFiles } from './app/carrier-invoices/invoice-files';
import { moneyOverLimit } from './app/carrier-invoices/over-limit';
import { auditFinding } from './app/views/audit-finding';
import { carrierInvoice, carrierInvoiceLine } from './app/views/carrier-invoice-line';
import { carrierParcel } from './app/views/carrier-parcel';
import { returnParcel } from './app/views/return-parcel';
import type { ShippingSettings } from './config';
import { billedLabels } from './edge/carrier-invoices/billed-labels';
import {
  CARRIER_INVOICES,
  CarrierInvoicesController,
  CarrierInvoiceTermsController,
  type CarrierInvoices,
} from './edge/carrier-invoices/carrier-invoices.controller';
import { invoiceFileTable } from './edge/carrier-invoices/invoice-file-table';
import { FINDINGS, FindingsController } from './edge/carrier-invoices/findings.controller';
import { invoiceShelf } from './edge/carrier-invoices/postgres-invoices';

/** What the audit of carriers’ invoices reads. */
export const carrierInvoiceViews = [carrierInvoice, carrierInvoiceLine, auditFinding, returnParcel] as const;

/** What carriers bill, compared with the labels that were bought. */
export const carrierInvoiceParts = (
  kit: Kit<ShippingSettings>,
): Required<Pick<Parts, 'controllers' | 'providers' | 'start' | 'stop'>> & { readonly readings: () => Promise<Readings> } => {
  const { pool, store, now, clock, log, settings } = kit;
  const [shelf, table, terms] = [invoiceShelf(pool), invoiceFileTable(pool, now), new CarrierInvoiceTerms(kit)];
  const bills = new CarrierBills({ ...kit, idFor, labels: billedLabels(pool) });
  const caughtUp = async (): Promise<void> => {
    const head = await store.head();
    await Promise.all([carrierParcel, returnParcel, carrierInvoiceLine].map((view) => kit.viewReached(view, head)));
  };
  const reached = async (position: Position | undefined): Promise<void> => {
    if (position !== undefined) await kit.viewReached(auditFinding, position);
  };
  const files = new InvoiceFiles({
    ...{ table, idFor, caughtUp, known: (lineIds) => shelf.known(lineIds) },
    take: (lines, agreed, meta) => bills.take(lines, agreed, meta),
  });
  const invoices: CarrierInvoices = { terms, files, table, shelf };
  const overLimit = moneyOverLimit({ terms: () => terms.all(), open: () => shelf.open() });
  return {
    controllers: [CarrierInvoiceTermsController, CarrierInvoicesController, FindingsController],
    providers: [
      { provide: CARRIER_INVOICES, useValue: invoices },
      { provide: FINDINGS, useValue: new FindingDesk({ bills, shelf, reached }) },
    ],
    readings: async () => ({
      carrierFindings: (await overLimit()).map(({ amount, ...labels }) => ({ labels: { service: 'shipping', ...labels }, value: amount })),
    }),
    ...sweeping(async (_, stopping) => bills.sweep(await terms.all(), stopping), {
      ...{ clock, log, everyMs: settings.CARRIER_AUDIT_SECONDS * 1_000 },
      trouble: 'labels that no carrier bills could not be looked for',
    }),
  };
};
