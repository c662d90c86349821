import { anything, integer, list, named, object, text, type JsonSchema } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  AsNumber,
  bytes,
  CommandMeta,
  recordsOf,
  Shared,
  TakesUpload,
  type Upload,
  Uploaded,
} from '@cartage/service-kit';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Inbox } from '../../app/channels/channel-messages';
import type { ChannelFeed } from '../../app/channels/feed';
import { takeFile, type FileTaken } from '../../app/channels/message-files';
import { ChannelPath } from '../order-queries.dto';
import { feedCsv, feedNdjson } from './feed/feed-files';
import { messageSchemas } from './message-schemas';
import { CHANNEL_MESSAGES } from './messages.controller';

export const CHANNEL_FEED = Symbol('feeds of channels');

const MOST = 1_000;

export class ChannelFeedQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 0, default: 0, description: 'The number of the last entry that was seen.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly after?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST, default: MOST })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(MOST)
  readonly limit?: number;
}

/** What is no text in a CSV file; lists stand in their cells as JSON. */
const cells = {
  'order.taxIncluded': 'truth',
  'order.total': 'number',
  'order.lines': 'json',
  'order.payments': 'json',
  'order.shipGroups': 'json',
  'order.raw': 'json',
  'order.shipTo.lines': 'json',
  'order.shipTo.latitude': 'number',
  'order.shipTo.longitude': 'number',
  'order.shipping.amount': 'number',
  'order.shipping.tax': 'number',
  'order.payment.amount': 'number',
  amount: 'number',
  lines: 'json',
} as const;

const taken = answerOf<FileTaken>()(
  'ChannelFileTaken',
  object({
    records: integer('Lines that were looked at.'),
    taken: integer('Orders are as these say.'),
    parked: integer(),
    waiting: integer('For the channel’s next word, or for what they speak of.'),
    ignored: integer('Nothing is to be done.'),
    refused: integer('They wait at `/channels/:channel/messages` with what is wrong with them.'),
    unreadable: list(object({ line: integer(), code: text('Stable.'), message: text() }), 'Lines that are no messages, the first hundred.'),
  }),
);

const schemas = answerOf<JsonSchema>()('ChannelMessageSchemas', named(anything('A keyword of JSON Schema 2020-12.')));

@ApiTags('channels')
@Controller('channels')
export class ChannelExchangeController {
  constructor(
    @Inject(CHANNEL_MESSAGES) private readonly inbox: Pick<Inbox, 'receiveRecord' | 'requireFiles'>,
    @Inject(CHANNEL_FEED) private readonly feed: ChannelFeed,
  ) {}

  @Get('message-schemas')
  @Shared()
  @ApiOperation({ summary: 'JSON Schema of every message that a channel of our own form sends (`$defs/in`) and is told (`$defs/out`)' })
  @Answers(200, schemas)
  schemas(): JsonSchema {
    return messageSchemas();
  }

  @Post(':channel/messages')
  @HttpCode(200)
  @TakesUpload(
    'Messages of our own form, one a line (NDJSON) or one a row (CSV; lists as JSON in their cells), each with a `messageId` of its own.',
  )
  @ApiOperation({
    summary: 'Take the messages of a file: orders, edits, cancellations, refunds, returns',
    description:
      'As if each had been posted by the channel. One that is wrong keeps no other out; a file that comes again changes nothing.',
  })
  @Answers(200, taken, { refuses: { unknown: ['CHANNEL_UNKNOWN'], invalid: ['CHANNEL_TAKES_NO_FILES'] } })
  take(@Param() { channel }: ChannelPath, @Uploaded() upload: Upload, @CommandMeta() meta: Meta): Promise<FileTaken> {
    return takeFile(this.inbox, recordsOf(upload, { cells }), [channel, meta]);
  }

  @Get(':channel/feed.ndjson')
  @ApiProduces('application/x-ndjson')
  @ApiOperation({
    summary: 'What a channel of the kind `feed` is told, one message a line, in order: fetch on from the number of the last one',
  })
  @Answers(200, bytes)
  async ndjson(@Param() { channel }: ChannelPath, @Query() query: ChannelFeedQueryDto, @Res() reply: FastifyReply): Promise<void> {
    const entries = await this.read(channel, query);
    void reply.header('Content-Type', 'application/x-ndjson; charset=utf-8').send(feedNdjson(entries));
  }

  @Get(':channel/feed.csv')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The same, one message a row; lists as JSON in their cells' })
  @Answers(200, bytes)
  async csv(@Param() { channel }: ChannelPath, @Query() query: ChannelFeedQueryDto, @Res() reply: FastifyReply): Promise<void> {
    const entries = await this.read(channel, query);
    void reply.header('Content-Type', 'text/csv; charset=utf-8').send(feedCsv(entries));
  }

  private read(channel: string, { after = 0, limit = MOST }: ChannelFeedQueryDto): ReturnType<ChannelFeed['read']> {
    return this.feed.read(channel, after, limit);
  }
}
