import * as fc from 'fast-check';
import { barcodeFault, barcodeKey, barcodeKindOf, checkDigitOf, isGtin, scannedKeys } from './barcodes';

/** The digits before the check digit: of those forms that a GTIN-8 has, the longer ones only begin with more zeros. */
const withCheck = (digits: string): string => `${digits}${checkDigitOf(digits)}`;
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`)).filter((text) => /[1-9]/.test(text));
const forms = (gtin: string): readonly string[] => [8, 12, 13, 14].map((length) => gtin.replace(/^0+/, '').padStart(length, '0'));

describe('a GTIN', () => {
  it.each([
    ['GTIN-8', '40170725'],
    ['GTIN-12, or UPC-A', '036000291452'],
    ['GTIN-13, or EAN', '4006381333931'],
    ['GTIN-14', '10614141000415'],
    ['ISBN', '9783161484100'],
  ])('is a %s with its check digit', (_, code) =>
    expect([isGtin(code), barcodeFault(code), barcodeKindOf(code)]).toEqual([true, undefined, 'gtin']),
  );

  it('is the same whichever of its forms is printed', () =>
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 13 }).chain(digits), (before) => {
        const gtin = withCheck(before);
        const longEnough = forms(gtin).filter((form) => Number(form) === Number(gtin) && [8, 12, 13, 14].includes(form.length));
        const spoken = longEnough.flatMap((form) => [form, `]E0${form}`, ` ${form} `]);
        const key = gtin.padStart(14, '0');
        const elements = [
          `]C101${key}`,
          `01${key}10LOT-7`,
          `(01)${key}(17)271231(10)A`,
          `]d2010${key.slice(1)}`,
          `https://id.gs1.org/01/${key}`,
        ];
        const meant = key.startsWith('0') ? elements : elements.filter((each) => !each.startsWith(']d2'));
        expect(new Set(longEnough.map(barcodeKey))).toEqual(new Set([key]));
        for (const scan of [...spoken, ...meant]) expect(scannedKeys(scan)).toContain(key);
      }),
    ));

  it('has one digit that ends it, and any other is told of with the right one', () =>
    fc.assert(
      fc.property(fc.constantFrom(7, 11, 12, 13).chain(digits), fc.integer({ min: 1, max: 9 }), (before, off) => {
        const right = checkDigitOf(before);
        const wrong = `${before}${(right + off) % 10}`;
        expect([isGtin(wrong), barcodeKey(wrong)]).toEqual([false, wrong]);
        expect(barcodeFault(wrong)?.message).toContain(`must end in ${right}`);
        expect(barcodeFault(wrong)?.message).toContain('"kind":"own"');
        expect(barcodeFault(wrong, 'own')).toBeUndefined();
      }),
    ));

  it.each([
    ['zeros only', '00000000', 'must not be zeros only', undefined],
    ['the dashes of a book', '978-3-16-148410-0', '9783161484100', undefined],
    ['the blanks of its print', '4 006381 333931', '4006381333931', undefined],
    ['the power of ten of a spreadsheet', '4.00638E+12', 'all of its digits', undefined],
    ['lost the zeros that it begins with', '36000291452', '036000291452', undefined],
    ['letters, where it is said to be one', 'A-1', '8, 12, 13 or 14 digits', 'gtin'],
  ] as const)('has not %s', (_, code, said, kind) => expect(barcodeFault(code, kind)?.message).toContain(said));
});

describe('a code of the retailer’s own', () => {
  it.each(['A-100', '1', '123456789', 'SHELF 7/3', 'x'.repeat(48)])('may be %j, and is compared as it is', (code) =>
    expect([barcodeFault(code), barcodeKindOf(code), barcodeKey(code), scannedKeys(code)[0]]).toEqual([undefined, 'own', code, code]),
  );

  it.each([
    ['nothing', '', 'REQUIRED'],
    ['49 characters', 'x'.repeat(49), 'TOO_LONG'],
    ['letters that Code 128 has not', 'Größe', 'CHARACTER_REFUSED'],
    ['a separator of elements', 'a\u001db', 'CHARACTER_REFUSED'],
  ])('may not be %s', (_, code, fault) => expect(barcodeFault(code, 'own')?.code).toBe(fault));
});

describe('what a scanner types', () => {
  const key = '04006381333931';
  it.each([
    ['elements of GS1-128', `]C101${key}17271231\u001d10LOT`],
    ['a lot before the GTIN', `]C110LOT-7\u001d01${key}`],
    ['an expiry and a weight before it', `]C1172712313103000750\u001d01${key}`],
    ['a separator first, as some scanners have it', `\u001d01${key}21SERIAL`],
    ['DataMatrix', `]d201${key}21X`],
    ['elements without symbology', `01${key}10LOT`],
    ['elements as people read them', `(10)LOT(01)${key}(17)271231`],
    ['a Digital Link', `https://shop.example/some/01/${key}/10/LOT?17=271231`],
    ['an EAN with its symbology', ']E04006381333931'],
  ])('names a GTIN by %s', (_, scan) => expect(scannedKeys(scan)).toContain(key));

  it.each([
    ['another element', `]C102${key}3712`],
    ['digits in the midst of a code of ours', `X01${key}`],
    ['a GTIN whose check digit is wrong', ']C10104006381333932'],
    ['an address of something else', `https://shop.example/21/${key}`],
    ['a lot that looks like a GTIN', `]C11001${key}`],
  ])('names none by %s', (_, scan) => expect(scannedKeys(scan)).not.toContain(key));

  it('is its own code, too, and first', () => expect(scannedKeys(`01${key}`)).toEqual([`01${key}`, key]));
  it('may be anything, and takes no long time', () =>
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (scan) => scannedKeys(scan).every((each) => each.length <= 48 && each !== ''))));
});
