import { integer, list, nullable, object, oneOf, text, time } from '@cartage/contracts';
import { invalidField, Refused, type Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  CommandMeta,
  importReportShape,
  limitOf,
  NoPreview,
  pageAnswer,
  pageOf,
  readCursor,
  TakesUpload,
  Uploaded,
  type Page,
  type Upload,
} from '@cartage/service-kit';
import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { StockCompared, StockComparing } from '../../../app/channels/stock-comparing';
import type { SkuOffers } from '../../../app/channels/stock-report';
import { stockCauses } from '../../../domain/channel-stock';
import { ChannelPath } from '../../order-queries.dto';
import { takeReport, type StockReportTaken } from './stock-report';
import { StockDifferencesQueryDto, StockReportQueryDto } from './stock.dto';

export const STOCK_COMPARING = Symbol('comparing what channels offer');
export const STOCK_CLOCK = Symbol('the time of reports of stock');

const offer = object({
  channel: text(),
  location: nullable(text('Our code; null: over the network.')),
  published: nullable(integer('Units that it is to offer. Of what it reported: when it did.')),
  acknowledged: nullable(integer('Units that it took last, likewise; null: it never took any.')),
  acknowledgedAt: nullable(time('When it took a value last.')),
  reported: nullable(integer('Units that it says it offers; null: it never said.')),
  reportedAt: nullable(time('When it was so at the channel.')),
  drift: nullable(integer('Units that it offers more than it is to.')),
  cause: nullable(
    oneOf(
      stockCauses,
      '`update-waiting`: not told yet; `update-refused`: it refused what it was told; `never-told`; `not-listed`: it was asked and does not have it; `never-published`: inventory never said anything of it; `less-there`, `more-there`: it took what it was told and offers another number all the same. Null: it offers what it is to.',
    ),
  ),
  since: nullable(time('Since when it offers another number.')),
});

const offers = answerOf<SkuOffers>()(
  'ChannelStockDifference',
  object({
    sku: text(),
    apart: integer('By how many units the channels disagree with each other: the most drift less the least.'),
    channels: list(offer, 'All that offer it, whether or not they agree.'),
  }),
);

const counts = {
  inFlight: integer('Published or told a moment before: compared the next time.'),
  differing: integer('Offered otherwise.'),
};
const compared = answerOf<StockCompared>()(
  'ChannelStockCompared',
  object({ compared: integer('SKUs, at each of its places.'), ...counts }),
);
const taken = answerOf<StockReportTaken>()(
  'ChannelStockReport',
  object({
    ...importReportShape('sku', { changed: 'Lines that were compared.', unchanged: 'None: what is said again stands as it was.' }).shape,
    ...counts,
  }),
);

/** A clock of the channel's may be so far ahead. */
const AHEAD_MS = 5 * 60_000;

@ApiTags('channels')
@Controller('channels')
export class ChannelStockController {
  constructor(
    @Inject(STOCK_COMPARING) private readonly comparing: StockComparing,
    @Inject(STOCK_CLOCK) private readonly now: () => Date,
  ) {}

  @Get('stock-differences')
  @ApiOperation({ summary: 'SKUs that channels offer otherwise than they are to, with what each of them offers, took and was to be told' })
  @Answers(200, pageAnswer(offers))
  async list(@Query() { sku, channel, cause, ...query }: StockDifferencesQueryDto): Promise<Page<SkuOffers>> {
    const after = readCursor(query.cursor, 'text')?.[0];
    const rows = await this.comparing.list({ sku, channel, cause, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, (row) => [row.sku]);
  }

  @Post(':channel/stock/compare')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Asks a channel now what it offers of all that was published for it, and compares' })
  @Answers(200, compared, { refuses: { invalid: ['CHANNEL_NOT_ASKED'], conflict: ['COMPARISON_RUNNING'] } })
  async compare(@Param() { channel }: ChannelPath, @CommandMeta() _meta: Meta): Promise<StockCompared> {
    const done = await this.comparing.ask(channel, { now: true });
    if (done) return done;
    throw new Refused('COMPARISON_RUNNING', `Stock of ${channel} is being compared. Look at what is found.`, 'conflict');
  }

  @Post(':channel/stock-report')
  @HttpCode(200)
  @TakesUpload('What the channel offers: a SKU on each line (NDJSON), or a row for each (CSV): `sku`, `quantity`, `location`.')
  @ApiOperation({ summary: 'Compare what a channel says that it offers with what was published for it' })
  @Answers(200, taken, { refuses: { invalid: ['AS_OF_INVALID'] } })
  report(
    @Param() { channel }: ChannelPath,
    @Query() { asOf }: StockReportQueryDto,
    @Uploaded() upload: Upload,
    @CommandMeta() _meta: Meta,
  ): Promise<StockReportTaken> {
    const at = new Date(asOf ?? this.now());
    if (at.getTime() > this.now().getTime() + AHEAD_MS) throw invalidField('asOf', 'AS_OF_INVALID', 'It must not be in the future.');
    return takeReport(upload, (lines) => this.comparing.take(channel, lines, at.toISOString()));
  }
}
