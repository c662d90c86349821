import {
  barcodeKind,
  codeKind,
  identifierOf,
  isCountry,
  isCurrency,
  limits,
  lineOf,
  linesOf,
  normalised,
  scanKind,
  textFault,
  type TextFault,
  type TextKind,
} from '@cartage/contracts';
import { isPosition } from '@cartage/eventsourcing';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, ValidateBy } from 'class-validator';
import { Trait } from './traits';

export interface EachOption {
  /** The field is a list, and each of its items is such a value. */
  readonly each?: boolean;
}

/** Free text that says nothing is as good as absent; an id that says nothing is a mistake of its sender. */
interface Handling {
  readonly blankIsAbsent: boolean;
}

const spelt = (value: unknown, { blankIsAbsent }: Handling): unknown => {
  if (typeof value !== 'string') return Array.isArray(value) ? speltList(value, blankIsAbsent) : value;
  const text = normalised(value);
  return text === '' && blankIsAbsent ? undefined : text;
};

const speltList = (list: readonly unknown[], blankIsAbsent: boolean): readonly unknown[] => {
  const texts = list.map((item) => (typeof item === 'string' ? normalised(item) : item));
  return blankIsAbsent ? texts.filter((text) => text !== '') : texts;
};

const Spelt = (handling: Handling): PropertyDecorator => Trait({ spelling: (value) => spelt(value, handling) });

/** Names of the rules below, by the code that their refusals have; the pipe translates them back. */
const ruleOf: Readonly<Record<TextFault['code'], string>> = {
  REQUIRED: 'isNotEmpty',
  TOO_LONG: 'maxLength',
  CHARACTER_REFUSED: 'characterRefused',
  CODE_INVALID: 'codeInvalid',
};

/** One rule for each code, so that a refusal has exactly the one that holds. What is no text is another rule's to say. */
const Rule = (kind: TextKind, code: TextFault['code'], each: boolean): PropertyDecorator => {
  const faultOf = (value: unknown): TextFault | undefined => (typeof value === 'string' ? textFault(kind, value) : undefined);
  return ValidateBy(
    {
      name: ruleOf[code],
      validator: {
        validate: (value) => faultOf(value)?.code !== code,
        defaultMessage: (args) =>
          [args?.value]
            .flat()
            .map(faultOf)
            .find((fault) => fault?.code === code)?.message ?? 'is wrong',
      },
    },
    { each },
  );
};

const described = (kind: TextKind, each: boolean): PropertyDecorator =>
  each ? () => undefined : ApiProperty({ minLength: 1, maxLength: kind.longest });

const Text = (kind: TextKind, handling: Handling, { each = false }: EachOption): PropertyDecorator =>
  applyDecorators(
    described(kind, each),
    Spelt(handling),
    IsString({ each, message: each ? 'must be a list of texts' : 'must be a text' }),
    ...(Object.keys(ruleOf) as TextFault['code'][])
      .filter((code) => code !== 'CODE_INVALID' || kind.form)
      .map((code) => Rule(kind, code, each)),
  );

/** Marks a field as the name of a thing: no card number is looked for in it. The decorators below that name things do so themselves. */
export const IsIdentifier = (): PropertyDecorator => Trait({ isIdentifier: true });

const Identifier =
  (kind: TextKind) =>
  (options: EachOption = {}): PropertyDecorator =>
    applyDecorators(Text(kind, { blankIsAbsent: false }, options), IsIdentifier());

const FreeText =
  (kindOf: (most: number) => TextKind) =>
  (most: number, options: EachOption = {}): PropertyDecorator =>
    Text(kindOf(most), { blankIsAbsent: true }, options);

/** A stock keeping unit: 1 to 128 printable characters, trimmed, composed (NFC), case counts. */
export const IsSku = Identifier(identifierOf(limits.sku));

/** A number that another system gave, such as a channel's order number or a tracking number: 1 to 200 printable characters, trimmed, NFC. */
export const IsExternalId = Identifier(identifierOf(limits.externalId));

/** A line of an order: 1 to 100 printable characters, trimmed, NFC. */
export const IsLineId = Identifier(identifierOf(limits.lineId));

/** A code that the business gave: a location, a channel, a carrier, a reason. 1 to 64 letters, digits, dots, dashes, underscores. */
export const IsCode = Identifier(codeKind);

