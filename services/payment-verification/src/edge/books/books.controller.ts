import { Readable } from 'node:stream';
import { Refused, type Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  bytes,
  commandHeaders,
  cursorOf,
  IdParam,
  limitOf,
  Needs,
  type Page,
  pageOf,
  readCursor,
  RequestMeta,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Books, JournalEntry, MoneyExplained } from '../../app/books';
import { accountRoles, type AccountRole, type Chart } from '../../domain/books/journal';
import { chartShown, explained, journalPage, verified, type ChartShown, type VerifiedPage } from './books.answers';
import { AccountDto, CsvQuery, WithinQuery } from './books.dto';
import { csvOf } from './journal-csv';

export const BOOKS = Symbol('books');

const shown = (chart: Chart): ChartShown => ({ accounts: accountRoles.map((role) => ({ role, ...chart[role] })) });

const roleNamed = (name: string): AccountRole => {
  const role = accountRoles.find((each) => each === name);
  if (!role) throw new Refused('ACCOUNT_UNKNOWN', `No use of accounts is called ${name}: there are ${accountRoles.join(', ')}.`, 'unknown');
  return role;
};

@ApiTags('books')
@Controller('payments')
export class BooksController {
  constructor(@Inject(BOOKS) private readonly books: Books) {}

  @Get('verify')
  @ApiOperation({
    summary: 'Recompute the money of payments, goods and carriers’ bills from the log, compare it with the views, and name each difference',
  })
  @Answers(200, verified)
  async verify(@Query() { from, to, ...query }: WithinQuery): Promise<VerifiedPage> {
    const limit = limitOf(query);
    await this.books.reached(query.minPosition);
    const { last, ...rest } = await this.books.verify({ from, to }, { limit, after: readCursor(query.cursor, 'count', 'instant', 'uuid') });
    return { ...rest, next: last && rest.checked === limit ? cursorOf(last) : null };
  }

  @Get('journal')
  @ApiOperation({ summary: 'Journal entries, double entry, in the order in which they happened' })
  @Answers(200, journalPage)
  async journal(@Query() { from, to, ...query }: WithinQuery): Promise<Page<JournalEntry>> {
    await this.books.reached(query.minPosition);
    const entries = await this.books.journal({ from, to, limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') });
    return pageOf(entries, query, ({ at, entryId }) => [at, entryId]);
  }

  @Get('journal.csv')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The journal as a file, a row for each line; amounts in major units' })
  @Answers(200, bytes)
  async csv(@Query() { from, to, minPosition }: CsvQuery, @Res() reply: FastifyReply): Promise<void> {
    await this.books.reached(minPosition);
    void reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="journal.csv"')
      .send(Readable.from(csvOf(this.books.everyEntry({ from, to }))));
  }

  @Get('journal/accounts')
  @ApiOperation({ summary: 'Which account each use is booked on' })
  @Answers(200, chartShown)
  async accounts(): Promise<ChartShown> {
    return shown(await this.books.chart());
  }

  @Put('journal/accounts/:use')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Say which account a use is booked on' })
  @Answers(200, chartShown, { headers: commandHeaders, refuses: { unknown: ['ACCOUNT_UNKNOWN'] } })
  async assign(
    @Param('use') use: string,
    @Body() account: AccountDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChartShown> {
    const handled = await this.books.assign(roleNamed(use), account, meta);
    answered(reply, handled);
    return shown(handled.state);
  }

  @Get(':orderId/explanation')
  @ApiOperation({ summary: 'Where each cent of the order came from and went to: event, time, cause, lines' })
  @Answers(200, explained, { refuses: { unknown: ['PAYMENT_UNKNOWN'], invalid: ['ID_INVALID'] } })
  explanation(@Param('orderId', IdParam) orderId: string): Promise<MoneyExplained> {
    return this.books.explanation(orderId);
  }
}
