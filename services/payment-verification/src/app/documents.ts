import { Refused, type EventStore, type Position, type StoredEvent } from '@cartage/eventsourcing';
import type { AnyView, Sql } from '@cartage/views';
import { documentStream, type DocumentEvent } from '../domain/invoices/documents';
import { listMissing, type MissingDocument } from './missing-documents';
import type { Sellers } from './sellers';
import { invoiceList, listDocuments, type DocumentFilter, type DocumentRow, type DocumentSlice } from './views/invoice-list';
import { paymentMovement } from './views/payment-movement';
import { shipmentPaidBefore } from './views/shipment-paid-before';

export interface DocumentsNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly sql: Sql;
  readonly sellers: Pick<Sellers, 'all'>;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
}

/** Invoices and credit notes as they were issued, and those that are missing. */
export const documents = ({ store, sql, sellers, viewReached }: DocumentsNeeds) => {
  const reached = async (position: Position | undefined): Promise<void> => {
    if (position === undefined) return;
    await viewReached(invoiceList, position);
    await viewReached(paymentMovement, position);
    await viewReached(shipmentPaidBefore, position);
  };
  return {
    list: async (filter: DocumentFilter, slice: DocumentSlice, position?: Position): Promise<readonly DocumentRow[]> => {
      await reached(position);
      return listDocuments(sql, filter, slice);
    },
    missing: async (slice: DocumentSlice, position?: Position): Promise<readonly MissingDocument[]> => {
      await reached(position);
      return listMissing(sql, await sellers.all(), slice);
    },
    /** As it was issued. */
    document: async (orderId: string, documentId: string): Promise<DocumentEvent> => {
      const [stream] = await store.readMany([documentStream(orderId)]);
      const events = (stream?.events ?? []) as readonly StoredEvent<DocumentEvent>[];
      const found = events.find(({ data }) => data.documentId === documentId);
      if (!found) throw new Refused('DOCUMENT_UNKNOWN', `No document ${documentId} of order ${orderId} was issued.`, 'unknown');
      return found;
    },
  };
};
export type Documents = ReturnType<typeof documents>;
