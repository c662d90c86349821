import {
  IsCountry,
  IsCurrency,
  IsNote,
  IsPlainText,
  IsQuantity,
  ListOf,
  Nested,
  NestedList,
  OptionalNested,
  OptionalNestedList,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsNotEmpty, IsOptional, Matches, Max, Min, ValidateBy } from 'class-validator';
import { AmountDto, amounts } from './amount.dto';
import { LearnedRiskDto, RiskChangeDto, RiskDto } from './risk.dto';

const isWeights = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((weight) => Number.isInteger(weight) && weight >= 0 && weight <= 100);

/** What rules weigh, by name. */
const IsWeights = (): PropertyDecorator =>
  ValidateBy({
    name: 'weightsInvalid',
    validator: { validate: isWeights, defaultMessage: () => 'must be an object of rule names, each with a whole number from 0 to 100' },
  });

const IsServedCountry = (): PropertyDecorator =>
  Matches(/^(\*|[A-Z]{2})$/, { each: true, message: 'must be ISO 3166-1 alpha-2 codes in capitals, or *' });
const IsArea = (each = false): PropertyDecorator =>
  Matches(/^[A-Za-z]{2}-[0-9A-Za-z -]{1,12}\*?$/, { each, message: 'must be <country>-<postal area>, such as IN-110001 or GB-SW*' });

const MANY = { min: 0, max: 10_000 };

export class AreaLimitDto {
  @ApiProperty({ example: 'IN-40*', description: '<country>-<postal area>; with * at its end every area that begins so.' })
  @IsArea()
  readonly area!: string;

  @NestedList(() => AmountDto, amounts)
  readonly limit!: readonly AmountDto[];
}

export class CodChangeDto {
  @OptionalNestedList(() => AmountDto, amounts, {
    description: 'The highest amount at the door. Other currencies follow from the first by worth.',
  })
  readonly limit?: readonly AmountDto[];

  @ApiPropertyOptional({ type: [String], example: ['IN', 'AE'], description: 'Countries with cash on delivery; * is every country.' })
  @IsOptional()
  @ListOf(MANY)
  @IsServedCountry()
  readonly countries?: readonly string[];

  @ApiPropertyOptional({ type: [String], example: ['IN-110001'], description: 'Postal areas without cash on delivery.' })
  @IsOptional()
  @ListOf(MANY)
  @IsArea(true)
  readonly excludedAreas?: readonly string[];

  @OptionalNestedList(() => AreaLimitDto, MANY, { description: 'Lower limits for postal areas.' })
  readonly areaLimits?: readonly AreaLimitDto[];

  @ApiPropertyOptional({ type: [String], example: ['customer-7'], description: 'Customers who have to pay in another way.' })
  @IsOptional()
  @ListOf(MANY)
  @IsPlainText(200, { each: true })
  readonly excludedCustomers?: readonly string[];
}

export class CodDto {
  @NestedList(() => AmountDto, amounts, { description: 'The highest amount at the door. Other currencies follow from the first by worth.' })
  readonly limit!: readonly AmountDto[];

  @ApiProperty({ type: [String], example: ['*'], description: 'Countries with cash on delivery; * is every country.' })
  @ListOf(MANY)
  @IsServedCountry()
  readonly countries!: readonly string[];

  @ApiProperty({ type: [String], example: ['IN-110001'], description: 'Postal areas without cash on delivery.' })
  @ListOf(MANY)
  @IsArea(true)
  readonly excludedAreas!: readonly string[];

  @NestedList(() => AreaLimitDto, MANY, { description: 'Lower limits for postal areas.' })
  readonly areaLimits!: readonly AreaLimitDto[];

  @ApiProperty({ type: [String], example: [], description: 'Customers who have to pay in another way.' })
  @ListOf(MANY)
  @IsPlainText(200, { each: true })
  readonly excludedCustomers!: readonly string[];
}

const weights = {
  example: { 'high-value': 40 },
  type: 'object',
  additionalProperties: { type: 'integer', minimum: 0, maximum: 100 },
} as const;

