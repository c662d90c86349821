import {
  IsCode,
  IsCountry,
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
import { IsIn, IsNotEmpty, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { stockEffects, type StockEffect } from '../domain/rules';
import { CostTableDto } from './cost-table.dto';
import { LookAheadDto } from './look-ahead.dto';
import { IsNamed } from './named-values';
import { PickupRuleDto } from './pickup-rule.dto';

const MANY = { min: 0, max: 1_000 };
const otherwise = ['rebroker', 'alert'] as const;

const IsShare =
  (most: number): PropertyDecorator =>
  (target, key) => {
    ApiProperty({ minimum: 0, maximum: most })(target, key);
    [IsNumber(), Min(0), Max(most)].forEach((rule) => rule(target, key));
  };

export class RoutingWeightsDto {
  @IsShare(1_000)
  readonly distance!: number;
  @IsShare(1_000)
  readonly coverage!: number;
  @IsShare(1_000)
  readonly headroom!: number;
  @IsShare(1_000)
  readonly split!: number;
  @IsShare(1_000)
  readonly cost!: number;
  @IsShare(1_000)
  readonly preference!: number;
}

export class AcceptanceRuleDto {
  @ApiProperty({ example: 'store', description: 'Kind of location.' })
  @IsCode()
  readonly kind!: string;

  @IsQuantity({ most: 43_200 })
  readonly withinMinutes!: number;

  @ApiProperty({ enum: otherwise })
  @IsIn(otherwise)
  readonly otherwise!: (typeof otherwise)[number];
}

export class LocationFilterDto {
  @ApiPropertyOptional({ type: [String], description: 'Only these kinds of location.' })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly kinds?: readonly string[];

  @ApiPropertyOptional({ type: [String], description: 'Codes of locations that are left out.' })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly except?: readonly string[];
}

const effects = { type: 'object' as const, additionalProperties: { type: 'string', enum: [...stockEffects] } };
const isEffect = (value: unknown): boolean => stockEffects.some((one) => one === value);

export class RuleChangeDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsQuantity({ most: 20 })
  readonly maxSplit?: number;

  @ApiPropertyOptional()
  @IsOptional()
  @IsQuantity({ most: 100 })
  readonly maxAttempts?: number;

  @ApiPropertyOptional()
  @IsOptional()
  @IsQuantity({ least: 0, most: 30 })
  readonly planAheadDays?: number;

  @OptionalNestedList(() => AcceptanceRuleDto, MANY)
  readonly acceptance?: readonly AcceptanceRuleDto[];

  @ApiPropertyOptional(effects)
  @IsOptional()
  @IsNamed(isEffect, 'keep, zero or minus')
  readonly rejections?: Readonly<Record<string, StockEffect>>;

  @OptionalNested(() => LocationFilterDto)
  readonly filter?: LocationFilterDto;

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly preference?: readonly string[];

  @OptionalNested(() => CostTableDto)
  readonly cost?: CostTableDto;

  @OptionalNested(() => LookAheadDto, { description: 'What units are worth to those who come later; absent: nobody looks ahead.' })
  readonly sourcing?: LookAheadDto;

  @OptionalNested(() => PickupRuleDto, { description: 'How long what customers fetch is kept for them.' })
  readonly pickup?: PickupRuleDto;

  @OptionalNested(() => RoutingWeightsDto)
  readonly weights?: RoutingWeightsDto;
}

export class RuleExceptionDto {
  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly channels?: readonly string[];

  @ApiPropertyOptional({ type: [String], description: '`ship`, `pickup`, `ship-to-store`.' })
  @IsOptional()
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly methods?: readonly string[];

  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @ListOf(MANY)
  @IsCountry({ each: true })
  readonly countries?: readonly string[];

  @ApiPropertyOptional({ type: [String], description: 'SKUs; with `*` at the end all that begin so.' })
  @IsOptional()
  @ListOf(MANY)
  @IsPlainText(129, { each: true })
  readonly skus?: readonly string[];

  @Nested(() => RuleChangeDto, { description: 'What is otherwise for them.' })
  readonly change!: RuleChangeDto;
}

export class RoutingRulesDto {
  @IsQuantity({ most: 20 })
  readonly maxSplit!: number;

  @IsQuantity({ most: 100 })
  readonly maxAttempts!: number;

  @IsQuantity({ least: 0, most: 30 })
  readonly planAheadDays!: number;

  @NestedList(() => AcceptanceRuleDto, MANY)
  readonly acceptance!: readonly AcceptanceRuleDto[];

  @ApiProperty(effects)
  @IsNamed(isEffect, 'keep, zero or minus')
  readonly rejections!: Readonly<Record<string, StockEffect>>;

  @Nested(() => LocationFilterDto)
  readonly filter!: LocationFilterDto;

  @ApiProperty({ type: [String], description: 'Location codes or kinds, the best first.' })
  @ListOf(MANY)
  @IsCode({ each: true })
  readonly preference!: readonly string[];

  @OptionalNested(() => CostTableDto)
  readonly cost?: CostTableDto;

  @OptionalNested(() => LookAheadDto, { description: 'What units are worth to those who come later; absent: nobody looks ahead.' })
  readonly sourcing?: LookAheadDto;

  @OptionalNested(() => PickupRuleDto, { description: 'How long what customers fetch is kept for them.' })
  readonly pickup?: PickupRuleDto;

  @Nested(() => RoutingWeightsDto)
  readonly weights!: RoutingWeightsDto;

  @IsQuantity({ most: 20_000 })
  readonly halfDistanceKm!: number;

  @IsShare(1)
  readonly unknownDistance!: number;

  @NestedList(() => RuleExceptionDto, { min: 0, max: 500 }, { description: 'Later ones go before earlier ones.' })
  readonly exceptions!: readonly RuleExceptionDto[];
}

const whyKept = { example: 'Less split in France.', description: 'Why. Kept for ever: no names, numbers or addresses.' };

export class RoutingWhyDto {
  @ApiProperty(whyKept)
  @IsNote(2_000)
  @IsNotEmpty()
  readonly note!: string;
}

export class RoutingDraftDto extends RoutingWhyDto {
  @Nested(() => RoutingRulesDto)
  readonly rules!: RoutingRulesDto;
}
