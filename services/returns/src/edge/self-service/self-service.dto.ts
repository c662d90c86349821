import { AsNumber, IsId, IsQuantity } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { pageLanguages } from '../../app/self-service/phrases';

const days = { most: 365 };
export const USUAL_DAYS = 30;

export class ReturnLinkDto {
  @ApiPropertyOptional({ example: 30, description: `For how many days it can be opened; ${USUAL_DAYS} if absent.` })
  @IsOptional()
  @IsQuantity(days)
  readonly days?: number;
}

export class ReturnPageQueryDto {
  @ApiPropertyOptional({
    example: 'de',
    description: `One of ${pageLanguages.join(', ')}, with or without a region; else what \`Accept-Language\` says.`,
  })
  @IsOptional()
  @IsId(35)
  readonly lang?: string;

  @ApiPropertyOptional({ example: 200, description: 'The first article that is shown, of an order of very many.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly from?: number;
}
