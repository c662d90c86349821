import { IsCode, IsPlainText, IsQuantity, IsSku, IsTruth, OptionalNested, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import type { LearnedReorder } from '../../domain/watching/watch';

const MAX_UNITS = 100_000_000;

export class LearnedReorderDto implements LearnedReorder {
  @ApiProperty({ example: 95, description: 'In so many of a hundred cases there is to be enough until what is ordered is there.' })
  @IsQuantity({ least: 50, most: 99 })
  readonly serviceLevel!: number;

  @ApiProperty({ example: 7, description: 'Orders are placed every so many days.' })
  @IsQuantity({ most: 365 })
  readonly reviewDays!: number;

  @ApiProperty({ example: 14, description: 'Days from an order to its goods, until enough was received of the supplier.' })
  @IsQuantity({ least: 0, most: 730 })
  readonly leadDays!: number;

  @ApiPropertyOptional({ example: 'Harbour Ceramics', description: 'Whose purchase orders tell how long it takes.' })
  @IsOptional()
  @IsPlainText(200)
  readonly supplier?: string;

  @ApiPropertyOptional({ example: 24, description: 'Fewer are never ordered.' })
  @IsOptional()
  @IsQuantity({ most: MAX_UNITS })
  readonly minimumQuantity?: number;

  @ApiPropertyOptional({ example: 12, description: 'Only multiples of these are ordered.' })
  @IsOptional()
  @IsQuantity({ most: MAX_UNITS })
  readonly multipleOf?: number;

  @ApiProperty({ description: 'Whether suggestions go by what is learned; otherwise it is shown beside them.' })
  @IsBoolean()
  readonly decides!: boolean;
}

export class ReorderPointDto {
  @ApiPropertyOptional({
    minimum: 0,
    description: 'At so many units there and on order, or fewer, more is to be ordered. Both absent: it is watched no more.',
  })
  @IsOptional()
  @IsQuantity({ least: 0, most: MAX_UNITS })
  readonly reorderPoint?: number;

  @ApiPropertyOptional({ minimum: 1, description: 'Units that should be there, with what is on order.' })
  @IsOptional()
  @IsQuantity({ most: MAX_UNITS })
  readonly orderUpTo?: number;

  @OptionalNested(() => LearnedReorderDto, {
    description:
      'By what both numbers are learned; those that are said hold until they are, and while `decides` is false. Absent: nothing is.',
  })
  readonly learned?: LearnedReorderDto;
}

export class AlertThresholdDto {
  @ApiPropertyOptional({ example: 'web', description: 'What this channel can be promised; absent: over the network.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ minimum: 1, description: 'Fewer raise an alert; absent: none is raised.' })
  @IsOptional()
  @IsQuantity({ most: MAX_UNITS })
  readonly atpBelow?: number;
}

export class StockAlertsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'low', description: '`low`, `negative`, `reorder`, `drift`.' })
  @IsOptional()
  @IsCode()
  readonly kind?: string;

  @ApiPropertyOptional({ example: '85123A' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'Only those that stand, or that have ended; absent: both.' })
  @IsOptional()
  @IsTruth()
  readonly standing?: boolean;
}

export class ReorderSuggestionsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'LDN-1', description: 'Only for this location.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}
