import { randomUUID } from 'node:crypto';
import { memoryStore } from '@cartage/eventsourcing';
import { openFonts } from '@cartage/service-kit';
import { ref, tracked } from '../domain/shipment.fixture';
import { unprintableField } from '../edge/carriers/label-layout';
import { customsPdf } from '../edge/documents/customs-pdf';
import { packingSlipPdf } from '../edge/documents/packing-slip-pdf';
import { allocated, person, placed, setUp, terms } from '../edge/shipping.fixture';
import { createDocuments } from './documents';
import { createReturnCustoms } from './way-back/return-customs';
import { createWayBackLog } from './way-back/way-back-log';

const { shipmentId } = ref;
const fonts = openFonts();
const pagesIn = (pdf: Buffer): number => (pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? []).length;
const [line] = placed.lines;
const linesWith = (attributes: Readonly<Record<string, string>>) =>
  ['1', '2'].map((lineId) => ({ ...(line as NonNullable<typeof line>), lineId, quantity: 4, total: 4_800, attributes }));

/** A shipment from Leeds whose order was sold with these attributes to this person. */
const toPrint = async ({ attributes = {}, to = person as object | null, prices = true } = {}) => {
  const order = { ...placed, lines: linesWith(attributes) };
  const opened = to ?? undefined;
  const parts = setUp({ order, opened, does: { book: async () => ({ status: 'booked', ...terms, parcels: tracked }) } });
  const { registers, shipments, meta, log } = parts;
  await registers.locations.record({ location: 'LEEDS', name: 'Leeds', country: 'GB', postalCode: 'LS1 1AA' }, 1);
  for (const sku of ['MUG', 'LAMP'])
    await registers.items.record({ sku, title: sku, weightGrams: 300, customs: { hsCode: '691200', originCountry: 'CN' } }, 1);
  await shipments.learn(order);
  await shipments.plan(allocated, meta());
  const wayBacks = createWayBackLog({ store: memoryStore(), newId: () => randomUUID(), isPublic: () => true });
  const documents = createDocuments({
    ...{ log, wayBacks, carriers: new Map(), orders: registers.orders, locations: registers.locations, pricesOnSlips: prices },
    vault: { open: async <Content extends object>() => opened as Content },
    unprintable: (recipient) => unprintableField(fonts, recipient),
  });
  const pack = () =>
    shipments.pack(
      shipmentId,
      [
        { weightGrams: 900, lines: [{ lineId: '1', quantity: 3 }] },
        { weightGrams: 400, lines: [{ lineId: '2', quantity: 1 }] },
      ],
      meta(),
    );
  const returns = createReturnCustoms({ ...registers, shipments: log });
  return { ...parts, documents, wayBacks, returns, pack };
};

describe('a packing slip', () => {
  it('tells what is in it, for whom, with its share of what the line costs where prices are wanted', async () => {
    const { documents, pack } = await toPrint({ attributes: { engraving: 'J' } });
    await pack();
    const slip = await documents.packingSlip(shipmentId);
    expect(slip).toMatchObject({
      ...{ recipient: person, parcels: 2, currency: 'GBP', origin: { name: 'Leeds' } },
      lines: [
        { sku: 'MUG', quantity: 3, price: 3_600, attributes: { engraving: 'J' } },
        { sku: 'LAMP', quantity: 1, price: 1_200 },
      ],
    });
    expect(pagesIn(await packingSlipPdf(fonts, slip, { text: 'Łódka & Söhne' }))).toBe(1);
    const [first] = slip.lines;
    const long = { ...slip, lines: Array.from({ length: 90 }, () => first as NonNullable<typeof first>) };
    expect(pagesIn(await packingSlipPdf(fonts, long, { text: '' }))).toBeGreaterThan(1);
  });

  it.each([
    ['of a gift', { attributes: { gift: 'yes' } }],
    ['where nobody wants them', { prices: false }],
  ])('tells no prices %s', async (_, how) => {
    const { documents } = await toPrint(how);
    const slip = await documents.packingSlip(shipmentId);
    expect([slip.currency, ...slip.lines.map(({ price }) => price)]).toEqual([undefined, undefined, undefined]);
  });

  it('of no gift, which an attribute may say as well, tells them', async () => {
    const { documents } = await toPrint({ attributes: { gift: 'false' } });
    expect(await documents.packingSlip(shipmentId)).toMatchObject({ currency: 'GBP' });
  });

  it.each(['Łucja Żółć', 'محمد الأحمد', '王小明', 'ชาติชาย'])('is printed for %s', async (name) => {
    const { documents } = await toPrint({ to: { ...person, name } });
    expect(pagesIn(await packingSlipPdf(fonts, await documents.packingSlip(shipmentId), { text: '' }))).toBe(1);
  });

  it('is not printed in other letters, nor for nobody', async () => {
    const strange = await toPrint({ to: { ...person, name: 'မောင်' } });
    await expect(strange.documents.packingSlip(shipmentId)).rejects.toMatchObject({
      code: 'DOCUMENT_UNPRINTABLE',
      message: expect.stringContaining('recipient.name'),
    });
    const erased = await toPrint({ to: null });
    await expect(erased.documents.packingSlip(shipmentId)).rejects.toMatchObject({ code: 'PERSONAL_ERASED' });
    await expect(erased.documents.packingSlip('none')).rejects.toMatchObject({ code: 'SHIPMENT_UNKNOWN' });
  });
});

