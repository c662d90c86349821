import {
  ANY_TIME,
  IsCode,
  IsInstant,
  IsNote,
  IsPlainText,
  IsQuantity,
  IsSku,
  IsTruth,
  ListOf,
  OptionalNestedList,
  PageQuery,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { learnedInForks, type LearnedInFork } from '../../domain/fork-terms';

const SOME = { min: 0, max: 1_000 };
const UNITS = 1_000_000;

export class ForkCapacityDto {
  @ApiProperty({ description: 'Location code.' })
  @IsCode()
  readonly location!: string;

  @ApiPropertyOptional({ description: 'Fulfilments that it can take on each of its days; absent: no limit.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: UNITS })
  readonly perDay?: number;
}

export class ForkStockDto {
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ description: 'Location code.' })
  @IsCode()
  readonly location!: string;

  @ApiProperty({ minimum: -UNITS, maximum: UNITS, description: 'So many more than there were; fewer where it is below nothing.' })
  @IsInt()
  @Min(-UNITS)
  @Max(UNITS)
  readonly units!: number;
}

export class ForkDto {
  @ApiProperty({ description: 'What was recorded before this stands as it is.' })
  @IsInstant(ANY_TIME)
  readonly from!: string;

  @ApiPropertyOptional({ description: 'Played forward until then; absent: until now.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({
    example: '2',
    description: 'A version of the routing rules, in force or not; absent: each order by those that it was routed by.',
  })
  @IsOptional()
  @IsPlainText(20)
  readonly rules?: string;

  @ApiPropertyOptional({
    enum: learnedInForks,
    isArray: true,
    description:
      'Of what is learned this alone decides, found in the fork from what had come by then; `[]`: nothing does. `rules` with `cost` and `sourcing` must be named. Absent: as the rules have it.',
  })
  @IsOptional()
  @ListOf({ min: 0, max: learnedInForks.length })
  @IsIn(learnedInForks, { each: true })
  readonly learned?: readonly LearnedInFork[];

  @OptionalNestedList(() => ForkCapacityDto, SOME)
  readonly capacity?: readonly ForkCapacityDto[];

  @OptionalNestedList(() => ForkStockDto, SOME, { description: 'Units that are on a shelf from the beginning.' })
  readonly stock?: readonly ForkStockDto[];

  @ApiPropertyOptional({ type: [String], description: 'Codes of locations that take work, though they were not active.' })
  @IsOptional()
  @ListOf(SOME)
  @IsCode({ each: true })
  readonly opened?: readonly string[];

  @ApiPropertyOptional({ type: [String], description: 'Codes of locations that take none.' })
  @IsOptional()
  @ListOf(SOME)
  @IsCode({ each: true })
  readonly closed?: readonly string[];

  @ApiPropertyOptional({
    minimum: 1,
    maximum: 1_440,
    description:
      'Asks also what would have been the cheapest, had the first decisions of so many minutes been made together; `rules` with a table of costs must be named.',
  })
  @IsOptional()
  @IsQuantity({ most: 1_440 })
  readonly hindsightMinutes?: number;

  @ApiPropertyOptional({ example: 'A second warehouse in the north.', description: 'What for.' })
  @IsOptional()
  @IsNote(2_000)
  readonly note?: string;
}

export class ForkOrdersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only those that are otherwise in the fork.' })
  @IsOptional()
  @IsTruth()
  readonly changed?: boolean;
}
