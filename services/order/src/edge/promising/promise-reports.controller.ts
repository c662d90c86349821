import { count, integer, list, nullable, object, oneOf, text, time, uuid } from '@cartage/contracts';
import { answerOf, Answers, limitOf, pageAnswer, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LatePromise, PromiseReports, PromisesKept } from '../../app/promises-kept';
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
    const { by = 'month', channel, location, method, month, minPosition } = query;
    const after = readCursor(query.cursor, 'text')?.[0];
    const rows = await this.reports.kept({ by, channel, location, method, month, after, limit: limitOf(query) + 1 }, minPosition);
    return pageOf(rows, query, ({ value }) => [value ?? '']);
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
