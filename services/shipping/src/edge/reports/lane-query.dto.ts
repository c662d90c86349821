import { IsCode, IsCountry } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';

/** Which lanes a report is of. */
export class LaneQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ description: 'Location code.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ description: 'Of the destination.' })
  @IsOptional()
  @IsCountry()
  readonly country?: string;
}
