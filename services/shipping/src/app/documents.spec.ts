import { openFonts } from '@cartage/service-kit';
import { ref, tracked } from '../domain/shipment.fixture';
import { unprintableField } from '../edge/carriers/label-layout';
import { customsPdf } from '../edge/documents/customs-pdf';
import { packingSlipPdf } from '../edge/documents/packing-slip-pdf';
import { allocated, person, placed, setUp, terms } from '../edge/shipping.fixture';
import { createDocuments } from './documents';

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
  const documents = createDocuments({
    ...{ log, carriers: new Map(), orders: registers.orders, locations: registers.locations, pricesOnSlips: prices },
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
  return { ...parts, documents, pack };
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
