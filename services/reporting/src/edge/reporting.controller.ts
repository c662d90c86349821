import { list, object, text, truth } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import {
  Answers,
  answerOf,
  chunksOf,
  ImportCount,
  importReportShape,
  IsPlainText,
  TakesUpload,
  Uploaded,
  type FileRecord,
  type ImportReport,
  type Upload,
} from '@cartage/service-kit';
import { Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Freshness, ReadFreshness } from '../app/freshness';
import { ratesIn, type Rate, type Rates } from '../app/rates';
import { tableFreshness } from './freshness.answers';

export const FRESHNESS = Symbol('how fresh the star is');
export const RATES = Symbol('rates of exchange');

const freshness = answerOf<Freshness>()(
  'ReportingFreshness',
  object({
    generation: text('The star that this program fills: its tables end in it.'),
    shown: truth('Whether it is the one that the plain names show; false while it is being filled.'),
    tables: list(tableFreshness, 'Of the star that the plain names show.'),
  }),
);

const report = answerOf<ImportReport<'Date'>>()(
  'RateImport',
  importReportShape('Date', { changed: 'Rates that were new, or another than before.', unchanged: 'Rates that stood so already.' }),
);

export class RatesQuery {
  @ApiProperty({ example: 'ECB', description: 'Where the rates are from.' })
  @IsPlainText(60)
  readonly source!: string;
}

@ApiTags('reporting')
@Controller('reporting')
export class ReportingController {
  constructor(
    @Inject(FRESHNESS) private readonly freshness: ReadFreshness,
    @Inject(RATES) private readonly rates: Rates,
  ) {}

  @Get('freshness')
  @ApiOperation({ summary: 'How fresh each table of the star is, by the topics that feed it, and what is missing.' })
  @Answers(200, freshness)
  fresh(): Promise<Freshness> {
    return this.freshness();
  }

  @Post('rates/import')
  @TakesUpload(
    'Rates of exchange as the European Central Bank publishes them: a day on each line, `Date`, and a column for each currency that says how many of it are one euro; `N/A` where there is no rate.',
  )
  @ApiOperation({
    summary: 'Keeps rates of exchange, by currency and day. A rate that is there is replaced. Sent again it changes nothing.',
  })
  @Answers(200, report)
  async import(@Uploaded() upload: Upload, @Query() { source }: RatesQuery): Promise<ImportReport<'Date'>> {
    const count = new ImportCount('Date');
    for await (const chunk of chunksOf(upload, { cells: {}, fromLine: 1 })) await this.take(chunk, source, count);
    return count.report();
  }

  private async take(records: readonly FileRecord[], source: string, count: ImportCount<'Date'>): Promise<void> {
    const rates: Rate[] = [];
    for (const record of records) {
      count.records += 1;
      const found = 'refused' in record ? record.refused : ratesIn(record.value);
      if (found instanceof Refused) count.reject(record, found);
      else rates.push(...found);
    }
    const changed = await this.rates.keep(rates, source);
    count.changed += changed;
    count.unchanged += rates.length - changed;
  }
}