describe('a customs paper', () => {
  it('is a page for each parcel, with its number once there is one', async () => {
    const { documents, pack, labels, meta } = await toPrint({ to: { ...person, address: { ...person.address, country: 'CH' } } });
    await pack();
    await expect(documents.customs(shipmentId)).rejects.toMatchObject({ code: 'SHIPMENT_NOT_LABELLED' });
    await labels.buy(shipmentId, meta());
    const paper = await documents.customs(shipmentId);
    expect(paper).toMatchObject({ declaration: { from: 'GB', to: 'CH', parcels: [{ value: expect.any(Number) }, {}] } });
    expect(paper.numbers.get('1')).toBe('CTG1');
    expect(pagesIn(await customsPdf(fonts, paper, () => undefined))).toBe(2);
    expect(pagesIn(await customsPdf(fonts, paper, () => ['Cartage', '1 Dock Road', 'E16 1AA London', 'GB']))).toBe(2);
  });

  it('is not there where no border is crossed', async () => {
    const { documents, pack, labels, meta } = await toPrint();
    await pack();
    await labels.buy(shipmentId, meta());
    await expect(documents.customs(shipmentId)).rejects.toMatchObject({ code: 'CUSTOMS_NOT_NEEDED' });
  });
});

describe('a customs paper of goods that come back', () => {
  const swiss = { ...person, address: { ...person.address, country: 'CH' } };
  const returnId = '0199a3c4-7b1e-7c3d-9f2a-000000000005';
  const wanted = {
    returnId,
    orderId: placed.orderId,
    location: 'LEEDS',
    format: 'label',
    lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }],
  };
  const shipped = async () => {
    const parts = await toPrint({ to: swiss });
    await parts.pack();
    await parts.labels.buy(shipmentId, parts.meta());
    return parts;
  };
  const home = { country: 'GB' };

  it('declares them as they left, for their share of the same value, and names the papers that they left by', async () => {
    const { returns, documents } = await shipped();
    const customs = await returns.declare({ wanted, weightGrams: 300, from: swiss, to: home });
    const [left] = (await documents.customs(shipmentId)).declaration.parcels;
    const line = left?.lines[0];
    expect(customs).toMatchObject({
      ...{ from: 'CH', to: 'GB', currency: 'GBP', goods: 'returned' },
      exported: [{ shipmentId, parcelId: '1', trackingNumber: 'CTG1', document: left?.document }],
      parcels: [{ value: Math.round((line?.value ?? 0) / 3), lines: [{ sku: 'MUG', quantity: 1, hsCode: '691200', originCountry: 'CN' }] }],
    });
  });

  it('lies with the label of the return, from the customer to us', async () => {
    const { returns, documents, wayBacks, meta } = await shipped();
    const customs = await returns.declare({ wanted, weightGrams: 300, from: swiss, to: home });
    if (!customs || 'code' in customs) throw new Error('It is not declared.');
    const now = '2026-11-27T10:00:00.000Z';
    const asked = { labelId: randomUUID(), carrier: 'simulated', service: 'standard', location: 'LEEDS', weightGrams: 300, customs, now };
    const bought = { labelId: asked.labelId, trackingNumber: 'CTG9', service: 'standard', format: 'label', currency: 'GBP', cost: 345 };
    await expect(documents.customsOfReturn(returnId)).rejects.toMatchObject({ code: 'RETURN_LABEL_UNKNOWN' });
    await wayBacks.send(returnId, { type: 'WantReturnLabel', data: { ...wanted, now } }, meta());
    await wayBacks.send(returnId, { type: 'RequestReturnLabel', data: { ...asked, personal: placed.personal } }, meta());
    await expect(documents.customsOfReturn(returnId)).rejects.toMatchObject({ code: 'RETURN_NOT_LABELLED' });
    await wayBacks.send(returnId, { type: 'RecordReturnLabel', data: { ...bought, url: 'https://x', token: 't', now } }, meta());
    const paper = await documents.customsOfReturn(returnId);
    expect(paper).toMatchObject({ isReturn: true, shipmentId: returnId, declaration: { goods: 'returned' }, declaredAt: now });
    expect(paper.numbers.get('1')).toBe('CTG9');
    expect(pagesIn(await customsPdf(fonts, paper, () => undefined))).toBe(1);
  });

  it('is none where no border is crossed on the way back, and says what is missing of what never was declared', async () => {
    const { returns, registers } = await shipped();
    const way = { weightGrams: 300, from: swiss, to: { country: 'CH' } };
    expect(await returns.declare({ ...way, wanted })).toBeUndefined();
    expect(await returns.declare({ ...way, wanted, to: {} })).toBeUndefined();
    await registers.items.record({ sku: 'HAT', title: 'Hat', weightGrams: 100 }, 1);
    const other = { ...wanted, lines: [{ lineId: '7', sku: 'HAT', quantity: 1 }] };
    expect(await returns.declare({ ...way, wanted: other, to: home })).toMatchObject({ code: 'customs-missing' });
  });
});
