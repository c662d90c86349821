import type { Reason } from '@cartage/contracts';
import type { Position } from '@cartage/eventsourcing';
import { creditOf } from '../../domain/carrier-invoices/bill-fold';
import type { BilledLabel, InvoiceLine } from '../../domain/carrier-invoices/invoice-line';
import type { CarrierBills, ShownFinding } from './carrier-bills';
import type { FindingFilter, FindingRow, InvoiceShelf, Slice } from './invoice-reports';

export interface FindingDeskNeeds {
  readonly bills: CarrierBills;
  readonly shelf: Pick<InvoiceShelf, 'findings'>;
  readonly reached: (position: Position | undefined) => Promise<void>;
}

const BATCH = 1_000;

/** What was found in carriers’ invoices, for whoever works through it. */
export class FindingDesk {
  readonly bills: CarrierBills;

  constructor(private readonly needs: FindingDeskNeeds) {
    this.bills = needs.bills;
  }

  async list(filter: FindingFilter, slice: Slice, minPosition?: Position): Promise<readonly FindingRow[]> {
    await this.needs.reached(minPosition);
    return this.needs.shelf.findings(filter, slice);
  }

  /** All of them, a batch at a time: never all in memory. */
  async *every(filter: FindingFilter): AsyncGenerator<readonly FindingRow[]> {
    let after: Slice['after'];
    for (;;) {
      const rows = await this.needs.shelf.findings(filter, { limit: BATCH, after });
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) return;
      after = [last.foundAt, last.findingId];
    }
  }

  async get(findingId: string): Promise<FindingRow> {
    return this.shown(await this.bills.find(findingId));
  }

  /** As the list has it. */
  shown(finding: ShownFinding): FindingRow {
    const { findingId, carrier, kind, status, currency, amount, foundAt, changedAt } = finding;
    return {
      findingId,
      carrier,
      kind,
      status,
      ...ofLine(finding),
      ...ofLabel(finding),
      ...saidOf(finding),
      currency,
      amount,
      foundAt,
      changedAt,
    };
  }
}

const orNull = <Value>(value: Value | undefined): Value | null => value ?? null;

const ofLine = ({ line, label }: ShownFinding): Pick<FindingRow, 'invoiceId' | 'invoice' | 'lineId' | 'trackingNumber'> => {
  const { invoiceId, invoice, lineId, trackingNumber }: Partial<InvoiceLine> = line ?? label?.parcels[0] ?? {};
  return { invoiceId: orNull(invoiceId), invoice: orNull(invoice), lineId: orNull(lineId), trackingNumber: orNull(trackingNumber) };
};

const ofLabel = ({ label }: ShownFinding): Pick<FindingRow, 'labelId' | 'shipmentId' | 'orderId'> => {
  const { labelId, shipmentId, orderId }: Partial<BilledLabel> = label ?? {};
  return { labelId: orNull(labelId), shipmentId: orNull(shipmentId), orderId: orNull(orderId) };
};

const saidOf = (finding: ShownFinding): Pick<FindingRow, 'credited' | 'expected' | 'billed' | 'reason' | 'detail'> => {
  const { code, detail }: Partial<Reason> = finding.reason ?? {};
  const { expected, billed } = finding;
  return { credited: creditOf(finding), expected: orNull(expected), billed: orNull(billed), reason: orNull(code), detail: orNull(detail) };
};
