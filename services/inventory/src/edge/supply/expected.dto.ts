import { IsInstant } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';

const FIVE_YEARS_MS = 5 * 366 * 86_400_000;

/** Of goods that are to come. */
export class ExpectedDto {
  @ApiPropertyOptional({ description: 'When it can be sold there. Absent: nobody knows, and nothing is promised of it.' })
  @IsOptional()
  @IsInstant({ aheadMs: FIVE_YEARS_MS })
  readonly expectedAt?: string;
}
