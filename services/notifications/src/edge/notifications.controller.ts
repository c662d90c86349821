import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, Headers, IdParam, limitOf, pageOf, readCursor, Within, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Messages, ShownMessage } from '../app/message-log';
import { message, messagePage } from './notifications.answers';
import { MessageQueryDto } from './notifications.dto';

export const MESSAGES = Symbol('messages');

@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(@Inject(MESSAGES) private readonly messages: Messages) {}

  @Get()
  @Within('query.channel')
  @ApiOperation({
    summary: 'What customers were told, oldest first. `?orderId=…` is the log of an order, `?status=failed` what could not be said.',
  })
  @Answers(200, messagePage)
  async list(@Query() query: MessageQueryDto): Promise<Page<ShownMessage>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.messages.list(query, after, limitOf(query) + 1);
    return pageOf(rows, query, ({ plannedAt, messageId }) => [plannedAt, messageId]);
  }

  @Get(':messageId')
  @ApiOperation({ summary: 'One message: what became of it, and by which words it was written.' })
  @Answers(200, message, { refuses: { unknown: ['MESSAGE_UNKNOWN'], invalid: ['ID_INVALID'] } })
  get(@Param('messageId', IdParam) messageId: string): Promise<ShownMessage> {
    return this.messages.get(messageId);
  }

  @Post(':messageId/resend')
  @ApiOperation({ summary: 'Sends a message once more, to the address and in the words that hold now. Answers with the new message.' })
  @Answers(201, message, {
    headers: [Headers.location],
    refuses: { unknown: ['MESSAGE_UNKNOWN'], conflict: ['MESSAGE_NOT_ENDED'], invalid: ['ID_INVALID'] },
  })
  async resend(
    @Param('messageId', IdParam) messageId: string,
    @CommandMeta() { commandId }: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownMessage> {
    const again = await this.messages.resend(messageId, commandId);
    reply.header('Location', `/notifications/${again.messageId}`);
    return again;
  }
}
