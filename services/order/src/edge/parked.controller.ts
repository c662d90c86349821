import { integer, list, nullable, object, oneOf, text, time, uuid } from '@cartage/contracts';
import { type Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  CommandMeta,
  limitOf,
  NoPreview,
  pageAnswer,
  pageOf,
  PageQuery,
  readCursor,
  RequestMeta,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsUUID } from 'class-validator';
import type { Parked, ParkedPlacements, ParkedQuery } from '../app/parked';
import { ChannelPath } from './order-queries.dto';

export const PARKED = Symbol('parked placements');

export class ParkedPath extends ChannelPath {
  @ApiProperty({ format: 'uuid', description: 'Of the order that it is to be.' })
  @IsUUID()
  readonly orderId!: string;
}

export class ResubmitDto {
  @ApiPropertyOptional({ default: false, description: 'Take it as it is, whatever the catalogue says.' })
  @IsOptional()
  @IsBoolean()
  readonly asItIs?: boolean;
}

const parked = answerOf<Parked>()(
  'ParkedPlacement',
  object({
    orderId: uuid('Of the order that it is to be.'),
    channel: text(),
    externalOrderId: nullable(text('The channel’s own number.')),
    status: oneOf(['parked', 'placed', 'dropped']),
    faults: list(
      object({ field: text('JSON path in the order.'), code: text('`SKU_UNKNOWN`, `SKU_BLOCKED`, `PRICE_MISMATCH`.'), message: text() }),
      'What was not as the catalogue had it, when it was sent last.',
    ),
    attempts: integer('How often it was sent.'),
    parkedAt: time('When it came in first.'),
  }),
);
const parkedPage = pageAnswer(parked);

@ApiTags('channels')
@Controller('channels')
export class ParkedController {
  constructor(@Inject(PARKED) private readonly placements: ParkedPlacements) {}

  @Get('parked-placements')
  @ApiOperation({ summary: 'Orders of all channels that were kept aside because they are not as the catalogue has it; oldest first.' })
  @Answers(200, parkedPage)
  async listAll(@Query() query: PageQuery): Promise<Page<Parked>> {
    const rows = await this.placements.list({ after: afterOf(query), limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ parkedAt, orderId }) => [parkedAt, orderId]);
  }

  @Get(':channel/parked')
  @ApiOperation({ summary: 'Orders of a channel that were kept aside because they are not as the catalogue has it; oldest first.' })
  @Answers(200, parkedPage)
  async list(@Param() { channel }: ChannelPath, @Query() query: PageQuery): Promise<Page<Parked>> {
    const rows = await this.placements.list({ channel, after: afterOf(query), limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ parkedAt, orderId }) => [parkedAt, orderId]);
  }

  @Post(':channel/parked/:orderId/resubmit')
  @NoPreview()
  @ApiOperation({ summary: 'Places an order that was kept aside, once the catalogue was mended; or as it is.' })
  @Answers(200, parked, {
    refuses: {
      unknown: ['PARKED_UNKNOWN', 'PERSONAL_ERASED'],
      conflict: ['PARKED_DROPPED'],
      invalid: ['PLACEMENT_REFUSED', 'ORDER_INVALID'],
    },
  })
  resubmit(@Param() { channel, orderId }: ParkedPath, @Body() { asItIs }: ResubmitDto, @CommandMeta() meta: Meta): Promise<Parked> {
    return this.placements.resubmit({ channel, orderId }, { asItIs: asItIs ?? false }, meta);
  }

  @Delete(':channel/parked/:orderId')
  @NoPreview()
  @ApiOperation({ summary: 'Drops an order that was kept aside. That it came, and who dropped it, is remembered.' })
  @Answers(200, parked, { refuses: { unknown: ['PARKED_UNKNOWN'], conflict: ['PARKED_PLACED'] } })
  drop(@Param() { channel, orderId }: ParkedPath, @RequestMeta() meta: Meta): Promise<Parked> {
    return this.placements.drop({ channel, orderId }, meta);
  }
}

const afterOf = ({ cursor }: PageQuery): ParkedQuery['after'] => {
  const place = readCursor(cursor, 'instant', 'uuid');
  return place && { parkedAt: place[0], orderId: place[1] };
};
