import { IsCode, IsQuantity, IsSku, IsTruth, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';

const MAX_UNITS = 100_000_000;

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
