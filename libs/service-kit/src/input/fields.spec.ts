import type { FieldError } from '@cartage/eventsourcing';
import { IsOptional } from 'class-validator';
import { IsCode, IsCountry, IsCurrency, IsExternalId, IsMoney, IsNote, IsPlainText, IsQuantity, IsSku, IsTruth } from './fields';
import { IsInstant } from './instant';
import { Nested, NestedList, OptionalNested } from './parts';
import { RequestPipe } from './request-pipe';

class PlaceDto {
  @IsCountry()
  country!: string;

  @IsOptional()
  @IsPlainText(20)
  city?: string;
}

class LineDto {
  @IsSku()
  sku!: string;

  @IsQuantity()
  quantity!: number;
}

class ParcelDto {
  @IsOptional()
  @IsExternalId()
  number?: string;

  @IsOptional()
  @IsCode()
  location?: string;

  @IsOptional()
  @IsPlainText(10, { each: true })
  street?: string[];

  @IsOptional()
  @IsNote(20)
  note?: string;

  @IsOptional()
  @IsMoney()
  cost?: number;

  @IsOptional()
  @IsCurrency()
  currency?: string;

  @IsOptional()
  @IsCurrency({ each: true })
  accepted?: string[];

  @IsOptional()
  @IsTruth()
  fragile?: boolean;

  @IsOptional()
  @IsInstant()
  packedAt?: string;

  @Nested(() => PlaceDto)
  to!: PlaceDto;

  @OptionalNested(() => PlaceDto)
  from?: PlaceDto;

  @NestedList(() => LineDto, { max: 3 })
  lines!: LineDto[];
}

const taken = async (input: object): Promise<object> =>
  (await new RequestPipe().transform(input, { type: 'body', metatype: ParcelDto })) as object;

const faults = (input: object): Promise<readonly string[]> =>
  taken(input).then(
    () => [],
    ({ errors }: { readonly errors: readonly FieldError[] }) => errors.map(({ field, code }) => `${field} ${code}`),
  );

const right = { to: { country: 'GB' }, lines: [{ sku: 'MUG', quantity: 1 }] };

describe('what comes in', () => {
  it('is kept in one spelling: trimmed, letters composed', async () =>
    expect(
      await taken({
        ...right,
        number: ' #1001/2 A ',
        street: [' 1 High St', ' '],
        note: 'a\n b ',
        lines: [{ sku: ' P10-CAFE\u0301', quantity: 3_000_000_000 }],
      }),
    ).toMatchObject({ number: '#1001/2 A', street: ['1 High St'], note: 'a\n b', lines: [{ sku: 'P10-CAFÉ', quantity: 3_000_000_000 }] }));

  it.each([
    ['2026-11-23T10:00:00+23:27', '2026-11-22T10:33:00.000Z'],
    ['2026-11-23T10:00:00.1234567-05:00', '2026-11-23T15:00:00.123Z'],
    ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000Z'],
  ])('is a time, %s, kept in UTC', async (packedAt, kept) => expect(await taken({ ...right, packedAt })).toMatchObject({ packedAt: kept }));

  it.each([
    ['true', true],
    ['false', false],
    [true, true],
  ])('is a yes or no, %p, kept as one', async (fragile, kept) =>
    expect(await taken({ ...right, fragile })).toMatchObject({ fragile: kept }),
  );

  it('is free text that says nothing, which is as good as absent, but no number that says nothing', async () => {
    expect(await taken({ ...right, note: ' ', from: { country: 'XK', city: '' } })).toMatchObject({ from: { country: 'XK' } });
    expect(await faults({ ...right, number: ' ' })).toEqual(['number REQUIRED']);
  });

  it.each<[string, object, readonly string[]]>([
    ['a part is missing', { lines: right.lines }, ['to REQUIRED']],
    ['a part is null', { ...right, to: null }, ['to REQUIRED']],
    ['a part is a list', { ...right, to: [] }, ['to NOT_AN_OBJECT']],
    ['a part is a text', { ...right, to: 'GB' }, ['to NOT_AN_OBJECT']],
    ['an optional part is a list', { ...right, from: [{ country: 'GB' }] }, ['from NOT_AN_OBJECT']],
    ['a part lacks a field', { ...right, to: {} }, ['to.country REQUIRED']],
    ['a list is missing', { to: right.to }, ['lines REQUIRED']],
    ['a list is empty', { ...right, lines: [] }, ['lines TOO_FEW']],
    ['a list is too long', { ...right, lines: Array.from({ length: 4 }, () => right.lines[0]) }, ['lines TOO_MANY']],
    ['an item is null', { ...right, lines: [null] }, ['lines[0] REQUIRED']],
    ['an item is a list', { ...right, lines: [[]] }, ['lines NOT_AN_OBJECT']],
    ['a SKU is too long', { ...right, lines: [{ sku: 'x'.repeat(129), quantity: 1 }] }, ['lines[0].sku TOO_LONG']],
    ['a SKU is no text', { ...right, lines: [{ sku: 7, quantity: 1 }] }, ['lines[0].sku IS_STRING']],
    ['a quantity is a text', { ...right, lines: [{ sku: 'x', quantity: '2' }] }, ['lines[0].quantity QUANTITY_INVALID']],
    ['a quantity is a fraction', { ...right, lines: [{ sku: 'x', quantity: 1.5 }] }, ['lines[0].quantity QUANTITY_INVALID']],
    ['an amount is below zero', { ...right, cost: -1 }, ['cost AMOUNT_INVALID']],
    ['a text holds a control character', { ...right, street: ['a', 'b\u0007'] }, ['street CHARACTER_REFUSED']],
    ['a text holds half a character', { ...right, note: 'a\ud800' }, ['note CHARACTER_REFUSED']],
    ['a code has a blank', { ...right, location: 'LDN 1' }, ['location CODE_INVALID']],
    ['a country has another code', { ...right, to: { country: 'UK' } }, ['to.country COUNTRY_UNKNOWN']],
    ['a currency is written small', { ...right, currency: 'gbp' }, ['currency CURRENCY_UNKNOWN']],
    ['a currency is nobody’s', { ...right, currency: 'ABC' }, ['currency CURRENCY_UNKNOWN']],
    ['one of some currencies is nobody’s', { ...right, accepted: ['JPY', 'ABC'] }, ['accepted CURRENCY_UNKNOWN']],
    ['a yes or no is another word', { ...right, fragile: 'yes' }, ['fragile IS_IN']],
    ['a yes or no is a number', { ...right, fragile: 1 }, ['fragile IS_IN']],
    ['a time is of 1970', { ...right, packedAt: '1970-01-01T00:00:00Z' }, ['packedAt TIME_FAR_OFF']],
    ['a time is years ahead', { ...right, packedAt: '2999-01-01T00:00:00Z' }, ['packedAt TIME_FAR_OFF']],
    ['a time has no zone', { ...right, packedAt: '2026-11-24T09:00:00' }, ['packedAt IS_INSTANT']],
  ])('is refused by its field, with one code, when %s', async (_, input, told) => expect(await faults(input)).toEqual(told));

  it('says what to do', async () => {
    await expect(taken({ ...right, to: { country: 'gb' } })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: 'to.country: must be an ISO 3166-1 alpha-2 code in capitals, such as GB',
    });
    await expect(taken({ ...right, number: 'x'.repeat(201) })).rejects.toMatchObject({
      message: 'number: must be at most 200 characters long',
    });
  });
});
