import { ANY_TIME, IsCode, IsInstant, IsPlainText, IsQuantity, IsSku } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { StatedCost } from '../../app/costing/stock-values';
import { AnalysisQuery } from '../analysis/analysis.dto';
import { CostDto, MAX_QUANTITY } from '../stock.dto';
import { reasonBy } from '../supply/purchase-orders.dto';

export class UnitCostDto extends CostDto {
  @ApiPropertyOptional({ minimum: 1, default: 1, description: 'So many units cost the amount, together: 100, where one costs 12.5 pence.' })
  @IsOptional()
  @IsQuantity({ most: MAX_QUANTITY })
  readonly per?: number;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Only what is there; absent: wherever it is.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ example: 'opening-cost', default: 'cost-stated' })
  @IsOptional()
  @IsCode()
  readonly reason?: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;
}

/** A line of a file of costs. */
export class UnitCostLineDto extends UnitCostDto {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;
}

export class StockValuesQueryDto extends AnalysisQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'What was there at this instant; absent: now.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly asOf?: string;
}

export class StockValueTotalsQuery {
  @ApiPropertyOptional({ example: 'LDN-1' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'What was there at this instant; absent: now.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly asOf?: string;
}

export class ValueMovementsQueryDto {
  @ApiPropertyOptional({ example: '85123A' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ example: 'LDN-1' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Absent: 28 days before `to`.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'The first instant that does not count any more; absent: now.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;
}

export const statedCostOf = (
  sku: string,
  { amount, currency, per = 1, location, reason = 'cost-stated', detail }: UnitCostDto,
  actor: string,
): StatedCost => ({
  ...{ sku, amount, currency, per, reason: reasonBy(actor, reason, detail) },
  ...(location === undefined ? {} : { location }),
});
