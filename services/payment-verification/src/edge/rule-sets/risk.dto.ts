import { IsQuantity, NestedList, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
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
