import { IsCode, IsInstant, IsQuantity, IsSku, NestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

const MOST_SHIPMENTS = 500;
const MOST_BINS = 5_000;

export class WaveDto {
  @ApiProperty({ example: 'LDN', description: 'Location code.' })
  @IsCode()
  readonly location!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Only what is to be handed over until then: the next cut-off.' })
  @IsOptional()
  @IsInstant()
  readonly shipBefore?: string;

  @ApiPropertyOptional({ example: 'expedited' })
  @IsOptional()
  @IsCode()
  readonly priority?: string;

  @ApiPropertyOptional({ example: 'express', description: 'The delivery service that was sold.' })
  @IsOptional()
  @IsCode()
  readonly service?: string;

  @ApiPropertyOptional({ minimum: 1, description: 'Only shipments of so many units at most, such as 1.' })
  @IsOptional()
  @IsQuantity()
  readonly unitsEach?: number;

  @ApiPropertyOptional({
    minimum: 1,
    maximum: MOST_SHIPMENTS,
    default: 20,
    description: 'How many shipments at most: as many as a cart has totes.',
  })
  @IsOptional()
  @IsQuantity({ most: MOST_SHIPMENTS })
  readonly shipments?: number;

  @ApiPropertyOptional({ example: 'picker-7', description: 'Who picks it: a code, no name.' })
  @IsOptional()
  @IsCode()
  readonly picker?: string;
}

export class WaveAssignmentDto {
  @ApiProperty({ example: 'picker-7', description: 'Who picks it: a code, no name.' })
  @IsCode()
  readonly picker!: string;
}

export class WaveScanDto {
  @ApiProperty({ minimum: 1, description: 'The tote, as the pick list counts them.' })
  @IsQuantity()
  readonly tote!: number;

  @ApiProperty({ example: 'MUG' })
  @IsSku()
  readonly sku!: string;

  @ApiPropertyOptional({ minimum: 0, description: 'Units that were found now; 1 if neither this nor `short` is given.' })
  @IsOptional()
  @IsQuantity({ least: 0 })
  readonly quantity?: number;

  @ApiPropertyOptional({ minimum: 0, default: 0, description: 'Units that are not there.' })
  @IsOptional()
  @IsQuantity({ least: 0 })
  readonly short?: number;

  @ApiPropertyOptional({ example: 'not-found', description: 'Why they are short: a code of your own vocabulary.' })
  @IsOptional()
  @IsCode()
  readonly reason?: string;
}

export class WaveQueryDto extends PageQuery {
  @ApiPropertyOptional({ description: 'Location code.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ enum: ['open', 'closed'] })
  @IsOptional()
  @IsIn(['open', 'closed'])
  readonly status?: string;
}

export class BinDto {
  @ApiProperty({ example: 'MUG' })
  @IsSku()
  readonly sku!: string;

  @ApiPropertyOptional({ example: 'A-01-3', description: 'Where pickers find it; absent: nowhere in particular.' })
  @IsOptional()
  @IsCode()
  readonly bin?: string;
}

export class BinsDto {
  @NestedList(() => BinDto, { max: MOST_BINS }, { description: 'Those that are named; others stay where they are.' })
  readonly bins!: readonly BinDto[];
}

export class BinPath {
  @ApiProperty({ example: 'LDN', description: 'Location code.' })
  @IsCode()
  readonly location!: string;
}
