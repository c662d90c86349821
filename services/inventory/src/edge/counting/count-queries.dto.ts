import { IsCode, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { CountLineStatus } from '../../domain/counting/count-sheet';

const SHEETS = ['open', 'closed', 'expired', 'cancelled'];

export class CountSheetsQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'LDN-1' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ enum: SHEETS })
  @IsOptional()
  @IsIn(SHEETS)
  readonly status?: string;
}

const LINES: readonly CountLineStatus[] = ['open', 'recount', 'approval', 'booked', 'missed'];

export class CountLinesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: LINES })
  @IsOptional()
  @IsIn(LINES)
  readonly status?: CountLineStatus;
}