export class MeasuresChangeDto {
  @ApiPropertyOptional({ minimum: 1, maximum: 100 })
  @IsOptional()
  @IsQuantity({ most: 100 })
  readonly reviewFrom?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 100 })
  @IsOptional()
  @IsQuantity({ most: 101 })
  readonly rejectFrom?: number;

  @ApiPropertyOptional(weights)
  @IsOptional()
  @IsWeights()
  readonly weights?: Readonly<Record<string, number>>;

  @OptionalNestedList(() => AmountDto, amounts)
  readonly highValue?: readonly AmountDto[];

  @ApiPropertyOptional()
  @IsOptional()
  @IsQuantity()
  readonly bulkUnits?: number;

  @ApiPropertyOptional()
  @IsOptional()
  @IsQuantity({ most: 100 })
  readonly velocityOrders?: number;

  @OptionalNested(() => CodChangeDto)
  readonly cod?: CodChangeDto;

  @OptionalNested(() => RiskChangeDto)
  readonly risk?: RiskChangeDto;
}

export class ExceptionDto {
  @ApiPropertyOptional({ type: [String], example: ['IN'], description: 'Orders that go to one of these countries.' })
  @IsOptional()
  @ListOf(MANY)
  @IsCountry({ each: true })
  readonly countries?: readonly string[];

  @ApiPropertyOptional({ type: [String], example: ['INR'], description: 'Orders in one of these currencies.' })
  @IsOptional()
  @ListOf(MANY)
  @IsCurrency({ each: true })
  readonly currencies?: readonly string[];

  @Nested(() => MeasuresChangeDto, { description: 'What is otherwise for them.' })
  readonly change!: MeasuresChangeDto;
}

export class RulesDto {
  @ApiProperty({ description: 'From this score on a person decides.' })
  @IsQuantity({ most: 100 })
  readonly reviewFrom!: number;

  @ApiProperty({ description: 'From this score on an order is rejected; 101: never by its score alone.' })
  @IsQuantity({ most: 101 })
  readonly rejectFrom!: number;

  @ApiProperty({ ...weights, description: 'What a rule weighs; one that is not named weighs what it does by itself.' })
  @IsWeights()
  readonly weights!: Readonly<Record<string, number>>;

  @NestedList(() => AmountDto, amounts, { description: 'Totals of high value. Other currencies follow from the first by worth.' })
  readonly highValue!: readonly AmountDto[];

  @ApiProperty({ description: 'So many units of one SKU are unusual.' })
  @IsQuantity()
  readonly bulkUnits!: number;

  @ApiProperty({ description: 'So many orders of one customer within an hour, by our clock, are unusual.' })
  @IsQuantity({ most: 100 })
  readonly velocityOrders!: number;

  @Nested(() => CodDto, { description: 'Cash on delivery.' })
  readonly cod!: CodDto;

  @Nested(() => RiskDto, { description: 'What is made of a risk provider’s score.' })
  readonly risk!: RiskDto;

  @NestedList(
    () => ExceptionDto,
    { min: 0, max: 500 },
    { description: 'What is otherwise by country and currency; later ones go before earlier ones.' },
  )
  readonly exceptions!: readonly ExceptionDto[];

  @ApiProperty({ description: 'After so many minutes an order that waits for a person is escalated.' })
  @IsQuantity({ most: 525_600 })
  readonly reviewWithinMinutes!: number;

  @ApiProperty({
    minimum: 0,
    maximum: 1_000,
    description:
      'A person who accepted an order is not asked again when an edit makes it dearer by so many percent at most, unless a rule speaks that was silent before.',
  })
  @IsInt()
  @Min(0)
  @Max(1_000)
  readonly reviewAgainPercent!: number;

  @OptionalNested(() => LearnedRiskDto, { description: 'What is made of what was learned of orders; absent: it only stands in verdicts.' })
  readonly learned?: LearnedRiskDto;
}

const whyKept = { example: 'Fewer false alarms in India.', description: 'Why. Kept for ever: no names, numbers or addresses.' };

export class WhyDto {
  @ApiProperty(whyKept)
  @IsNote(2_000)
  @IsNotEmpty()
  readonly note!: string;
}

export class DraftDto extends WhyDto {
  @Nested(() => RulesDto)
  readonly rules!: RulesDto;
}
