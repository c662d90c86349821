import { Refused } from '@cartage/eventsourcing';
import { IsCode, isInstant, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { StockInstant } from '../app/explanation';

const INSTANT = 'An ISO 8601 time, or a `Cartage-Position` of inventory: as it stood then.';
const example = '2026-11-23T10:00:00Z';

const message = 'It must be a position, such as 0000000000000042, or an ISO 8601 time with its offset, such as 2026-11-23T10:00:00Z.';

/** Positions compare as texts of one width; a person may leave the zeros out. */
export function stockInstantOf(value: string, field?: string): StockInstant;
export function stockInstantOf(value: string | undefined, field?: string): StockInstant | undefined;
export function stockInstantOf(value: string | undefined, field = 'asOf'): StockInstant | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,16}$/.test(value) && Number.isSafeInteger(Number(value))) return { position: value.padStart(16, '0') };
  if (isInstant(value)) return { time: new Date(value).toISOString() };
  throw new Refused('AS_OF_INVALID', `Query ${field}: ${message}`, 'invalid', [{ field, code: 'AS_OF_INVALID', message }]);
}

export class ExplanationQuery {
  @ApiPropertyOptional({ description: 'Only what is at this location; absent: over the network.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ description: INSTANT, example })
  @IsOptional()
  @IsString()
  readonly asOf?: string;
}

export class StockDiffQuery {
  @ApiPropertyOptional({ description: 'Only what is at this location; absent: over the network.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiProperty({ description: INSTANT, example })
  @IsString()
  readonly from!: string;

  @ApiPropertyOptional({ description: 'The same; absent: as it stands now.', example })
  @IsOptional()
  @IsString()
  readonly to?: string;
}

export class ClaimsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only what is of units at this location.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ description: INSTANT, example })
  @IsOptional()
  @IsString()
  readonly asOf?: string;
}

export class MovementsPageQuery extends ClaimsQuery {
  @ApiPropertyOptional({ description: `Only movements after it. ${INSTANT}`, example })
  @IsOptional()
  @IsString()
  readonly from?: string;
}
