import { IsCode, IsCountry, IsCurrency, IsNote, IsQuantity, ListOf, Nested, NestedList, OptionalNested } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayUnique, IsBoolean, IsIn, IsNotEmpty, IsNumber, IsOptional, Max, Min } from 'class-validator';
import type { LearnedPolicy } from '../../domain/learned-choice';
import { choiceOrders, type ChoiceOrder } from '../../domain/rates';
import { CarrierBlockDto, Listed, MOST_GRAMS } from './block.dto';

const CARRIERS = { min: 1, max: 50 };
const SOME = { min: 0, max: 500 };

const IsWeight = (): PropertyDecorator => {
  const about = ApiProperty({ minimum: 0, maximum: 1_000 });
  return (target, key) => [about, IsNumber({ maxDecimalPlaces: 6 }), Min(0), Max(1_000)].forEach((rule) => rule(target, key));
};

export class ChoiceWeightsDto {
  @IsWeight()
  readonly cost!: number;
  @IsWeight()
  readonly speed!: number;
  @IsWeight()
  readonly preference!: number;
  @IsWeight()
  readonly performance!: number;
}

const MOST_COST = 100_000_000;

export class LearnedPolicyDto implements LearnedPolicy {
  @ApiProperty({ description: 'Whether it decides; otherwise it is only recorded beside what does, to be compared.' })
  @IsBoolean()
  readonly decides!: boolean;

  @ApiProperty({ example: 'GBP', description: 'Of the two costs; offers that are compared in another one are not looked at.' })
  @IsCurrency()
  readonly currency!: string;

  @ApiProperty({ example: 200, description: 'What a day of lateness costs you, minor units.' })
  @IsQuantity({ least: 0, most: MOST_COST })
  readonly lateDayCost!: number;

  @ApiProperty({ example: 5_000, description: 'What a shipment costs you that is lost or comes back, minor units.' })
  @IsQuantity({ least: 0, most: MOST_COST })
  readonly lostCost!: number;

  @ApiProperty({ example: 2, description: 'So many of a hundred choices are left to chance, so that no service is forgotten.' })
  @IsQuantity({ least: 0, most: 50 })
  readonly floorPercent!: number;

  @ApiProperty({
    example: 5,
    description: 'By so many percent it may be expected to cost more than the choice of the policy alone, in sum.',
  })
  @IsQuantity({ least: 0, most: 100 })
  readonly boundPercent!: number;
}

const beside = { description: 'What is learned of carriers, beside what counts first; absent: it is not looked at.' };
const first = { enum: choiceOrders, description: 'What counts first between offers; ties are broken by the other measures.' };
const whom = {
  type: 'string' as const,
  isArray: true as const,
  minItems: CARRIERS.min,
  maxItems: CARRIERS.max,
  description: 'Whom labels are bought from, the preferred one first.',
};
const counting = { description: 'By how much each measure counts, where they are weighed.' };

export class ChoiceChangeDto {
  @ApiPropertyOptional(first)
  @IsOptional()
  @IsIn(choiceOrders)
  readonly by?: ChoiceOrder;

  @ApiPropertyOptional(whom)
  @IsOptional()
  @ListOf(CARRIERS)
  @ArrayUnique()
  @IsCode({ each: true })
  readonly carriers?: readonly string[];

  @OptionalNested(() => ChoiceWeightsDto, counting)
  readonly weights?: ChoiceWeightsDto;

  @OptionalNested(() => LearnedPolicyDto, {
    description: 'As above, for them. An exception that changes `by` without it is decided by that alone.',
  })
  readonly learned?: LearnedPolicyDto;
}

export class PolicyExceptionDto {
  @Listed('Where it was sold.')
  @IsCode({ each: true })
  readonly channels?: readonly string[];

  @Listed('As it was sold, such as `ship`; `return` for what comes back.')
  @IsCode({ each: true })
  readonly methods?: readonly string[];

  @Listed('As it was sold, such as `expedited`.')
  @IsCode({ each: true })
  readonly priorities?: readonly string[];

  @Listed('Of the destination, ISO 3166-1 alpha-2.')
  @IsCountry({ each: true })
  readonly countries?: readonly string[];

  @ApiPropertyOptional({ description: 'One of its parcels is heavier.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: MOST_GRAMS })
  readonly overGrams?: number;

  @ApiPropertyOptional({ description: 'None of its parcels is heavier.' })
  @IsOptional()
  @IsQuantity({ most: MOST_GRAMS })
  readonly upToGrams?: number;

  @Nested(() => ChoiceChangeDto, { description: 'What is otherwise for them.' })
  readonly change!: ChoiceChangeDto;
}

export class CarrierPolicyDto {
  @ApiProperty(first)
  @IsIn(choiceOrders)
  readonly by!: ChoiceOrder;

  @ApiProperty(whom)
  @ListOf(CARRIERS)
  @ArrayUnique()
  @IsCode({ each: true })
  readonly carriers!: readonly string[];

  @Nested(() => ChoiceWeightsDto, counting)
  readonly weights!: ChoiceWeightsDto;

  @OptionalNested(() => LearnedPolicyDto, beside)
  readonly learned?: LearnedPolicyDto;

  @NestedList(() => PolicyExceptionDto, SOME, { description: 'What is otherwise for some; later ones go before earlier ones.' })
  readonly exceptions!: readonly PolicyExceptionDto[];

  @NestedList(() => CarrierBlockDto, SOME, { description: 'What must not go with whom: each applies where all that it names is so.' })
  readonly blocks!: readonly CarrierBlockDto[];
}

const whyKept = { example: 'Vans for heavy parcels.', description: 'Why. Kept for ever: no names, numbers or addresses.' };

export class CarrierPolicyWhyDto {
  @ApiProperty(whyKept)
  @IsNote(2_000)
  @IsNotEmpty()
  readonly note!: string;
}

export class CarrierPolicyDraftDto extends CarrierPolicyWhyDto {
  @Nested(() => CarrierPolicyDto)
  readonly rules!: CarrierPolicyDto;
}
