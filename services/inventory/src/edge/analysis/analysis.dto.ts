import { ANY_TIME, IsCode, IsInstant, IsQuantity, IsSku, AsNumber, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';

const DAY_MS = 86_400_000;

/** Which SKUs, and where. */
export class AnalysisQuery extends PageQuery {
  @ApiPropertyOptional({ example: '85123A' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ example: 'LDN-1' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}

export class TurnoverQuery extends AnalysisQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Absent: 28 days before `to`.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'The first instant that does not count any more; absent: now.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;
}

export class BestSellersQuery {
  @ApiPropertyOptional({ example: '85123A' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'What left there.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ example: 'web', description: 'Where it was sold.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Absent: 28 days before `to`.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'The first instant that does not count any more; absent: now.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 1_000, default: 50 })
  @IsOptional()
  @AsNumber()
  @IsQuantity({ most: 1_000 })
  readonly limit?: number;
}

/** Four weeks, unless it is said otherwise. */
export const periodOf = (
  { from, to }: { readonly from?: string; readonly to?: string },
  now: Date,
): { readonly from: string; readonly to: string } => {
  const end = to === undefined ? now : new Date(to);
  return { from: from ?? new Date(end.getTime() - 28 * DAY_MS).toISOString(), to: end.toISOString() };
};
