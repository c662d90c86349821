import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';

const MONTH_HOURS = 31 * 24;

export class PayLinkDto {
  @ApiPropertyOptional({ example: 48, description: 'For how many hours a new link can be opened, at most a month; absent: as is set.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MONTH_HOURS)
  readonly hours?: number;

  @ApiPropertyOptional({ description: 'The customer is sent the link.' })
  @IsOptional()
  @IsBoolean()
  readonly send?: boolean;
}
