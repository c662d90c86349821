import { IsCode, IsExternalId, IsInstant, IsNote, Nested, OptionalNested } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { longest } from '../../../domain/placement';
import { ChannelOrderDto } from '../../orders.dto';

const payments = ['good', 'pending', 'void'] as const;
const parties = ['customer', 'channel'] as const;

class CancelledAtChannelDto {
  @ApiProperty()
  @IsCode()
  readonly code!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsNote(longest.instructions)
  readonly detail?: string;

  @ApiPropertyOptional({ enum: parties })
  @IsOptional()
  @IsIn(parties)
  readonly by?: (typeof parties)[number];
}

/** How an order stands at a channel: the whole of it, each time. Docs: connect-a-channel. */
export class OrderMessageDto {
  /** What the message is about, if it says so. */
  @ApiPropertyOptional({ enum: ['order'] })
  @IsOptional()
  @IsIn(['order'])
  readonly type?: 'order';

  @ApiProperty()
  @IsExternalId()
  readonly externalOrderId!: string;

  /** By the channel's clock: what it said earlier is passed over. */
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  readonly changedAt!: string;

  @ApiPropertyOptional({ enum: payments })
  @IsOptional()
  @IsIn(payments)
  readonly payment?: (typeof payments)[number];

  @OptionalNested(() => CancelledAtChannelDto)
  readonly cancelled?: CancelledAtChannelDto;

  @Nested(() => ChannelOrderDto)
  readonly order!: ChannelOrderDto;
}
