import { Readable } from 'node:stream';
import { object, text } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  bytes,
  CommandMeta,
  etagOf,
  Headers,
  IdParam,
  idFor,
  IfMatch,
  limitOf,
  NoPreview,
  PageQuery,
  pageOf,
  readCursor,
  RequestMeta,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Reports } from '../../app/reports/reports';
import type { Report, ReportDefinition } from '../../domain/reports/report';
import type { Run } from '../../domain/reports/run';
import { report, reportPage, run, runPage } from './reports.answers';
import { FilePath, ReportDto, ReportPath, RunsQueryDto, StartDto } from './reports.dto';

export const REPORTS = Symbol('reports');

const removed = answerOf<{ readonly name: string }>()('ReportRemoved', object({ name: text() }));
const tags = { headers: [Headers.etag] } as const;
const unknown = { unknown: ['REPORT_UNKNOWN'] };
const unknownRun = { unknown: ['RUN_UNKNOWN'], invalid: ['ID_INVALID'] };
const off = ['REPORTS_OFF', 'REPORTS_MAY_TOO_MUCH'];
const unfit = [
  ...['SQL_INVALID', 'COLUMN_TWICE', 'COLUMNS_MISSING', 'PARAMETER_UNCLEAR', 'PARAMETER_TWICE', 'SCHEDULE_INVALID'],
  ...['WEBHOOK_REFUSED', 'MAIL_OFF', 'RECIPIENT_REFUSED', 'REPORT_TIMED_OUT'],
];
const MEDIA = 'application/octet-stream';

const toldOf = ({ webhook, recipients }: ReportDto): Pick<ReportDefinition, 'webhook' | 'recipients'> => ({
  ...(webhook === undefined || webhook === null ? {} : { webhook }),
  ...(recipients && recipients.length > 0 ? { recipients } : {}),
});

const definitionOf = (body: ReportDto): ReportDefinition => {
  const { sql, parameters = [], formats = ['csv'], schedule } = body;
  return { sql, parameters, formats, ...(schedule ? { schedule } : {}), ...toldOf(body) };
};

const told = (reply: FastifyReply, each: Report): Report => {
  reply.header(Headers.etag, etagOf(each.revision));
  return each;
};

@ApiTags('reports')
@Controller('reporting')
export class ReportsController {
  constructor(@Inject(REPORTS) private readonly reports: Reports) {}

  @Get('reports')
  @ApiOperation({ summary: 'Questions of one’s own that are kept, by name' })
  @Answers(200, reportPage)
  async list(@Query() query: PageQuery): Promise<Page<Report>> {
    const [after] = readCursor(query.cursor, 'text') ?? [];
    return pageOf(await this.reports.list(after, limitOf(query) + 1), query, ({ name }) => [name]);
  }

  @Put('reports/:name')
  @NoPreview()
  @ApiOperation({
    summary: 'Keep a question, or change it. Its SQL is checked as if it were run; what is wrong with it is said with its place.',
  })
  @Answers(200, report, { ...tags, refuses: { conflict: off, invalid: unfit } })
  async put(
    @Param() { name }: ReportPath,
    @Body() body: ReportDto,
    @RequestMeta() { actor }: Meta,
    @IfMatch() ifRevision: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Report> {
    return told(reply, await this.reports.put({ name, definition: definitionOf(body), by: actor, ifRevision }));
  }

  @Get('reports/:name')
  @ApiOperation({ summary: 'One question, what it answers with, and when it runs next' })
  @Answers(200, report, { ...tags, refuses: unknown })
  async get(@Param() { name }: ReportPath, @Res({ passthrough: true }) reply: FastifyReply): Promise<Report> {
    return told(reply, await this.reports.get(name));
  }

  @Delete('reports/:name')
  @NoPreview()
  @ApiOperation({ summary: 'Remove a question. Its runs and their files stay until they are forgotten.' })
  @Answers(200, removed, { refuses: unknown })
  async remove(@Param() { name }: ReportPath, @IfMatch() ifRevision: number | undefined): Promise<{ readonly name: string }> {
    await this.reports.remove(name, ifRevision);
    return { name };
  }

  @Post('reports/:name/runs')
  @NoPreview()
  @ApiOperation({ summary: 'Run it now' })
  @Answers(201, run, { refuses: { ...unknown, conflict: [...off, 'RUNS_WAITING'], invalid: ['PARAMETER_UNKNOWN'] } })
  start(@Param() { name }: ReportPath, @Body() { parameters = {} }: StartDto, @CommandMeta() { actor, commandId }: Meta): Promise<Run> {
    return this.reports.start({ name, runId: idFor('report-run', name, commandId), by: actor, given: parameters });
  }

  @Get('runs')
  @ApiOperation({ summary: 'Runs of reports, the newest first, with their state and their files' })
  @Answers(200, runPage)
  async runs(@Query() query: RunsQueryDto): Promise<Page<Run>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const { report: of, state } = query;
    const rows = await this.reports.runs({ report: of, state, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ plannedFor, runId }) => [plannedFor, runId]);
  }

  @Get('runs/:runId')
  @ApiOperation({ summary: 'One run: its state, its files, or why it failed' })
  @Answers(200, run, { refuses: unknownRun })
  run(@Param('runId', IdParam) runId: string): Promise<Run> {
    return this.reports.run(runId);
  }

  @Get('runs/:runId/files/:format')
  @ApiProduces(MEDIA)
  @ApiOperation({ summary: 'A file that a run wrote' })
  @Answers(200, bytes, { refuses: { unknown: ['RUN_UNKNOWN', 'FILE_UNKNOWN'], conflict: ['REPORTS_OFF'] } })
  async file(@Param() { runId, format }: FilePath, @Res() reply: FastifyReply): Promise<void> {
    const content = await this.reports.file(runId, format);
    void reply
      .header('Content-Type', MEDIA)
      .header('Content-Disposition', `attachment; filename="${runId}.${format}"`)
      .send(Readable.from(content));
  }
}
