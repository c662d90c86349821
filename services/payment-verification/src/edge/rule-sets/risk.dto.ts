import { IsCurrency, IsQuantity, NestedList, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { AmountDto } from './amount.dto';

const none = { min: 0, max: 200 };
const away = {
  description: 'Orders below this amount go on without a score while the risk provider is away. Empty: a person looks at each.',
};

export class RiskDto {
  @ApiProperty({ minimum: 1, maximum: 100, description: 'From this score of the risk provider on an order is doubtful.' })
  @IsQuantity({ most: 100 })
  readonly doubtfulFrom!: number;

  @ApiProperty({ minimum: 1, maximum: 101, description: 'From this score of the risk provider on its risk is high; 101: never.' })
  @IsQuantity({ most: 101 })
  readonly highFrom!: number;

  @NestedList(() => AmountDto, none, away)
  readonly acceptAwayBelow!: readonly AmountDto[];
}

export class RiskChangeDto {
  @ApiPropertyOptional({ minimum: 1, maximum: 100 })
  @IsOptional()
  @IsQuantity({ most: 100 })
  readonly doubtfulFrom?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 101 })
  @IsOptional()
  @IsQuantity({ most: 101 })
  readonly highFrom?: number;

  @OptionalNestedList(() => AmountDto, none, away)
  readonly acceptAwayBelow?: readonly AmountDto[];
}

const MOST_COST = 1_000_000_000;

export class LearnedRiskDto {
  @ApiProperty({
    enum: ['never', 'review', 'decline'],
    description:
      '`never`: what was learned only stands in verdicts, in shadow. `review`: a person looks at most. `decline`: it may decline.',
  })
  @IsIn(['never', 'review', 'decline'])
  readonly acts!: 'never' | 'review' | 'decline';

  @ApiProperty({ example: 'GBP', description: 'Of the two costs; orders in others are taken for what they are worth in it.' })
  @IsCurrency()
  readonly currency!: string;

  @ApiProperty({ minimum: 0, maximum: 100, description: 'Of the total of an order that goes wrong, so many percent are lost.' })
  @IsInt()
  @Min(0)
  @Max(100)
  readonly lossPercent!: number;

  @ApiProperty({ minimum: 0, maximum: MOST_COST, description: 'What it costs besides, such as the fee of a chargeback; minor units.' })
  @IsInt()
  @Min(0)
  @Max(MOST_COST)
  readonly fee!: number;

  @ApiProperty({
    minimum: 0,
    maximum: 100,
    description: 'Of the total of a good order, so many percent are not earned where it is declined.',
  })
  @IsInt()
  @Min(0)
  @Max(100)
  readonly marginPercent!: number;

  @ApiProperty({ minimum: 0, maximum: MOST_COST, description: 'What it costs that a person looks at an order; minor units.' })
  @IsInt()
  @Min(0)
  @Max(MOST_COST)
  readonly reviewCost!: number;
}
