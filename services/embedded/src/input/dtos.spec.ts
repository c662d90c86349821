import { fieldsOf, validatorOf } from '@cartage/service-kit';
import type { Type } from '@nestjs/common';
import { assert, constantFrom, dictionary, oneof, property, record, string, type Arbitrary } from 'fast-check';
import { byClassValidator, everyDto } from './dtos.fixture';

const dtos = everyDto();
const named = dtos.map((dto) => [dto.name, dto] as const);

const compiled = (dto: Type, input: object): readonly string[] =>
  validatorOf(dto)(input)
    .faults.map(({ field, code }) => `${field} ${code}`)
    .sort();

const parts = dtos.flatMap((dto) =>
  fieldsOf(dto)
    .filter(({ part, isOptional }) => part && !isOptional)
    .map(({ name }) => [`${dto.name}.${name}`, dto, name] as const),
);

/** What is told to fields of all kinds: right for some of them, at the edge for others, and odd for all. */
const values: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  ' MX-1 ',
  'LDN-1',
  'web',
  'cafe\u0301',
  'a\nb',
  'a\u0007',
  'x'.repeat(65),
  'x'.repeat(129),
  'x'.repeat(2_001),
  'GB',
  'GBP',
  'card',
  'standard',
  'accept',
  'authorize',
  'restock',
  'A',
  'warehouse',
  'Europe/London',
  '08:00',
  '08319975-5cfd-54a8-bdd3-646664f619f5',
  '2026-11-23T10:00:00Z',
  '1970-01-01T00:00:00Z',
  '7',
  0,
  1,
  -1,
  1.5,
  3_000_000_000,
  1e21,
  true,
  [],
  ['a'],
  ['a', ' a ', 7],
  ['2026-12-25'],
  {},
  { a: 'b' },
];

/** A part of a part is left to the run of that part: it is a DTO, too. */
const arbitraryOf = (dto: Type, depth = 1): Arbitrary<Record<string, unknown>> =>
  record(
    Object.fromEntries(
      fieldsOf(dto).map(({ name, part }) => {
        const value: Arbitrary<unknown> = constantFrom(...values);
        if (!part || depth === 0) return [name, value];
        const object = arbitraryOf(part, depth - 1);
        return [
          name,
          oneof({ weight: 4, arbitrary: object }, { weight: 4, arbitrary: object.map((one) => [one]) }, { weight: 1, arbitrary: value }),
        ];
      }),
    ),
    { requiredKeys: [] },
  );

/** Names that no DTO has. class-validator takes what every object inherits for a known field; we do not. */
const stray = dictionary(
  string({ minLength: 1, maxLength: 3 }).map((name) => `x-${name}`),
  constantFrom<unknown>('a', 1, null),
  { maxKeys: 1 },
);

/** Each field often enough to be told most of the values above. */
const runsFor = (dto: Type): number => Math.min(150, 30 + 10 * fieldsOf(dto).length);

describe('every DTO of every service', () => {
  it('is found', () =>
    expect(dtos.map(({ name }) => name)).toEqual(expect.arrayContaining(['PlaceOrderDto', 'ReceiptDto', 'PackShipmentDto'])));

  it.each(parts)('refuses a request without %s by its name', (_, dto, name) => {
    expect(compiled(dto, {})).toContain(`${name} REQUIRED`);
    expect(compiled(dto, { [name]: null })).toContain(`${name} REQUIRED`);
  });

  it.each(named)('%s says the same as class-validator says of it: fields and codes', (_, dto) =>
    assert(
      property(arbitraryOf(dto), stray, (input, more) => {
        const told = { ...input, ...more };
        expect(compiled(dto, told)).toEqual(byClassValidator(dto, told));
      }),
      { numRuns: runsFor(dto) },
    ),
  );

  it.each(named)('%s knows no field by the names that every object has', (_, dto) => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const input = JSON.parse(`{${JSON.stringify(name)}: 1}`) as object;
      expect(compiled(dto, input)).toContain(`${name} UNKNOWN_FIELD`);
    }
  });
});
