import { limits } from '@cartage/contracts';
import { IsLineId, IsNote, IsSku, OptionalNestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { updateStatuses, type UpdateStatus } from '../../app/channels/channel-update';
import { stockStatuses, type StockStatus } from '../../app/channels/stock-shelf';
import { longest } from '../../domain/placement';
import { ChannelPath } from '../order-queries.dto';

export class ChannelUpdatesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: updateStatuses })
  @IsOptional()
  @IsIn(updateStatuses)
  readonly status?: UpdateStatus;
}

export class ChannelStockQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: stockStatuses })
  @IsOptional()
  @IsIn(stockStatuses)
  readonly status?: StockStatus;
}

export class ChannelUpdatePath extends ChannelPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly updateId!: string;
}

export class ChannelLineNameDto {
  @ApiProperty({ example: '2', description: 'The line as the order has it.' })
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ example: '866550311766439020', description: 'The same line as the channel knows it.' })
  @IsLineId()
  readonly channelLineId!: string;
}

export class ResubmitUpdateDto {
  @OptionalNestedList(
    () => ChannelLineNameDto,
    { max: limits.lines },
    { description: 'Lines that the channel knows by another name; without it, it is told as it was.' },
  )
  readonly lines?: readonly ChannelLineNameDto[];
}

export class DropUpdateDto {
  @ApiProperty({ example: 'Entered by hand.', description: 'For whoever asks later.' })
  @IsNote(longest.instructions)
  readonly reason!: string;
}

export class ResubmitStockDto {
  @ApiProperty({ example: 'LANTERN' })
  @IsSku()
  readonly sku!: string;
}
