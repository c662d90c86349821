import { limits } from '@cartage/contracts';
import { IsCode, IsInstant, IsQuantity, IsSku, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { stockCauses, type StockCause } from '../../../domain/channel-stock';

export class OfferedUnitsDto {
  @ApiProperty({ example: 'LANTERN' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ minimum: 0, description: 'Units that the channel offers.' })
  @IsQuantity({ least: 0, most: limits.quantity })
  readonly quantity!: number;

  @ApiPropertyOptional({
    example: 'LDN',
    description: 'Our code of the location that they are offered from; without it, over the network.',
  })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}

export class StockReportQueryDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'When it was so at the channel; without it, now.' })
  @IsOptional()
  @IsInstant()
  readonly asOf?: string;
}

export class StockDifferencesQueryDto extends PageQuery {
  @ApiPropertyOptional({ description: 'One SKU, whether or not anybody disagrees about it.' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ description: 'Only SKUs that this channel offers otherwise; all channels of them are shown.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ enum: stockCauses })
  @IsOptional()
  @IsIn(stockCauses)
  readonly cause?: StockCause;
}
