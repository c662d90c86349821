import { type Meta } from '@cartage/eventsourcing';
import {
  Actor,
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  IdParam,
  limitOf,
  pageOf,
  readCursor,
  RequestMeta,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { NoteDesk, OrderNotes, ShownNote, ShownTask } from '../app/notes';
import { placeOf, type ListedTask, type ListTasks, type TaskFilter } from '../app/task-list';
import { note, orderNotes, task, taskPage } from './notes.answers';
import { TaskAssigneeDto, NoteDto, TaskDto, TaskListQuery } from './notes.dto';

export const NOTES = Symbol('notes');
export const LIST_TASKS = Symbol('list tasks');

const refuses = { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] };
const ofTask = { unknown: ['TASK_UNKNOWN'], conflict: ['TASK_DONE'], invalid: ['ID_INVALID'] };

@ApiTags('notes')
@Controller('orders/:orderId')
export class NotesController {
  constructor(@Inject(NOTES) private readonly notes: NoteDesk) {}

  @Get('notes')
  @ApiOperation({ summary: 'What people have written about an order, and what they have to do.' })
  @Answers(200, orderNotes, { refuses })
  list(@Param('orderId', IdParam) orderId: string): Promise<OrderNotes> {
    return this.notes.list(orderId);
  }

  @Post('notes')
  @ApiOperation({ summary: 'Write a note on an order. It is kept sealed, and goes with the person that the order is of.' })
  @Answers(201, note, { headers: commandHeaders, refuses })
  async write(
    @Param('orderId', IdParam) orderId: string,
    @Body() { text }: NoteDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownNote> {
    const done = await this.notes.write(orderId, text, meta);
    answered(reply, done);
    return done.shown;
  }

  @Post('tasks')
  @ApiOperation({ summary: 'Have somebody do something about an order.' })
  @Answers(201, task, { headers: commandHeaders, refuses })
  async open(
    @Param('orderId', IdParam) orderId: string,
    @Body() asked: TaskDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTask> {
    const done = await this.notes.open(orderId, asked, meta);
    answered(reply, done);
    return done.shown;
  }

  @Put('tasks/:taskId/assignee')
  @ApiOperation({ summary: 'Give an open task to somebody.' })
  @Answers(200, task, { headers: commandHeaders, refuses: ofTask })
  async assign(
    @Param('orderId', IdParam) orderId: string,
    @Param('taskId', IdParam) taskId: string,
    @Body() { assignee }: TaskAssigneeDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTask> {
    const done = await this.notes.assign({ orderId, taskId }, assignee, meta);
    answered(reply, done);
    return done.shown;
  }

  @Post('tasks/:taskId/done')
  @ApiOperation({ summary: 'A task is done. Saying so twice changes nothing.' })
  @Answers(200, task, { headers: commandHeaders, refuses: ofTask })
  async finish(
    @Param('orderId', IdParam) orderId: string,
    @Param('taskId', IdParam) taskId: string,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTask> {
    const done = await this.notes.finish({ orderId, taskId }, meta);
    answered(reply, done);
    return done.shown;
  }
}

const afterIn = (cursor: string | undefined): TaskFilter['after'] => {
  const place = readCursor(cursor, 'instant', 'uuid');
  return place && { sortAt: place[0], taskId: place[1] };
};

@ApiTags('notes')
@Controller('tasks')
export class TasksController {
  constructor(@Inject(LIST_TASKS) private readonly listTasks: ListTasks) {}

  @Get()
  @ApiOperation({ summary: 'Open tasks of all orders, the most urgent first; those without a date come last.' })
  @Answers(200, taskPage)
  async list(@Query() query: TaskListQuery, @Actor() actor: string): Promise<Page<ListedTask>> {
    const { cursor, minPosition, limit: _, mine, ...filter } = query;
    const asked = { ...filter, ...(mine === true ? { concerns: actor } : {}), after: afterIn(cursor), limit: limitOf(query) + 1 };
    return pageOf(await this.listTasks(asked, minPosition), query, placeOf);
  }
}
