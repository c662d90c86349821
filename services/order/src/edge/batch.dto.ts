import { IsExternalId, IsIdentifier, ListOf } from '@cartage/service-kit';
import { ApiProperty } from '@nestjs/swagger';
import { ChannelOrderDto } from './orders.dto';

export const MOST_ORDERS = 100;

/** One of many orders of a channel. */
export class BatchOrderDto extends ChannelOrderDto {
  @ApiProperty({ example: 'MX-1001', description: 'The channel’s own number: the order’s own key, however often the batch is sent.' })
  @IsExternalId()
  externalOrderId!: string;
}

export class OrderBatchDto {
  /** Each is looked at by itself, for card data too: one that is wrong does not keep the others out. */
  @ApiProperty({ type: [BatchOrderDto], minItems: 1, maxItems: MOST_ORDERS })
  @ListOf({ max: MOST_ORDERS })
  @IsIdentifier()
  orders!: unknown[];
}
