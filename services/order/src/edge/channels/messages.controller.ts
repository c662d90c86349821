import { integer, list, nullable, object, oneOf, text, time, uuid } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  CommandMeta,
  KeepRawBody,
  limitOf,
  NoPreview,
  type Page,
  pageAnswer,
  pageOf,
  PageQuery,
  Public,
  RawBody,
  readCursor,
  RequestMeta,
} from '@cartage/service-kit';
import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { messageStatuses, type ChannelMessage } from '../../app/channels/channel-message';
import type { ChannelMessages } from '../../app/channels/channel-messages';
import type { ChannelPost } from '../../app/channels/connector';
import { ChannelPath } from '../order-queries.dto';
import { ChannelMessagePath, MessagesQueryDto, ResubmitMessageDto } from './messages.dto';

export const CHANNEL_MESSAGES = Symbol('messages of channels');

/** An order of some thousand lines, as channels write them. */
const BODY_LIMIT = 8 * 1024 * 1024;

const message = answerOf<ChannelMessage>()(
  'ChannelMessage',
  object({
    channel: text(),
    messageId: text('The channel’s own number of the message.'),
    topic: text('What it is about, in the channel’s words.'),
    status: oneOf(
      messageStatuses,
      '`taken`: the order is as it says; `parked`: the order is kept aside at `/channels/:channel/parked`; `waiting`: for the channel’s next word, or for what it speaks of; `ignored`: nothing is to be done; `refused`: mend it and send it again.',
    ),
    detail: text('What became of it, for people.'),
    code: nullable(text('The refusal’s stable code.')),
    faults: list(
      object({ field: text('By the channel’s own names, or by ours.'), code: text(), message: text() }),
      'What is wrong with it.',
    ),
    externalOrderId: nullable(text('The channel’s own number of the order.')),
    orderId: nullable(uuid()),
    tries: integer('How often it was looked at.'),
    receivedAt: time('When it came first.'),
  }),
);
const messages = pageAnswer(message);

@ApiTags('channels')
@Controller('channels')
export class ChannelMessagesController {
  constructor(@Inject(CHANNEL_MESSAGES) private readonly inbox: ChannelMessages) {}

  @Post(':channel/webhooks')
  @Public('signed')
  @HttpCode(200)
  @KeepRawBody({ atMost: BODY_LIMIT })
  @ApiOperation({
    summary: 'What a connected channel tells of its orders, in its own form and signed by it: twice, late, and in any order',
    description:
      'Each message of an order brings the order to where the channel says it is: placed, changed, sent elsewhere, cancelled. One that cannot be taken is answered with 200, too: it waits at `/channels/:channel/messages` with what is wrong with it.',
  })
  @ApiBody({ schema: { type: 'object', additionalProperties: true } })
  @Answers(200, message, {
    refuses: { unproven: ['SIGNATURE_INVALID'], unknown: ['CHANNEL_UNKNOWN'], invalid: ['MESSAGE_INVALID'] },
  })
  receive(
    @Param() { channel }: ChannelPath,
    @Headers() headers: ChannelPost['headers'],
    @RawBody() rawBody: Uint8Array,
    @RequestMeta() meta: Meta,
  ): Promise<ChannelMessage> {
    return this.inbox.receive(channel, { headers, rawBody }, meta);
  }

  @Get('refused-messages')
  @ApiOperation({
    summary: 'Messages of all connected channels that were refused, oldest first: each is to be mended and sent again, or dropped.',
  })
  @Answers(200, messages)
  async refused(@Query() query: PageQuery): Promise<Page<ChannelMessage>> {
    const rows = await this.inbox.refused({ limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'text', 'text') });
    return pageOf(rows, query, ({ receivedAt, channel, messageId }) => [receivedAt, channel, messageId]);
  }

  @Get(':channel/messages')
  @ApiOperation({ summary: 'Messages of a connected channel and what became of each, oldest first' })
  @Answers(200, messages)
  async list(@Param() { channel }: ChannelPath, @Query() { status, ...query }: MessagesQueryDto): Promise<Page<ChannelMessage>> {
    const rows = await this.inbox.list({ channel, status, limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'text') });
    return pageOf(rows, query, ({ receivedAt, messageId }) => [receivedAt, messageId]);
  }

  @Post(':channel/messages/:messageId/resubmit')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Takes a refused message again, once its cause was mended; or mended, as it should have been' })
  @Answers(200, message, { refuses: { unknown: ['MESSAGE_UNKNOWN', 'CHANNEL_UNKNOWN', 'PERSONAL_ERASED'] } })
  resubmit(
    @Param() { channel, messageId }: ChannelMessagePath,
    @Body() { payload }: ResubmitMessageDto,
    @CommandMeta() meta: Meta,
  ): Promise<ChannelMessage> {
    return this.inbox.resubmit({ channel, messageId }, payload, meta);
  }

  @Delete(':channel/messages/:messageId')
  @NoPreview()
  @ApiOperation({ summary: 'A person has dealt with a refused message by other means. That it came, and who dropped it, is remembered.' })
  @Answers(200, message, { refuses: { unknown: ['MESSAGE_UNKNOWN'] } })
  drop(@Param() { channel, messageId }: ChannelMessagePath, @RequestMeta() meta: Meta): Promise<ChannelMessage> {
    return this.inbox.drop({ channel, messageId }, meta);
  }
}
