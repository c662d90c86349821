import { AsNumber, IsInstant, ANY_TIME } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class TrialQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Orders heard of at or after this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Orders heard of before this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly to?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 20_000, default: 2_000, description: 'At most so many orders, the newest first.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(20_000)
  readonly limit?: number = 2_000;
}
