import { ANY_TIME, IsInstant, IsPlainText, IsSku, IsTruth, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { outstandingKinds, type OutstandingKind } from '../app/reports';

export class OutstandingReturnsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: outstandingKinds })
  @IsOptional()
  @IsIn(outstandingKinds)
  readonly what?: OutstandingKind;

  @ApiPropertyOptional({ format: 'date-time', description: 'Only what is waited for since before then: what is late.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly before?: string;
}

export class SkuReturnsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Returns that were asked for, and deliveries, since then.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'And before then.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({ example: 'MUG' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;
}

export class ReturnRatesQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Deliveries since then; absent: a year before `to`.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'And before then; absent: 30 days ago, so that what comes back of them has come.',
  })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({ example: 'MUG' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ example: 'kitchen', description: 'Only of this category of the catalogue.' })
  @IsOptional()
  @IsPlainText(200)
  readonly category?: string;

  @ApiPropertyOptional({
    type: Boolean,
    description: 'Only those that come back unusually often or rarely, or for unusual reasons; or only the others.',
  })
  @IsOptional()
  @IsTruth()
  readonly unusual?: boolean;
}
