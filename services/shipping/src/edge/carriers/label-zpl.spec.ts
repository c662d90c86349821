import fc from 'fast-check';
import type { Dpi, QuoteRequest } from '../../app/carrier';
import { consignment } from './carrier.fixture';
import { labelPrinter } from './label';

const printer = labelPrinter();
const numbers = [
  { parcelId: '1', trackingNumber: 'CTG1234567890X' },
  { parcelId: '2', trackingNumber: 'CTG1234567891X' },
];
const zplOf = (of: QuoteRequest, dpi: Dpi = 203): string => printer.zpl(of, { carrier: 'c', service: 's', parcels: numbers }, dpi);
const to = (name: string, address: Partial<QuoteRequest['recipient']['address']> = {}): QuoteRequest => ({
  ...consignment,
  parcels: consignment.parcels.slice(0, 1),
  recipient: { name, address: { ...consignment.recipient.address, ...address } },
});

/** What a printer reads as data: its bytes are UTF-8. */
const textsIn = (zpl: string): readonly string[] =>
  [...zpl.matchAll(/\^FH_\^FD(.*?)\^FS/g)].map(([, data = '']) =>
    Buffer.from(
      data.replaceAll(/_([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8'),
  );
/** What it reads as commands, once data and pictures are left out. */
const commandsIn = (zpl: string): readonly string[] =>
  zpl
    .replaceAll(/\^FD.*?\^FS/g, '^FS')
    .split(/[\^~]/)
    .slice(1)
    .map((command) => command.slice(0, 2));

describe('a label in ZPL', () => {
  it('of goods that come back leads to the location, and says who sends it', () => {
    const origin = { location: 'LEEDS', name: 'Returns Leeds', postalCode: 'LS1 1AA', country: 'GB' };
    const texts = textsIn(zplOf({ ...consignment, origin, isReturn: true }));
    expect(texts).toEqual(expect.arrayContaining(['Returns Leeds', 'LEEDS', 'LS1 1AA', 'GB']));
    expect(texts.join(' ')).toContain('From Zoë Müller, SW1A 1AA London GB, 1 High Street');
    expect(printer.unprintable({ ...consignment, origin: { ...origin, name: 'ᚠ returns' }, isReturn: true })).toMatchObject({
      field: 'origin.name',
    });
  });

  it('has the name as it is written, and the number as Code 128', () => {
    const zpl = zplOf(consignment);
    expect(textsIn(zpl)).toEqual(expect.arrayContaining(['Zoë Müller', '1 High Street', 'London SW1A 1AA', 'GB', 'CTG1234567890X']));
    expect(zpl).toMatch(/\^BY3\^BCN,254,N,N,N,A\^FH_\^FDCTG1234567890X\^FS/);
    expect(zpl).toContain('^CI28');
    expect([
      zplOf(consignment)
        .match(/\^PW\d+|\^LL\d+/g)
        ?.slice(0, 2),
      zplOf(consignment, 300)
        .match(/\^PW\d+|\^LL\d+/g)
        ?.slice(0, 2),
    ]).toEqual([
      ['^PW812', '^LL1218'],
      ['^PW1200', '^LL1800'],
    ]);
  });

  it.each(['王小明', 'محمد الأحمد', 'ชาติชาย', 'Łucja Żółć', 'Παπαδόπουλος', '김철수'])(
    'has %s, which no printer has letters for, as a picture',
    (name) => {
      const zpl = zplOf(to(name));
      expect(textsIn(zpl)).not.toContain(name);
      const [, total = '', again, perRow = '', hex = ''] = /\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)\^FS/.exec(zpl) ?? [];
      expect([again, hex.length / 2, Number(total) % Number(perRow)]).toEqual([total, Number(total), 0]);
      expect(hex).toMatch(/[1-9A-F]/);
    },
  );

  it('never takes what somebody is called for a command', () => {
    const name = '^XZ~JA_5E \\^FS';
    const zpl = zplOf(to(name));
    expect(textsIn(zpl)).toContain(name);
    expect(new Set(commandsIn(zpl))).toEqual(new Set(['XA', 'CI', 'PW', 'LL', 'LH', 'FO', 'GB', 'A0', 'FH', 'FS', 'BY', 'BC', 'PQ', 'XZ']));
  });

  it('has all of the address, city, postal code and country, however long it is, or is not printed at all', () => {
    const latin = fc.stringMatching(/^[A-Za-zà-ÿ^~_\\ ]{1,80}$/).filter((text) => text.trim() !== '');
    const plain = (text: string): string => text.replaceAll(/\s/g, '');
    return fc.assert(
      fc.property(fc.array(latin, { minLength: 1, maxLength: 14 }), latin, (lines, city) => {
        const long = to('Ada', { lines, city, postalCode: 'SW1A 1AA' });
        fc.pre(printer.unprintable(long) === undefined);
        const printed = plain(textsIn(zplOf(long)).join(''));
        for (const text of [...lines, city, 'SW1A 1AA', 'GB']) expect(printed).toContain(plain(text));
      }),
      { numRuns: 15 },
    );
  });
});
