import { count, decimal, integer, list, nullable, object, oneOf, text, time, uuid } from '@cartage/contracts';
import { answerOf, Answers, limitOf, pageAnswer, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LatePromise, PromiseReports, PromisesKept } from '../../app/promises-kept';
import type { PromisesCompared } from '../../app/promises-compared';
import { alarms, LatePromisesQuery, PromisesKeptQuery } from './promise-reports.dto';

export const PROMISE_REPORTS = Symbol('what became of promises');

const promisesKept = pageAnswer(
  answerOf<PromisesKept>()(
    'PromisesKept',
    object({
      value: nullable(text('The channel, location, method or month; null: no location ships it yet.')),
      promised: count('Ship groups of which a day was promised, and of which something is still wanted.'),
      kept: integer('Came in time, by the day that the customer was told last.'),
      missed: integer('Came too late, or are due and not there.'),
      open: integer('Not there, and not due yet.'),
      moved: integer('Were promised another day at least once.'),
      minutesEarly: nullable(integer('On average, of those that came in time.')),
      minutesLate: nullable(integer('On average, of those that came too late.')),
      mostMinutesLate: nullable(integer('Of the latest that came.')),
    }),
  ),
);

const outcome = (about: string) =>
  object(
    { late: integer('Came later than that, or are due and not there.'), days: decimal('Days from the order to that promise, on average.') },
    about,
  );

const promisesCompared = pageAnswer(
  answerOf<PromisesCompared>()(
    'PromisesCompared',
    object({
      value: nullable(text('The channel, location, method or month; null: no location ships it yet.')),
      promised: count('Ship groups of which both were known when they were sold, and of which it is known whether they were in time.'),
      decidedByLearned: integer('Of them, sold by what was learned; the others had it beside them.'),
      lateAllowed: decimal('So many were to be late at most, by the percent that was asked for.'),
      baseline: outcome('Had all of them been sold by the policy’s own days.'),
      learned: outcome('Had all of them been sold by what was learned.'),
    }),
  ),
);

const latePromises = pageAnswer(
  answerOf<LatePromise>()(
    'LatePromise',
    object({
      orderId: uuid(),
      shipGroupId: text(),
      channel: text(),
      method: text(),
      service: nullable(text()),
      locations: list(text(), 'That ship it; empty while nobody does.'),
      alarm: oneOf(alarms, 'Whether it will be missed unless somebody acts now, or was.'),
      deadline: oneOf(['ship-by', 'deliver-by']),
      dueAt: time(),
      units: count('That are late, or will be.'),
    }),
  ),
);

const lateAfter = ({ cursor }: LatePromisesQuery) => {
  const [dueAt, orderId, shipGroupId] = readCursor(cursor, 'instant', 'uuid', 'text') ?? [];
  return dueAt === undefined || orderId === undefined || shipGroupId === undefined ? undefined : { dueAt, orderId, shipGroupId };
};

const reportOf = (query: PromisesKeptQuery) => {
  const { by = 'month', channel, location, method, month, minPosition } = query;
  return { by, channel, location, method, month, after: readCursor(query.cursor, 'text')?.[0], limit: limitOf(query) + 1, minPosition };
};

/** What became of what customers were promised. */
@ApiTags('promises')
@Controller('promises')
export class PromiseReportsController {
  constructor(@Inject(PROMISE_REPORTS) private readonly reports: PromiseReports) {}

  @Get('kept')
  @ApiOperation({
    summary: 'How often promises were kept, missed and moved, and by how much: by channel, location, method or month.',
    description: 'A ship group that several locations ship counts at each of them.',
  })
  @Answers(200, promisesKept)
  async kept(@Query() query: PromisesKeptQuery): Promise<Page<PromisesKept>> {
    const { minPosition, ...asked } = reportOf(query);
    return pageOf(await this.reports.kept(asked, minPosition), query, ({ value }) => [value ?? '']);
  }

  @Get('compared')
  @ApiOperation({
    summary: 'What is learned of carriers against the policies’ own days: how many would have been late, and days promised.',
    description:
      'Of what was sold under policies with `learned`, whoever decided. A ship group that several locations ship counts at each of them.',
  })
  @Answers(200, promisesCompared)
  async compared(@Query() query: PromisesKeptQuery): Promise<Page<PromisesCompared>> {
    const { minPosition, ...asked } = reportOf(query);
    return pageOf(await this.reports.compared(asked, minPosition), query, ({ value }) => [value ?? '']);
  }

  @Get('late')
  @ApiOperation({
    summary: 'Promises that will be missed unless somebody acts now, and those that were: of a location, the most urgent first.',
  })
  @Answers(200, latePromises)
  async late(@Query() query: LatePromisesQuery): Promise<Page<LatePromise>> {
    const { channel, location, method, alarm, minPosition } = query;
    const asked = { channel, location, method, alarm, after: lateAfter(query), limit: limitOf(query) + 1 };
    return pageOf(await this.reports.late(asked, minPosition), query, ({ dueAt, orderId, shipGroupId }) => [dueAt, orderId, shipGroupId]);
  }
}
