import {
  asUsual,
  CellFormatsDto,
  IsCode,
  IsColumns,
  IsInstant,
  IsMeanings,
  IsMoney,
  IsNamedTexts,
  IsNote,
  IsPlainText,
  ListOf,
  Nested,
  PageQuery,
  usualFormats,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, IsOptional, IsUUID, Max, Min, ValidateBy } from 'class-validator';
import { findingStatuses, type FindingStatus } from '../../domain/carrier-invoices/bill-events';
import { findingKinds, type FindingKind } from '../../domain/carrier-invoices/findings';
import { chargeKinds, type ChargeKind } from '../../domain/carrier-invoices/invoice-line';
import {
  invoiceFields,
  weightUnits,
  type Amounts,
  type CarrierTerms,
  type InvoiceField,
  type InvoiceMapping,
  type WeightUnit,
} from '../../domain/carrier-invoices/terms';

const texts = { type: 'object', additionalProperties: { type: 'string', maxLength: 2000 } } as const;
const amounts = { type: 'object', additionalProperties: { type: 'integer', minimum: 0 }, example: { EUR: 50 } } as const;

const isAmounts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([code, amount]) => /^[A-Z]{3}$/.test(code) && Number.isSafeInteger(amount) && Number(amount) >= 0);

const IsAmounts = (): PropertyDecorator =>
  ValidateBy({
    name: 'amountsInvalid',
    validator: {
      validate: isAmounts,
      defaultMessage: () => 'must be an object of currencies (ISO 4217), each with an amount in minor units, such as {"EUR": 50}',
    },
  });

export class InvoiceMappingDto extends CellFormatsDto {
  @ApiProperty({
    ...texts,
    example: { invoice: 'Invoice No', trackingNumber: 'AWB', weight: 'Chargeable Kg', amount: 'Net', billedOn: 'Date' },
    description: `Which column holds which of ${invoiceFields.join(', ')}.`,
  })
  @IsNamedTexts()
  @IsColumns(invoiceFields)
  readonly columns!: Partial<Readonly<Record<InvoiceField, string>>>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', enum: [...chargeKinds] },
    example: { Freight: 'carriage', VAT: 'tax' },
    description: 'What the words in the column `charge` mean; another word is a surcharge, and no word is carriage.',
  })
  @IsOptional()
  @IsMeanings(chargeKinds)
  readonly charges?: Readonly<Record<string, ChargeKind>>;

  @ApiPropertyOptional({
    ...texts,
    example: { 'Fuel Surcharge': 'fuel' },
    description: 'Columns of the same row that are charges of their own, and what each is called.',
  })
  @IsOptional()
  @IsNamedTexts()
  readonly surcharges?: Readonly<Record<string, string>>;

  @ApiPropertyOptional({ enum: weightUnits, default: 'kg' })
  @IsOptional()
  @IsIn(weightUnits)
  readonly weightUnit?: WeightUnit;
}

export class CarrierTermsDto {
  @Nested(() => InvoiceMappingDto)
  readonly mapping!: InvoiceMappingDto;

  @ApiPropertyOptional({ ...texts, example: { 'EXPRESS 12:00': 'express' }, description: 'Which of its services are which of ours.' })
  @IsOptional()
  @IsNamedTexts()
  readonly services?: Readonly<Record<string, string>>;

  @ApiPropertyOptional({ type: [String], example: ['fuel'], description: 'Surcharges that the price of a label includes.' })
  @IsOptional()
  @ListOf({ min: 0, max: 200 })
  @IsPlainText(200, { each: true })
  readonly included?: readonly string[];

  @ApiPropertyOptional({
    minimum: 0,
    maximum: 100_000,
    default: 0,
    description: 'So much more than packed is let pass: carriers round up.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  readonly weightToleranceGrams?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 100_000, example: 5_000, description: 'Cubic centimetres that are charged as a kilogram.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly volumetricDivisor?: number;

  @ApiPropertyOptional({ ...amounts, description: 'A difference up to this is let pass: minor units, by currency.' })
  @IsOptional()
  @IsAmounts()
  readonly tolerances?: Amounts;

  @ApiPropertyOptional({ minimum: 0, maximum: 100, default: 0, description: 'Or up to so much of the label’s price, in percent.' })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(100)
  readonly tolerancePercent?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 365, default: 45, description: 'What was handed over is to be billed in so many days.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  readonly missingDays?: number;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Labels of parcels that were handed over before are not missed; when the carrier was registered, if absent.',
  })
  @IsOptional()
  @IsInstant()
  readonly since?: string;

  @ApiPropertyOptional({ ...amounts, description: 'More than so much in open findings raises an alert: minor units, by currency.' })
  @IsOptional()
  @IsAmounts()
  readonly alertOver?: Amounts;
}

const usualMapping: InvoiceMapping = { ...usualFormats, columns: {}, charges: {}, surcharges: {}, weightUnit: 'kg' };
const usualTerms: Omit<CarrierTerms, 'carrier' | 'mapping' | 'since'> = {
  ...{ services: {}, included: [], weightToleranceGrams: 0, tolerances: {}, tolerancePercent: 0, missingDays: 45, alertOver: {} },
};

/** What is not said is as usual. */
export const termsOf = (
  carrier: string,
  { mapping, since, ...terms }: CarrierTermsDto,
): Omit<CarrierTerms, 'since'> & { readonly since?: string } => ({
  ...asUsual(usualTerms, terms),
  ...{ carrier, mapping: asUsual(usualMapping, mapping) },
  ...(since === undefined ? {} : { since }),
});

export class InvoiceUploadQuery {
  @ApiProperty({ example: 'dhl', description: 'Whose invoices they are: a carrier of which it was said how its invoices are read.' })
  @IsCode()
  readonly carrier!: string;
}

export class InvoicesQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'dhl' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;
}

class FindingFilterDto extends PageQuery {
  @ApiPropertyOptional({ example: 'dhl' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ enum: findingKinds })
  @IsOptional()
  @IsIn(findingKinds)
  readonly kind?: FindingKind;

  @ApiPropertyOptional({ enum: findingStatuses })
  @IsOptional()
  @IsIn(findingStatuses)
  readonly status?: FindingStatus;

  @ApiPropertyOptional({ format: 'uuid', description: 'Those of one invoice.' })
  @IsOptional()
  @IsUUID()
  readonly invoiceId?: string;
}

export class FindingsQuery extends FindingFilterDto {}

export class FindingReasonDto {
  @ApiProperty({ example: 'weighed-again', description: 'Why: a stable code.' })
  @IsCode()
  readonly reasonCode!: string;

  @ApiPropertyOptional({ maxLength: 1_000, description: 'In words. Kept for ever: nothing personal.' })
  @IsOptional()
  @IsNote(1_000)
  readonly detail?: string;
}

export class FindingCreditDto {
  @ApiProperty({ minimum: 1, description: 'What the carrier gives back in all, minor units: at most what the finding is about.' })
  @IsMoney({ least: 1 })
  readonly amount!: number;
}
