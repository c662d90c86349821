import { ANY_TIME, AsNumber, IsInstant } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class RoutingTrialQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Decided at or after this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Decided before this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 10_000, default: 1_000, description: 'At most so many decisions, the newest first.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly limit?: number = 1_000;
}
