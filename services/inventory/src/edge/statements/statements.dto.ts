import {
  IsCode,
  IsCurrency,
  IsExternalId,
  IsInstant,
  IsPlainText,
  IsQuantity,
  IsSku,
  IsTruth,
  NestedList,
  PageQuery,
} from '@cartage/service-kit';
import { invalidField } from '@cartage/eventsourcing';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import type { StatementHead, StatementPlace } from '../../app/statements/statement';
import type { DifferenceStatus } from '../../domain/statements/difference';
import { MAX_QUANTITY } from '../stock.dto';

/** A system’s clock may be ahead of ours by so much. */
const CLOCKS_MS = 60_000;

export class StatedUnitsDto {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({
    minimum: 0,
    description: 'Units on hand there, also those that are promised and have not left; of a channel, those that it offers.',
  })
  @IsQuantity({ least: 0, most: MAX_QUANTITY })
  readonly quantity!: number;
}

class StatementHeadDto {
  @ApiProperty({ example: 'wms-1', description: 'The system that says so.' })
  @IsCode()
  readonly source!: string;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Either this or `channel`.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ example: 'web', description: 'Either this or `location`.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiProperty({ description: 'When it was so. The same source, place and instant are one statement.' })
  @IsInstant({ aheadMs: CLOCKS_MS })
  readonly asOf!: string;
}

export class StockStatementDto extends StatementHeadDto {
  @ApiPropertyOptional({ default: false, description: 'It names everything: of what it leaves out, there is none.' })
  @IsOptional()
  @IsBoolean()
  readonly whole?: boolean;

  @NestedList(() => StatedUnitsDto, { max: 5_000 }, { description: 'Of a SKU that is named twice the last stands.' })
  readonly lines!: StatedUnitsDto[];
}

export class StatementUploadQuery extends StatementHeadDto {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'It names everything: of what it leaves out, there is none.' })
  @IsOptional()
  @IsTruth()
  readonly whole?: boolean;
}

export class StatementPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly statementId!: string;
}

export class DifferencePath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly differenceId!: string;
}

export class StatementsQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'wms-1' })
  @IsOptional()
  @IsCode()
  readonly source?: string;

  @ApiPropertyOptional({ example: 'LDN-1' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ example: 'web' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;
}

const STATUSES: readonly DifferenceStatus[] = ['open', 'agreed', 'theirs', 'ours'];

export class DifferencesQueryDto extends StatementsQueryDto {
  @ApiPropertyOptional({ example: '85123A' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ example: 'issue-not-there-yet' })
  @IsOptional()
  @IsCode()
  readonly cause?: string;

  @ApiPropertyOptional({ enum: STATUSES, default: 'open' })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: DifferenceStatus;

  @ApiPropertyOptional({ example: 'GBP', description: 'Says what the units are worth, by the price lists in it.' })
  @IsOptional()
  @IsCurrency()
  readonly currency?: string;
}

export class DifferenceSettlementDto {
  @ApiProperty({
    enum: ['theirs', 'ours'],
    description: '`theirs`: the books are set so; `ours`: they stay, and the other system is wrong.',
  })
  @IsIn(['theirs', 'ours'])
  readonly accept!: 'theirs' | 'ours';

  @ApiProperty({ example: 'recounted', description: 'Why.' })
  @IsCode()
  readonly reason!: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;

  @ApiPropertyOptional({ example: 'manager-3', description: 'Who says so; absent: whoever sends it.' })
  @IsOptional()
  @IsExternalId()
  readonly by?: string;
}

export class CategoryPath {
  @ApiProperty({ example: 'kitchen', description: 'A category of items.' })
  @IsPlainText(200)
  readonly category!: string;
}

export class DriftToleranceDto {
  @ApiPropertyOptional({ minimum: 0, description: 'Units that may be different. Both absent: as for all other categories.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: MAX_QUANTITY })
  readonly units?: number;

  @ApiPropertyOptional({ minimum: 0, maximum: 100, description: 'Of what we have; the greater of the two holds.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: 100 })
  readonly percent?: number;
}

/** One of them, and no more. */
export const placeOf = ({ location, channel }: { readonly location?: string; readonly channel?: string }): StatementPlace => {
  if ((location === undefined) === (channel === undefined))
    throw invalidField('location', 'PLACE_INVALID', 'Say of a location or of a channel, and not of both.');
  return location === undefined ? { channel: channel ?? '' } : { location };
};

export const headOf = ({ source, asOf, whole = false, ...place }: Omit<StockStatementDto, 'lines'>): StatementHead => ({
  ...{ source, asOf, whole },
  ...placeOf(place),
});
