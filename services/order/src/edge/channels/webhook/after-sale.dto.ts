import { limits } from '@cartage/contracts';
import {
  IsCode,
  IsCurrency,
  IsExternalId,
  IsInstant,
  IsLineId,
  IsMoney,
  IsQuantity,
  NestedList,
  OptionalNestedList,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { returnStandings, type ReturnStanding } from '../../../domain/after-sale';

const goods = ['cancelled', 'returned', 'kept'] as const;
const size = { max: limits.lines };

class RefundedAtChannelDto {
  @ApiProperty()
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsQuantity()
  readonly quantity!: number;

  /** They will not ship; they come back; the customer keeps them. */
  @ApiProperty({ enum: goods })
  @IsIn(goods)
  readonly goods!: (typeof goods)[number];
}

/** Money that a channel gave back of its own accord. Docs: connect-a-channel. */
export class RefundMessageDto {
  @ApiProperty({ enum: ['refund'] })
  @IsIn(['refund'])
  readonly type!: 'refund';

  @ApiProperty()
  @IsExternalId()
  readonly externalOrderId!: string;

  /** The channel’s own number: told again, it is the same refund. */
  @ApiProperty()
  @IsExternalId()
  readonly channelRefundId!: string;

  /** Minor units. */
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Minor units.' })
  @IsMoney({ least: 1 })
  readonly amount!: number;

  @ApiProperty()
  @IsCurrency()
  readonly currency!: string;

  @OptionalNestedList(() => RefundedAtChannelDto, size)
  readonly lines?: readonly RefundedAtChannelDto[];

  @ApiPropertyOptional()
  @IsOptional()
  @IsExternalId()
  readonly channelReturnId?: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  readonly refundedAt!: string;
}

class ReturnedAtChannelDto {
  @ApiProperty()
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  @IsQuantity()
  readonly quantity!: number;

  @ApiProperty()
  @IsCode()
  readonly reason!: string;
}

/** How a return stands at a channel. Docs: connect-a-channel. */
export class ReturnMessageDto {
  @ApiProperty({ enum: ['return'] })
  @IsIn(['return'])
  readonly type!: 'return';

  @ApiProperty()
  @IsExternalId()
  readonly externalOrderId!: string;

  @ApiProperty()
  @IsExternalId()
  readonly channelReturnId!: string;

  @ApiProperty({ enum: returnStandings })
  @IsIn(returnStandings)
  readonly standing!: ReturnStanding;

  /** By the channel’s clock. */
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  readonly changedAt!: string;

  @NestedList(() => ReturnedAtChannelDto, size)
  readonly lines!: readonly ReturnedAtChannelDto[];
}
