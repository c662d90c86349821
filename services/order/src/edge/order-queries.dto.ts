import {
  ANY_TIME,
  AsList,
  IsCode,
  IsExternalId,
  IsId,
  IsInstant,
  IsLineId,
  IsSku,
  IsTruth,
  ListOf,
  PageQuery,
  readCursor,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID } from 'class-validator';
import type { OrderFilter } from '../app/order-list';
import { longest } from '../domain/placement';
import { orderStatuses, type OrderStatus } from '../domain/state';

export class AsOfQuery {
  @ApiPropertyOptional({ description: 'A version, or an ISO 8601 time: the order as it stood then.', example: '2026-11-23T10:00:00Z' })
  @IsOptional()
  @IsString()
  asOf?: string;
}

export class ChannelPath {
  @ApiProperty({ example: 'marketplace-x' })
  @IsCode()
  channel!: string;
}

/** What names an order in its channel. */
export class ChannelOrderPath extends ChannelPath {
  @ApiProperty({ example: 'MX-1001', description: 'The channel’s own number.' })
  @IsExternalId()
  externalOrderId!: string;
}

export class TimelineQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only what concerns this line; what concerns the whole order concerns each line.' })
  @IsOptional()
  @IsLineId()
  lineId?: string;
}

/** All that are given apply. */
export class OrderListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: orderStatuses })
  @IsOptional()
  @IsIn(orderStatuses)
  status?: OrderStatus;

  @ApiPropertyOptional({ example: 'web' })
  @IsOptional()
  @IsCode()
  channel?: string;

  @ApiPropertyOptional({ description: 'Customer id.' })
  @IsOptional()
  @IsId(longest.customerId)
  customer?: string;

  @ApiPropertyOptional({ example: 'MX-1001', description: 'The channel’s own number; several channels may each have one of it.' })
  @IsOptional()
  @IsExternalId()
  externalOrderId?: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'These orders only. Give it again for each, up to 200.' })
  @IsOptional()
  @AsList()
  @ListOf({ max: 200 })
  @IsUUID('all', { each: true, message: 'must be the id of an order' })
  orderId?: string[];

  @ApiPropertyOptional({ description: 'Orders with a line of this SKU.' })
  @IsOptional()
  @IsSku()
  sku?: string;

  @ApiPropertyOptional({ example: 'stock-short', description: 'Orders that a hold of this type keeps from going on.' })
  @IsOptional()
  @IsCode()
  hold?: string;

  @ApiPropertyOptional({ example: 'expedited' })
  @IsOptional()
  @IsCode()
  priority?: string;

  @ApiPropertyOptional({
    description: 'Whether something is said to whoever packs it, or a line has attributes: made or treated otherwise than usual.',
  })
  @IsOptional()
  @IsTruth()
  special?: boolean;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Orders that this location ships, or a part of them.' })
  @IsOptional()
  @IsCode()
  location?: string;

  @ApiPropertyOptional({ description: 'Whether a date that the customer was promised was missed.' })
  @IsOptional()
  @IsTruth()
  late?: boolean;

  @ApiPropertyOptional({ description: 'Whether such a date will be missed unless somebody acts now.' })
  @IsOptional()
  @IsTruth()
  atRisk?: boolean;

  @ApiPropertyOptional({ format: 'date-time', description: 'Placed at or after.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  placedFrom?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Placed before.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  placedTo?: string;
}

export const afterOf = ({ cursor }: PageQuery): OrderFilter['after'] => {
  const place = readCursor(cursor, 'instant', 'uuid');
  return place && { placedAt: place[0], orderId: place[1] };
};
