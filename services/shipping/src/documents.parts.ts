import { readFileSync } from 'node:fs';
import { openFonts, type Kit, type Parts } from '@cartage/service-kit';
import type { Carriers } from './app/carrier';
import { createDocuments } from './app/documents';
import type { Registers } from './app/registers';
import type { ShipmentLog } from './app/shipment-log';
import type { WayBackLog } from './app/way-back/way-back-log';
import type { ShippingSettings } from './config';
import { unprintableField } from './edge/carriers/label-layout';
import { sendersOf, type Senders } from './edge/carriers/easypost/addresses';
import { customsPdf } from './edge/documents/customs-pdf';
import { DOCUMENTS, DocumentsController, PRINT_DOCUMENTS, type DocumentPrinter } from './edge/documents/documents.controller';
import { packingSlipPdf } from './edge/documents/packing-slip-pdf';

interface Needs {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  readonly registers: Registers;
  readonly wayBacks: WayBackLog;
}

const linesOf = (senders: Senders, location: string): readonly string[] | undefined => {
  const sender = senders.get(location);
  if (!sender) return undefined;
  const { name, company, street1, street2, city, state, zip, country, phone } = sender;
  return [name, company, street1, street2, [zip, city, state].filter(Boolean).join(' '), country, phone].filter(
    (line) => line !== undefined,
  );
};

/** The papers that lie in parcels, and with them. */
export const documentParts = (
  { vault, settings }: Kit<ShippingSettings>,
  { log, carriers, registers, wayBacks }: Needs,
): Required<Pick<Parts, 'controllers' | 'providers'>> => {
  const fonts = openFonts();
  const { PACKING_SLIP_LOGO_FILE: logo, PACKING_SLIP_BRAND: text, EASYPOST_SENDERS_FILE: file } = settings;
  const brand = { text, ...(logo === '' ? {} : { logo: readFileSync(logo) }) };
  const senders: Senders = file === '' ? new Map() : sendersOf(readFileSync(file, 'utf8'));
  const documents = createDocuments({
    ...{ log, wayBacks, carriers, vault, orders: registers.orders, locations: registers.locations },
    pricesOnSlips: settings.PACKING_SLIP_PRICES,
    unprintable: (recipient) => unprintableField(fonts, recipient),
  });
  const print: DocumentPrinter = {
    packingSlip: (slip) => packingSlipPdf(fonts, slip, brand),
    customs: (paper) => customsPdf(fonts, paper, (location) => linesOf(senders, location)),
  };
  return {
    controllers: [DocumentsController],
    providers: [
      { provide: DOCUMENTS, useValue: documents },
      { provide: PRINT_DOCUMENTS, useValue: print },
    ],
  };
};
