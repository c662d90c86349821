import { IsSku, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { stockStatuses, type StockStatus } from '../../../app/channels/stock-shelf';

export class ChannelPricesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: stockStatuses })
  @IsOptional()
  @IsIn(stockStatuses)
  readonly status?: StockStatus;
}

export class ResubmitPriceDto {
  @ApiProperty({ example: 'LANTERN' })
  @IsSku()
  readonly sku!: string;
}
