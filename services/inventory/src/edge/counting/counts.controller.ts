import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  answered,
  commandHeaders,
  CommandMeta,
  Headers,
  limitOf,
  pageOf,
  readCursor,
  type Page,
  Within,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CountDone } from '../../app/counting/count-booking';
import type { CarriedSheet, Counts } from '../../app/counting/counts';
import type { ShownCountLine, ShownSheet } from '../../app/counting/sheets';
import { reasonBy } from '../supply/purchase-orders.dto';
import { CountLinesQueryDto, CountSheetsQueryDto } from './count-queries.dto';
import { countDoneAnswer, countLinePage, countSheetAnswer, countSheetPage } from './counts.answers';
import { CountCancellationDto, CountDecisionDto, CountEntriesDto, CountLinePath, CountPath, CountSheetDto, planOf } from './counts.dto';

export const COUNTS = Symbol('Counts');

const unknown = ['COUNT_UNKNOWN'];

@ApiTags('stock counts')
@Controller('inventory/counts')
export class CountsController {
  constructor(@Inject(COUNTS) private readonly counts: Counts) {}

  @Post()
  @Within('body.location')
  @ApiOperation({ summary: 'Opens a count sheet for a location: these SKUs, or what was counted longest ago. Sales go on.' })
  @Answers(201, countSheetAnswer, {
    headers: commandHeaders,
    refuses: { invalid: ['LOCATION_UNKNOWN', 'STOCK_NOT_OURS', 'KIT_HAS_NO_STOCK'], conflict: ['COUNT_EMPTY'] },
  })
  async open(@Body() body: CountSheetDto, @CommandMeta() meta: Meta, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownSheet> {
    return carried(reply, await this.counts.open(planOf(body), meta)).sheet;
  }

  @Post(':countId/scans')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Tells what was counted. What is near to what was expected, or was counted so twice, is booked; anything else is counted again.',
  })
  @Answers(200, countDoneAnswer, { headers: commandHeaders, refuses: { unknown, invalid: ['LINE_UNKNOWN'], conflict: ['COUNT_ENDED'] } })
  async count(
    @Param() { countId }: CountPath,
    @Body() { counts }: CountEntriesDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountDone> {
    return carried(reply, await this.counts.count(countId, counts, meta));
  }

  @Post(':countId/lines/:sku/decision')
  @HttpCode(200)
  @ApiOperation({ summary: 'Says of a count that waits for approval that it is so, or that it is to be counted again.' })
  @Answers(200, countDoneAnswer, {
    headers: commandHeaders,
    refuses: { unknown: [...unknown, 'LINE_UNKNOWN'], conflict: ['COUNT_LINE_STATUS', 'COUNT_SAME_PERSON'] },
  })
  async decide(
    @Param() { countId, sku }: CountLinePath,
    @Body() { decision, by, detail }: CountDecisionDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountDone> {
    const done =
      decision === 'approve'
        ? await this.counts.approve({ countId, sku, approvedBy: by ?? meta.actor }, meta)
        : await this.counts.reject({ countId, sku, reason: reasonBy(by ?? meta.actor, 'rejected', detail) }, meta);
    return carried(reply, done);
  }

  @Post(':countId/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends a sheet. What is booked stays booked.' })
  @Answers(200, countSheetAnswer, { headers: commandHeaders, refuses: { unknown, conflict: ['COUNT_ENDED'] } })
  async cancel(
    @Param() { countId }: CountPath,
    @Body() { reason }: CountCancellationDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownSheet> {
    return carried(reply, await this.counts.cancel(countId, reasonBy(meta.actor, reason), meta)).sheet;
  }

  @Get()
  @Within('query.location')
  @ApiOperation({ summary: 'Lists count sheets, the first opened first.' })
  @Answers(200, countSheetPage)
  async list(@Query() query: CountSheetsQueryDto): Promise<Page<ShownSheet>> {
    const { location, status } = query;
    const rows = await this.counts.list({ location, status, after: readCursor(query.cursor, 'uuid')?.[0], limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ countId }) => [countId]);
  }

  @Get(':countId')
  @ApiOperation({ summary: 'Shows a count sheet.' })
  @Answers(200, countSheetAnswer, { headers: [Headers.etag], refuses: { unknown } })
  async get(@Param() { countId }: CountPath, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownSheet> {
    const sheet = await this.counts.get(countId);
    answered(reply, { version: sheet.revision, position: '', repeated: false });
    return sheet;
  }

  @Get(':countId/lines')
  @ApiOperation({ summary: 'Lists the lines of a count sheet as they are walked: by bin, then by SKU.' })
  @Answers(200, countLinePage, { refuses: { unknown } })
  async lines(@Param() { countId }: CountPath, @Query() query: CountLinesQueryDto): Promise<Page<ShownCountLine>> {
    await this.counts.get(countId);
    const after = readCursor(query.cursor, 'text', 'text');
    const rows = await this.counts.lines({ countId, status: query.status, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ bin, sku }) => [bin ?? '', sku]);
  }
}

const carried = (reply: FastifyReply, { answer, ...how }: CarriedSheet): CountDone => {
  answered(reply, { ...how, version: answer.sheet.revision });
  return answer;
};
