import { IsCode, PageQuery } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';

/** Lists of what carriers do at locations. */
export class CarrierPlaceQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'simulated' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ description: 'Location code.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}
