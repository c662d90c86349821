import { pdfBytes } from '@cartage/service-kit';
import PDFDocument from 'pdfkit';
import type { Booked, Consignment } from '../../../app/carrier';
import type { EasyPostApi } from './client';
import type { EasyPostOrder, EasyPostShipment } from './orders';

/** 4 × 6 inches, in points. */
const PAGE: [number, number] = [288, 432];
const TIMEOUT_MS = 30_000;

const file = async (url: string | undefined): Promise<Buffer> => {
  if (url === undefined) throw new Error('EasyPost has no label of this parcel.');
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`EasyPost gave no label: ${answer.status}.`);
  return Buffer.from(await answer.arrayBuffer());
};

/** Its shipments, in the order of our parcels. */
const shipmentsOf = async (
  api: EasyPostApi,
  { reference }: Consignment,
  { parcels }: Omit<Booked, 'status'>,
): Promise<readonly EasyPostShipment[]> => {
  const { shipments = [] } = (await api.find<EasyPostOrder>('orders', reference)) ?? {};
  return parcels.map(({ trackingNumber }) => {
    const found = shipments.find(({ tracking_code }) => tracking_code === trackingNumber);
    if (!found) throw new Error('EasyPost has no label of this parcel.');
    return found;
  });
};

/** The pictures of its labels, as EasyPost keeps them, one on a page. */
export const labelPdf = async (api: EasyPostApi, consignment: Consignment, booked: Omit<Booked, 'status'>): Promise<Uint8Array> => {
  const pictures = await Promise.all(
    (await shipmentsOf(api, consignment, booked)).map(({ postage_label: label }) => file(label?.label_url)),
  );
  const title = booked.parcels.map(({ trackingNumber }) => trackingNumber).join(' ');
  const document = new PDFDocument({ size: PAGE, margin: 0, autoFirstPage: false, info: { Title: title } });
  const bytes = pdfBytes(document);
  for (const each of pictures) document.addPage().image(each, 0, 0, { fit: PAGE, align: 'center', valign: 'center' });
  document.end();
  return bytes;
};

/** As EasyPost turns it into ZPL, passed through. */
export const labelZpl = async (api: EasyPostApi, consignment: Consignment, booked: Omit<Booked, 'status'>): Promise<string> => {
  const formats = (await shipmentsOf(api, consignment, booked)).map(async ({ id }) => {
    const { postage_label: label } = await api.get<EasyPostShipment>(`shipments/${id}/label?file_format=ZPL`);
    return (await file(label?.label_zpl_url ?? undefined)).toString('utf8');
  });
  return (await Promise.all(formats)).join('\n');
};
