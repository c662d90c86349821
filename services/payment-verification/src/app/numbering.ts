import type { EventMeta } from '@cartage/eventsourcing';
import { numberOf, type DocumentEvent } from '../domain/invoices/documents';
import type { Draft, InvoicingTransaction, Occasion } from './invoicing';

export interface Document {
  readonly event: DocumentEvent;
  readonly occasion: Occasion;
  readonly issued: Draft['issued'];
}

/** Each document is a subject of its own, of one event. */
export const metaOf = ({ data: { documentId } }: DocumentEvent, { id, meta }: Occasion): EventMeta => ({
  commandId: documentId,
  correlationId: meta.correlationId,
  causationId: id,
  actor: 'invoicing',
  subject: `invoice/${documentId}`,
  sequence: 1,
});

type Content = Draft['content'];

/** Documents of the same batch were named by their ids: each name is its number from now on. */
const named = (content: Content, numbers: ReadonlyMap<string, string>): Content => {
  const numberIn = (name: string): string => numbers.get(name) ?? name;
  if ('refundId' in content) return { ...content, invoices: content.invoices.map(numberIn) };
  const deducted = 'deducted' in content ? content.deducted : undefined;
  return deducted ? { ...content, deducted: { ...deducted, numbers: deducted.numbers.map(numberIn) } } : content;
};

/** Numbers follow the order of the occasions; each series is locked once, in one order, so that two processes never wait for each other. */
export const numbered = async (
  transaction: InvoicingTransaction,
  drafts: readonly Draft[],
  issuedAt: string,
): Promise<readonly Document[]> => {
  const next = new Map<string, number>();
  for (const series of [...new Set(drafts.map((draft) => draft.series))].toSorted())
    next.set(series, await transaction.takeNumbers(series, drafts.filter((draft) => draft.series === series).length));
  const numbers = new Map<string, string>();
  for (const { series, prefix, documentId } of drafts) {
    const n = next.get(series) ?? 0;
    next.set(series, n + 1);
    numbers.set(documentId, numberOf(prefix, n));
  }
  return drafts.map(({ entity, type, documentId, content, occasion, issued }) => {
    const data = { ...named(content, numbers), documentId, number: numbers.get(documentId) ?? '', legalEntity: entity, issuedAt };
    return { event: { type, data } as DocumentEvent, occasion, issued };
  });
};