/** A code that is printed on goods: 1 to 48 printable characters of ASCII, trimmed. Whether it is a GTIN with its check digit, `barcodeFault` says. */
export const IsBarcode = Identifier(barcodeKind);

/** What a scanner typed: 1 to 200 printable characters of ASCII, and GS1's separators; trimmed. */
export const IsScan = Identifier(scanKind);

/** Any other id: printable characters, trimmed, NFC. */
export const IsId = (most: number, options?: EachOption): PropertyDecorator => Identifier(identifierOf(most))(options);

/** Free text on one line: trimmed, NFC; blank is absent. */
export const IsPlainText = FreeText(lineOf);

/** Free text that may have several lines: trimmed, NFC; blank is absent. */
export const IsNote = FreeText(linesOf);

const isDay = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false;
  const time = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
};

/** A date of this century that there is, without a time: whose day it is, the description says. */
export const IsDay = ({ each = false }: EachOption = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'dayInvalid',
      validator: { validate: isDay, defaultMessage: () => 'must be a date that there is, from 2000 on, such as 2026-12-25' },
    },
    { each },
  );

/** Where a log stands, as `Cartage-Position` answers it. What no log ever answered would be waited for in vain. */
export const IsPosition = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ pattern: '^\\d{16}$' }),
    Spelt({ blankIsAbsent: true }),
    IsIdentifier(),
    ValidateBy({
      name: 'positionInvalid',
      validator: {
        validate: (value) => typeof value === 'string' && isPosition(value),
        defaultMessage: () => 'must be the `Cartage-Position` of an answer, as it was told',
      },
    }),
  );

const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;

const Whole = (name: string, least: number, most: number): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: 'integer', minimum: least, maximum: most }),
    ValidateBy({
      name,
      validator: {
        validate: (value) => isWhole(value, least, most),
        defaultMessage: () => `must be a whole number from ${least} to ${most}`,
      },
    }),
  );

/** Whole numbers of something that is no money: units, grams, days. */
export const IsQuantity = ({
  least = 1,
  most = limits.quantity,
}: { readonly least?: number; readonly most?: number } = {}): PropertyDecorator => Whole('quantityInvalid', least, most);

/** Minor units of a currency. */
export const IsMoney = ({ least = 0 }: { readonly least?: number } = {}): PropertyDecorator => Whole('amountInvalid', least, limits.amount);

/** One of a list of codes that are the same for all services; a code is that many capitals. */
const Listed =
  (name: string, isListed: (code: string) => boolean, length: number, message: string) =>
  ({ each = false }: EachOption = {}): PropertyDecorator =>
    applyDecorators(
      each ? () => undefined : ApiProperty({ minLength: length, maxLength: length }),
      ValidateBy(
        { name, validator: { validate: (value) => typeof value === 'string' && isListed(value), defaultMessage: () => message } },
        { each },
      ),
    );

/** ISO 3166-1 alpha-2, and XK. */
export const IsCountry = Listed('countryUnknown', isCountry, 2, 'must be an ISO 3166-1 alpha-2 code in capitals, such as GB');

/** ISO 4217, a currency in use. */
export const IsCurrency = Listed('currencyUnknown', isCurrency, 3, 'must be an ISO 4217 code in capitals, such as GBP');

const isNamedTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([name, text]) => name.length <= 100 && typeof text === 'string' && text.length <= 2_000);

/** An object of free names, each with a text. */
export const IsNamedTexts = (): PropertyDecorator =>
  ValidateBy({
    name: 'isNamedTexts',
    validator: { validate: isNamedTexts, defaultMessage: () => 'must be an object whose values are texts of at most 2000 characters' },
  });

/** A number in a query, which knows texts only. What is no number stays a text, for a rule to refuse. */
export const AsNumber = (): PropertyDecorator =>
  Trait({ spelling: (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value) });

const truths: Readonly<Record<string, boolean>> = { true: true, false: false };

/** A yes or no in a query, which knows texts only: `true` or `false`. What is neither stays as it is, and is refused. */
export const IsTruth = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: 'boolean' }),
    Trait({ spelling: (value) => (typeof value === 'string' && Object.hasOwn(truths, value) ? truths[value] : value) }),
    IsIn(Object.values(truths), { message: 'must be true or false' }),
  );

/** A parameter of a query that may be given several times: given once, it is a list of one. */
export const AsList = (): PropertyDecorator =>
  Trait({ spelling: (value) => (Array.isArray(value) || value === undefined || value === null ? value : [value]) });
