import { AsNumber, IsCode, IsCountry, IsCurrency, IsDay, IsIdentifier, IsPlainText, IsSku } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { questions } from '../../domain/questions/catalogue';
import { filters, groupsOf, measuresOf, type Filter } from '../../domain/questions/question';

/** What narrows an answer. Which of these a question knows, GET /reporting/questions says. */
class NarrowingQuery {
  @ApiPropertyOptional({ format: 'date', description: 'From this UTC day on. A month counts if a day of it is in the range.' })
  @IsOptional()
  @IsDay()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Until this UTC day, which is in it.' })
  @IsOptional()
  @IsDay()
  readonly to?: string;

  @ApiPropertyOptional({ description: 'Code of the channel.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ description: 'ISO 3166-1 alpha-2.' })
  @IsOptional()
  @IsCountry()
  readonly country?: string;

  @ApiPropertyOptional({ description: 'ISO 4217.' })
  @IsOptional()
  @IsCurrency()
  readonly currency?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ description: 'Code of the location.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ description: 'Name of the carrier.' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ description: 'The delivery service, as the carrier names it.' })
  @IsOptional()
  @IsPlainText(100)
  @IsIdentifier()
  readonly service?: string;

  @ApiPropertyOptional({ description: 'Code of the reason.' })
  @IsOptional()
  @IsCode()
  readonly reason?: string;
}

class PagedQuery extends NarrowingQuery {
  @ApiPropertyOptional({ description: '`next` of the page before; absent for the first page.' })
  @IsOptional()
  @IsPlainText(2_000)
  @IsIdentifier()
  readonly cursor?: string;
}

export const ROWS = { most: 200, usual: 50 } as const;
export const FILE_ROWS = { most: 20_000, usual: 10_000 } as const;

export class AnswerQuery extends PagedQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: ROWS.most, default: ROWS.usual, description: 'At most this many rows.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(ROWS.most)
  readonly limit?: number;
}

export class AnswerFileQuery extends PagedQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: FILE_ROWS.most, default: FILE_ROWS.usual, description: 'At most this many rows.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(FILE_ROWS.most)
  readonly limit?: number;
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted();
const measures = distinct(questions.flatMap(measuresOf));
const groups = distinct(questions.flatMap(groupsOf));

export class FiguresQuery extends NarrowingQuery {
  @ApiProperty({ enum: measures, description: 'The column that is added up; `measures` of the question says which can be.' })
  @IsIn(measures)
  readonly measure!: string;

  @ApiPropertyOptional({
    enum: groups,
    description: 'The column by which it is told apart; `groups` of the question says which can be. Absent: by none.',
  })
  @IsOptional()
  @IsIn(groups)
  readonly by?: string;
}

/** Columns and what they have to be. */
export const whereOf = (query: NarrowingQuery): Readonly<Partial<Record<Filter, string>>> =>
  Object.fromEntries(filters.flatMap((filter) => (query[filter] === undefined ? [] : [[filter, query[filter]]])));
