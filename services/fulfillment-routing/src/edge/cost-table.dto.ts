import { IsCode, IsCurrency, IsMoney, IsPlainText, IsQuantity, ListOf, NestedList, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNumber, IsOptional, Matches, Max, Min } from 'class-validator';
import { InOrder, IsNamed, isUnits } from './named-values';

const MANY = { min: 1, max: 1_000 };
const TONNE = 1_000_000;
const amounts = { type: 'object' as const, additionalProperties: { type: 'integer', minimum: 0 } };
const NAMED = 'a whole number of minor units';

export class WeightStepDto {
  @IsQuantity({ most: TONNE })
  readonly upToGrams!: number;

  @IsMoney()
  readonly amount!: number;
}

export class CarriageRateDto {
  @ApiPropertyOptional({ example: 'islands', description: 'How decisions name it.' })
  @IsOptional()
  @IsPlainText(40)
  readonly zone?: string;

  @ApiPropertyOptional({ type: [String], description: 'Only from these: location codes or kinds.' })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly from?: readonly string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['GB-BT', 'IE'],
    description: 'Only to these: countries, or a country and how its postal area begins.',
  })
  @IsOptional()
  @ListOf(MANY)
  @Matches(/^[A-Z]{2}(-[0-9A-Za-z][0-9A-Za-z -]{0,9})?$/, {
    each: true,
    message: '$property must hold countries, such as GB, or a country and how its postal area begins, such as GB-BT',
  })
  readonly to?: readonly string[];

  @ApiPropertyOptional({ minimum: 0, maximum: 50_000, description: 'Only so far; never where the distance is not known.' })
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(50_000)
  readonly upToKm?: number;

  @ApiProperty({ description: 'Whatever it weighs.' })
  @IsMoney()
  readonly amount!: number;

  @ApiPropertyOptional({ description: 'More for each started kilogram.' })
  @IsOptional()
  @IsMoney()
  readonly perKg?: number;

  @OptionalNestedList(
    () => WeightStepDto,
    { min: 1, max: 100 },
    {
      description: 'More by weight, the lightest first; what weighs more than the last one counts as several parcels.',
    },
  )
  @InOrder('upToGrams')
  readonly steps?: readonly WeightStepDto[];

  @ApiPropertyOptional({ description: 'It never costs less.' })
  @IsOptional()
  @IsMoney()
  readonly least?: number;
}

export class CostTableDto {
  @IsCurrency()
  readonly currency!: string;

  @IsQuantity({ most: 1_000_000_000 })
  readonly halfCost!: number;

  @ApiProperty({ ...amounts, description: 'Of one fulfilment, by location code or kind.' })
  @IsNamed(isUnits, NAMED)
  readonly handling!: Readonly<Record<string, number>>;

  @ApiPropertyOptional({ ...amounts, description: 'More for each line of it.' })
  @IsOptional()
  @IsNamed(isUnits, NAMED)
  readonly handlingPerLine?: Readonly<Record<string, number>>;

  @ApiPropertyOptional({ ...amounts, description: 'More for each unit of it.' })
  @IsOptional()
  @IsNamed(isUnits, NAMED)
  readonly handlingPerUnit?: Readonly<Record<string, number>>;

  @NestedList(
    () => CarriageRateDto,
    { min: 1, max: 500 },
    {
      description: 'Carriage: the first of which all that is said is true holds, else the last.',
    },
  )
  readonly rates!: readonly CarriageRateDto[];

  @ApiPropertyOptional({ description: 'What a unit counts as whose weight nobody knows.', default: 1_000 })
  @IsOptional()
  @IsQuantity({ most: TONNE })
  readonly defaultGrams?: number;
}
