import type { Meta } from '@cartage/eventsourcing';
import { answered, Answers, CommandMeta, commandHeaders, IdParam, IfMatch } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { EditAnswer, Edited, Edits } from '../app/edits';
import type { OrderVersion, VersionComparison, Versions } from '../app/versions';
import { reasonOf } from './cancellations.dto';
import { comparison, editAnswer, versionList } from './edits.answers';
import { CompareQuery, DestinationDto, EditDto } from './edits.dto';

export const EDITS = Symbol('edits of orders');
export const VERSIONS = Symbol('versions of orders');

const answerOf = (reply: FastifyReply, edited: Edited): EditAnswer => {
  answered(reply, edited);
  return edited.answer;
};

@ApiTags('orders')
@Controller('orders')
export class EditsController {
  constructor(
    @Inject(EDITS) private readonly edits: Edits,
    @Inject(VERSIONS) private readonly versions: Versions,
  ) {}

  @Post(':orderId/edits')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change an order before it is handed over: its lines, prices, delivery, priority, instructions.',
    description:
      'Only what changes is claimed, given back, paid or refunded. Confirmed units are taken away once whoever holds the goods has answered.',
  })
  @Answers(200, editAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: ['ORDER_UNKNOWN'],
      conflict: ['ORDER_ENDED', 'EDIT_PENDING', 'EDIT_EMPTIES_ORDER'],
      invalid: ['EDIT_INVALID', 'ID_INVALID'],
    },
  })
  async edit(
    @Param('orderId', IdParam) orderId: string,
    @Body() { reason, by, actor, ...asked }: EditDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EditAnswer> {
    const why = reasonOf({ reason, ...(by ? { by } : {}), ...(actor ? { actor } : {}) }, meta.actor);
    return answerOf(reply, await this.edits.edit(orderId, { ...asked, reason: why }, meta, ifVersion));
  }

  @Post(':orderId/destination')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send what has not left to another place, or another person.' })
  @Answers(200, editAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: ['ORDER_UNKNOWN'],
      conflict: ['ORDER_ENDED', 'DESTINATION_FIXED'],
      invalid: ['DESTINATION_INVALID', 'SHIP_GROUP_UNKNOWN', 'ID_INVALID'],
    },
  })
  async redirect(
    @Param('orderId', IdParam) orderId: string,
    @Body() { shipGroupId, shipTo, recipient, ...asked }: DestinationDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EditAnswer> {
    const to = { shipGroupId, shipTo, recipient, reason: reasonOf(asked, meta.actor) };
    return answerOf(reply, await this.edits.redirect(orderId, to, meta, ifVersion));
  }

  @Get(':orderId/versions')
  @ApiOperation({ summary: 'An order as it was placed, and as each edit left it.' })
  @Answers(200, versionList, { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async list(@Param('orderId', IdParam) orderId: string): Promise<{ readonly items: readonly OrderVersion[] }> {
    return { items: await this.versions.list(orderId) };
  }

  @Get(':orderId/versions/compare')
  @ApiOperation({ summary: 'What is different between two versions of an order.' })
  @Answers(200, comparison, { refuses: { unknown: ['ORDER_UNKNOWN', 'VERSION_UNKNOWN'], invalid: ['ID_INVALID'] } })
  compare(@Param('orderId', IdParam) orderId: string, @Query() { from, to }: CompareQuery): Promise<VersionComparison> {
    return this.versions.compare(orderId, from, to);
  }
}
