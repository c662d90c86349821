import { AsNumber, IsId, IsLineId, IsQuantity, publicLanguages } from '@cartage/service-kit';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { notices, type Notice } from '../../app/customer-page/phrases';

const days = { most: 365 };
export const USUAL_DAYS = 60;

export class OrderLinkDto {
  @ApiPropertyOptional({ example: 60, description: `For how many days it can be opened; ${USUAL_DAYS} if absent.` })
  @IsOptional()
  @IsQuantity(days)
  readonly days?: number;
}

/** What can be looked at beside the order itself. */
export const pageViews = ['cancel', 'address'] as const;
export type PageView = (typeof pageViews)[number];

export class OrderPageQueryDto {
  @ApiPropertyOptional({
    example: 'de',
    description: `One of ${publicLanguages.join(', ')}, with or without a region; else what \`Accept-Language\` says.`,
  })
  @IsOptional()
  @IsId(35)
  readonly lang?: string;

  @ApiPropertyOptional({ enum: pageViews, description: 'Without it the order.' })
  @IsOptional()
  @IsIn(pageViews)
  readonly view?: PageView;

  @ApiPropertyOptional({ example: '1', description: 'The ship group whose address it is; the first if absent.' })
  @IsOptional()
  @IsLineId()
  readonly group?: string;

  @ApiPropertyOptional({ enum: notices, description: 'What was done, to be said.' })
  @IsOptional()
  @IsIn(notices)
  readonly said?: Notice;

  @ApiPropertyOptional({ example: 200, description: 'The first line that is shown, of an order of very many.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly from?: number;
}
