import { IsCode, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { promiseDimensions, type PromiseDimension } from '../../app/promise-filter';
import type { Alarm } from '../../domain/promises';

const MONTH = /^2\d{3}-(0[1-9]|1[0-2])$/;

/** Which promises are spoken of. All that are given apply. */
class PromisesQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'web' })
  @IsOptional()
  @IsCode()
  channel?: string;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'What this location ships, or a part of it.' })
  @IsOptional()
  @IsCode()
  location?: string;

  @ApiPropertyOptional({ example: 'ship', description: 'How the goods get to the customer.' })
  @IsOptional()
  @IsCode()
  method?: string;
}

export class PromisesKeptQuery extends PromisesQuery {
  @ApiPropertyOptional({ enum: promiseDimensions, default: 'month', description: 'What each item of the answer is of.' })
  @IsOptional()
  @IsIn(promiseDimensions)
  by?: PromiseDimension = 'month';

  @ApiPropertyOptional({ example: '2026-11', description: 'In which the promise was due, UTC.' })
  @IsOptional()
  @Matches(MONTH, { message: 'must be a month such as 2026-11' })
  month?: string;
}

export const alarms = ['at-risk', 'missed'] as const satisfies readonly Alarm[];

export class LatePromisesQuery extends PromisesQuery {
  @ApiPropertyOptional({ enum: alarms, description: 'Will be missed unless somebody acts now, or was; absent: both.' })
  @IsOptional()
  @IsIn(alarms)
  alarm?: Alarm;
}
