import type { Meta } from '@cartage/eventsourcing';
import {
  Actor,
  Answers,
  CommandMeta,
  etagOf,
  Headers,
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
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ItemWork, WorkAnswer, WorkAsked, WorkDesk, WorkDone } from '../app/work-desk';
import { itemWork, itemWorkPage, workHistory, type ShownWork } from './work.answers';
import { AssignmentDto, ItemPath, ResolutionOfWorkDto, SnoozeDto, WorkNoteDto, WorkQuery } from './work.dto';

export const WORK = Symbol('who works on what');

const changes = { headers: [Headers.etag, Headers.repeated], refuses: { conflict: ['WORK_FULL'] } } as const;
const sleeps = { ...changes, refuses: { ...changes.refuses, invalid: ['SNOOZE_PAST', 'SNOOZE_TOO_LONG'] } } as const;

const shownTo = (actor: string, item: ItemWork): ShownWork => ({ ...item, mine: item.assignee === actor });

const shownWith = (reply: FastifyReply, actor: string, { item, repeated }: WorkAnswer): ShownWork => {
  reply.header(Headers.etag, etagOf(item.version));
  if (repeated) reply.header(Headers.repeated, 'true');
  return shownTo(actor, item);
};

/** Who works on which item of a queue of the console, until when it sleeps, and what was written about it. */
@ApiTags('console')
@Controller('console/work')
export class WorkController {
  constructor(@Inject(WORK) private readonly desk: WorkDesk) {}

  @Get()
  @ApiOperation({ summary: 'Items of the console’s queues that somebody works on, that sleep, or about which something was written.' })
  @Answers(200, itemWorkPage)
  async list(@Query() query: WorkQuery, @Actor() actor: string): Promise<Page<ShownWork>> {
    const [queue, key] = readCursor(query.cursor, 'text', 'text') ?? [];
    const after = queue === undefined || key === undefined ? undefined : { queue, key };
    const filter = query.mine === true ? { ...query, assignee: actor } : query;
    const rows = await this.desk.list(filter, after, limitOf(query) + 1);
    return pageOf(
      rows.map((item) => shownTo(actor, item)),
      query,
      (item) => [item.queue, item.key],
    );
  }

  @Get(':queue/:key')
  @ApiOperation({ summary: 'Who works on an item. Where nobody has done anything about it, nobody does.' })
  @Answers(200, itemWork, { headers: [Headers.etag] })
  async get(@Param() path: ItemPath, @Actor() actor: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownWork> {
    return shownWith(reply, actor, { item: await this.desk.get(path), repeated: false });
  }

  @Get(':queue/:key/history')
  @ApiOperation({ summary: 'Who did what about an item, and what they wrote, the latest first.' })
  @Answers(200, workHistory)
  async history(@Param() path: ItemPath, @Query() query: PageQuery): Promise<Page<WorkDone>> {
    const [before] = readCursor(query.cursor, 'count') ?? [];
    return pageOf(await this.desk.history(path, before, limitOf(query) + 1), query, ({ version }) => [version]);
  }

  @Put(':queue/:key/assignee')
  @NoPreview()
  @ApiOperation({ summary: 'Take an item, or give it to somebody.' })
  @Answers(200, itemWork, changes)
  assign(
    @Param() path: ItemPath,
    @Body() { assignee, since }: AssignmentDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWork> {
    return this.send({ ...path, meta, ifVersion }, reply, { type: 'AssignWork', data: { assignee: assignee ?? meta.actor, since } });
  }

  @Delete(':queue/:key/assignee')
  @NoPreview()
  @ApiOperation({ summary: 'Let an item go: nobody works on it.' })
  @Answers(200, itemWork, changes)
  letGo(
    @Param() path: ItemPath,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWork> {
    return this.send({ ...path, meta, ifVersion }, reply, { type: 'LetWorkGo', data: {} });
  }

  @Put(':queue/:key/snooze')
  @NoPreview()
  @ApiOperation({ summary: 'Let an item sleep: it is not shown, and not counted, before then.' })
  @Answers(200, itemWork, sleeps)
  snooze(
    @Param() path: ItemPath,
    @Body() { until, reason, since }: SnoozeDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWork> {
    return this.send({ ...path, meta, ifVersion }, reply, { type: 'SnoozeWork', data: { until, reason, since } });
  }

  @Delete(':queue/:key/snooze')
  @NoPreview()
  @ApiOperation({ summary: 'Wake an item before its time.' })
  @Answers(200, itemWork, changes)
  wake(
    @Param() path: ItemPath,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWork> {
    return this.send({ ...path, meta, ifVersion }, reply, { type: 'WakeWork', data: {} });
  }

  @Post(':queue/:key/notes')
  @NoPreview()
  @ApiOperation({
    summary: 'Write something about an item, for whoever looks at it next. It is forgotten with the item (CONSOLE_WORK_DAYS).',
  })
  @Answers(201, itemWork, changes)
  note(
    @Param() path: ItemPath,
    @Body() { text, since }: WorkNoteDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWork> {
    return this.send({ ...path, meta, ifVersion }, reply, { type: 'NoteWork', data: { text, since } });
  }

  @Post(':queue/:key/resolutions')
  @NoPreview()
  @ApiOperation({
    summary:
      'An item was dealt with, by a command of the service that it is of: who did what, and why. Should it fail again, nobody works on it.',
  })
  @Answers(201, itemWork, { headers: changes.headers })
  resolve(
    @Param() path: ItemPath,
    @Body() { what, reason, since }: ResolutionOfWorkDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWork> {
    return this.send({ ...path, meta, ifVersion }, reply, { type: 'ResolveWork', data: { what, reason, since } });
  }

  private async send(request: Parameters<WorkDesk['send']>[0], reply: FastifyReply, asked: WorkAsked): Promise<ShownWork> {
    return shownWith(reply, request.meta.actor, await this.desk.send(request, asked));
  }
}
