import type { PartnerMessage } from '@cartage/contracts';
import { csvRow } from '@cartage/service-kit';

/** One row for each line of a request, for each parcel of a label, or for the message alone. */
export const columns = [
  ...['type', 'messageId', 'reference', 'orderId', 'location'],
  ...['lineId', 'sku', 'title', 'quantity', 'parts', 'attributes', 'lineInstructions'],
  ...['name', 'email', 'phone', 'address', 'city', 'region', 'postalCode', 'country'],
  ...['method', 'service', 'priority', 'shipBy', 'instructions', 'groupInstructions', 'labels'],
  ...['supplierOrder', 'unitCost', 'currency', 'slipSender', 'slipText'],
  ...['holdId', 'code', 'detail', 'carrier', 'carrierService', 'parcelId', 'trackingNumber', 'labelFile'],
] as const;
type Cells = Partial<Record<(typeof columns)[number], string | number | undefined>>;

const json = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

const requestCells = ({ request }: PartnerMessage): Cells => {
  if (!request) return {};
  const { recipient, lines: _lines, packingSlip, ...terms } = request;
  const { address, ...person } = recipient;
  const { lines: street, ...place } = address ?? { lines: [] };
  const slip = { slipSender: packingSlip?.sender, slipText: packingSlip?.text };
  return { ...person, ...place, address: street.join('\n'), ...terms, ...slip };
};

const rowsOf = (message: PartnerMessage, labelFile: string): readonly Cells[] => {
  const { request, label, reason } = message;
  if (request)
    return request.lines.map(({ lineId, sku, title, quantity, parts, attributes, instructions, unitCost }) => ({
      ...{ lineId, sku, title, quantity, parts: json(parts), attributes: json(attributes), lineInstructions: instructions },
      ...{ unitCost: unitCost?.amount, currency: unitCost?.currency },
    }));
  if (label) return label.parcels.map((parcel) => ({ ...parcel, carrier: label.carrier, carrierService: label.service, labelFile }));
  return [{ holdId: message.holdId, code: reason?.code, detail: reason?.detail }];
};

/** A message as a CSV file, with its header. */
export const csvOf = (message: PartnerMessage, labelFile: string): string => {
  const { type, messageId, reference, orderId, location } = message;
  const common = { type, messageId, reference, orderId, location, ...requestCells(message) };
  const rows = rowsOf(message, labelFile).map((cells): Cells => ({ ...common, ...cells }));
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map(csvRow).join('');
};
