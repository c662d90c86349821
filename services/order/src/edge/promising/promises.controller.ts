import { postalAreaOf } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  Headers,
  IfMatch,
  limitOf,
  Needs,
  type Page,
  pageOf,
  readCursor,
  RequestMeta,
  Shared,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { PromiseTermsDesk, Quote, Revised } from '../../app/promising/promise-terms';
import type { PromiseCalendar, PromisePolicy } from '../../domain/promising/policies';
import { present } from '../../domain/present';
import {
  promiseCalendar,
  promiseCalendarPage,
  promisePolicy,
  promisePolicyPage,
  promiseQuote,
  type ShownCalendar,
  type ShownPolicy,
} from './promises.answers';
import {
  PromiseCalendarDto,
  PromiseCalendarPath,
  PromisePolicyDto,
  PromisePolicyPath,
  PromiseQuoteDto,
  PromiseTermsQuery,
  RevisionQuery,
} from './promises.dto';

export const PROMISE_TERMS = Symbol('what promises are made from');

const policyShown = ({ code: policy, revision, terms, by: changedBy, changedAt }: PromisePolicy): ShownPolicy => ({
  ...{ policy, revision, changedBy, changedAt },
  ...terms,
});

const calendarShown = ({ code: calendar, revision, terms, by: changedBy, changedAt }: PromiseCalendar): ShownCalendar => ({
  ...{ calendar, revision, changedBy, changedAt },
  ...terms,
});

const shownOf = <Terms>(reply: FastifyReply, revised: Revised<Terms>): Revised<Terms>['shown'] => {
  answered(reply, revised);
  return revised.shown;
};

const queryOf = (query: PromiseTermsQuery) => ({
  after: readCursor(query.cursor, 'text')?.[0],
  limit: limitOf(query) + 1,
  minPosition: query.minPosition,
});

/** What customers are promised, and by which rules. */
@ApiTags('promises')
@Controller('promises')
export class PromisesController {
  constructor(@Inject(PROMISE_TERMS) private readonly desk: PromiseTermsDesk) {}

  @Post('quote')
  @Needs('orders:read')
  @Shared()
  @HttpCode(200)
  @ApiOperation({ summary: 'What would be promised of an order that is placed now. Changes nothing, and reads nothing but memory.' })
  @Answers(200, promiseQuote)
  quote(@Body() { channel = 'web', service, destination, at }: PromiseQuoteDto): Promise<Quote> {
    const { country, region, postalCode } = destination;
    const postalArea = postalCode === undefined ? undefined : postalAreaOf(country, postalCode);
    return this.desk.quote({ channel, service, destination: { country, ...present({ region, postalArea }) } }, at);
  }

  @Put('policies/:policy')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Sets a promise policy from now on. What was sold under an earlier revision stays promised as it was.' })
  @Answers(200, promisePolicy, {
    headers: commandHeaders,
    refuses: { invalid: ['PROMISE_POLICY_INVALID', 'PROMISE_CALENDAR_UNKNOWN'] },
  })
  async putPolicy(
    @Param() { policy: code }: PromisePolicyPath,
    @Body() body: PromisePolicyDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPolicy> {
    return policyShown(shownOf(reply, await this.desk.changePolicy({ code, terms: { ...body }, ifRevision }, meta)));
  }

  @Get('policies')
  @ApiOperation({ summary: 'Promise policies by code, as they are now.' })
  @Answers(200, promisePolicyPage)
  async policies(@Query() query: PromiseTermsQuery): Promise<Page<ShownPolicy>> {
    const policies = await this.desk.policies(queryOf(query));
    return pageOf(policies.map(policyShown), query, ({ policy }) => [policy]);
  }

  @Get('policies/:policy')
  @ApiOperation({ summary: 'A promise policy, as it is or as it was (`revision`).' })
  @Answers(200, promisePolicy, { headers: [Headers.etag], refuses: { unknown: ['PROMISE_TERMS_UNKNOWN'] } })
  async policy(
    @Param() { policy: code }: PromisePolicyPath,
    @Query() { revision }: RevisionQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPolicy> {
    const shown = policyShown(await this.desk.policy(code, revision));
    answered(reply, { version: shown.revision, position: '', repeated: false });
    return shown;
  }

  @Put('calendars/:calendar')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Sets the days that somebody works: a country, a carrier, a place.' })
  @Answers(200, promiseCalendar, { headers: commandHeaders })
  async putCalendar(
    @Param() { calendar: code }: PromiseCalendarPath,
    @Body() body: PromiseCalendarDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownCalendar> {
    return calendarShown(shownOf(reply, await this.desk.changeCalendar({ code, terms: { ...body }, ifRevision }, meta)));
  }

  @Get('calendars')
  @ApiOperation({ summary: 'Calendars by code, as they are now.' })
  @Answers(200, promiseCalendarPage)
  async calendars(@Query() query: PromiseTermsQuery): Promise<Page<ShownCalendar>> {
    const calendars = await this.desk.calendars(queryOf(query));
    return pageOf(calendars.map(calendarShown), query, ({ calendar }) => [calendar]);
  }

  @Get('calendars/:calendar')
  @ApiOperation({ summary: 'A calendar, as it is or as it was (`revision`).' })
  @Answers(200, promiseCalendar, { headers: [Headers.etag], refuses: { unknown: ['PROMISE_TERMS_UNKNOWN'] } })
  async calendar(
    @Param() { calendar: code }: PromiseCalendarPath,
    @Query() { revision }: RevisionQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownCalendar> {
    const shown = calendarShown(await this.desk.calendar(code, revision));
    answered(reply, { version: shown.revision, position: '', repeated: false });
    return shown;
  }
}
