import { IsExternalId, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional } from 'class-validator';
import { messageStatuses, type MessageStatus } from '../../app/channels/channel-message';
import { ChannelPath } from '../order-queries.dto';

export class MessagesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: messageStatuses })
  @IsOptional()
  @IsIn(messageStatuses)
  readonly status?: MessageStatus;
}

export class ChannelMessagePath extends ChannelPath {
  @ApiProperty({ example: 'orders.create.b54557e4', description: 'The channel’s own number of the message.' })
  @IsExternalId()
  readonly messageId!: string;
}

export class ResubmitMessageDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'The message as it should have been, whole, in the channel’s own form; without it, as it came.',
  })
  @IsOptional()
  @IsObject()
  readonly payload?: Record<string, unknown>;
}
