import { integer, list, nullable, object, oneOf, text, time, uuid } from '@cartage/contracts';
import { Refused, type Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  bytes,
  CommandMeta,
  limitOf,
  NoPreview,
  pageAnswer,
  pageOf,
  readCursor,
  recordsOf,
  sheetRow,
  TakesUpload,
  Uploaded,
  type Page,
  type Upload,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  actionsOf,
  differenceActions,
  differenceCauses,
  differenceStatuses,
  type ChannelDifference,
} from '../../../app/channels/channel-difference';
import type { Comparing } from '../../../app/channels/comparing';
import type { Compared } from '../../../app/channels/tally';
import type { Differences } from '../../../app/channels/differences';
import { differenceKinds } from '../../../domain/channel-differences';
import { ChannelPath } from '../../order-queries.dto';
import { SettleChannelDifferenceDto, ChannelDifferencePath, ChannelDifferencesQueryDto, ChannelOrderListQueryDto } from './differences.dto';
import { listedOrders, standingCells } from './order-list';

export const DIFFERENCES = Symbol('what channels disagree about');
export const COMPARING = Symbol('comparing orders with their channels');

type Shown = ChannelDifference & { readonly actions: (typeof actionsOf)[keyof typeof actionsOf] };

const line = object({ lineId: text('As the channel names it.'), here: integer('Units.'), there: integer('Units.') });
const difference = answerOf<Shown>()(
  'ChannelDifference',
  object({
    ...{ differenceId: uuid('The same as long as it is the same order and kind.'), channel: text(), externalOrderId: text() },
    orderId: nullable(uuid('Null: the order is not known here.')),
    kind: oneOf(
      differenceKinds,
      '`missing-here`: it never came; `unknown-there`; `cancelled-there`, `cancelled-here`, `shipped-here`, `shipped-there`: on one side only; `quantity`: units that are sold still; `refunded`: money that went back; `charged`: what the customer pays for all of it; `currency`: what they pay in, where no amount is compared.',
    ),
    here: integer('Units, or of money minor units, as they are here.'),
    there: integer('As the channel says.'),
    lines: list(line),
    currency: nullable(text('Of money, ISO 4217: that of the order here.')),
    currencyThere: nullable(text('Of `currency`: what the channel charges in.')),
    cause: oneOf(differenceCauses, 'Something waits to be told, was refused there, or here; or nothing is to be seen.'),
    detail: text('For people: the update or message that is the cause.'),
    status: oneOf(differenceStatuses, '`gone`: both agreed when they were compared last; `closed`: a person lets it stand.'),
    since: time('Found first.'),
    seenAt: time('Found last.'),
    action: nullable(oneOf(differenceActions, 'What somebody has done about it last.')),
    actions: list(oneOf(differenceActions), 'What can be done.'),
    reason: nullable(text()),
    by: nullable(text()),
  }),
);

const compared = answerOf<Compared>()(
  'ChannelCompared',
  object({
    compared: integer('Orders that were looked at.'),
    inFlight: integer('Something of them is on its way: compared the next time.'),
    fetched: integer('Had never come, and were brought in.'),
    differing: integer('Both sides disagree about them.'),
  }),
);

const MOST_ROWS = 10_000;
const columns = [
  ...(['differenceId', 'externalOrderId', 'orderId', 'kind', 'here', 'there', 'currency', 'currencyThere'] as const),
  ...(['lines', 'cause', 'detail'] as const),
  ...(['status', 'since', 'seenAt', 'action', 'reason', 'by'] as const),
] as const;

const shown = (each: ChannelDifference): Shown => ({ ...each, actions: actionsOf[each.kind] });

@ApiTags('channels')
@Controller('channels')
export class ChannelDifferencesController {
  constructor(
    @Inject(DIFFERENCES) private readonly differences: Differences,
    @Inject(COMPARING) private readonly comparing: Comparing,
  ) {}

  @Get(':channel/differences')
  @ApiOperation({ summary: 'What a channel says otherwise of its orders than is known here, oldest first, with its likely cause' })
  @Answers(200, pageAnswer(difference))
  async list(
    @Param() { channel }: ChannelPath,
    @Query() { status, kind, cause, ...query }: ChannelDifferencesQueryDto,
  ): Promise<Page<Shown>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.differences.list({ channel, status, kind, cause, limit: limitOf(query) + 1, after });
    return pageOf(rows.map(shown), query, ({ since, differenceId }) => [since, differenceId]);
  }

  @Get(':channel/differences.csv')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The same as a table, the first ten thousand' })
  @Answers(200, bytes)
  async csv(
    @Param() { channel }: ChannelPath,
    @Query() { status, kind, cause }: ChannelDifferencesQueryDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const rows = await this.differences.list({ channel, status, kind, cause, limit: MOST_ROWS, after: undefined });
    const table = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
    void reply.header('Content-Type', 'text/csv; charset=utf-8').send(table.map(sheetRow).join(''));
  }

  @Post(':channel/differences/compare')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({
    summary: 'Asks a channel now for its orders and compares them: what has changed there since the last time, and what is suspected',
  })
  @Answers(200, compared, { refuses: { invalid: ['CHANNEL_NOT_ASKED'], conflict: ['COMPARISON_RUNNING'] } })
  async compare(@Param() { channel }: ChannelPath, @CommandMeta() meta: Meta): Promise<Compared> {
    const done = await this.comparing.ask(channel, meta, { now: true });
    if (done) return done;
    throw new Refused('COMPARISON_RUNNING', `Orders of ${channel} are being compared. Look at what is found.`, 'conflict');
  }

  @Post(':channel/order-list')
  @HttpCode(200)
  @TakesUpload(
    'Orders as the channel has them, one a line (NDJSON) or one a row (CSV; `lines` as JSON in its cell): `externalOrderId`, `changedAt`, `cancelled`, `lines` (`lineId`, `quantity`, `shipped`), `refunded`.',
  )
  @ApiOperation({ summary: 'Compare a channel’s own list of its orders with what is known here' })
  @Answers(200, compared, { refuses: { invalid: ['ORDER_LIST_INVALID'] } })
  compareList(
    @Param() { channel }: ChannelPath,
    @Query() { since }: ChannelOrderListQueryDto,
    @Uploaded() upload: Upload,
    @CommandMeta() meta: Meta,
  ): Promise<Compared> {
    const orders = listedOrders(recordsOf(upload, { cells: standingCells }));
    return this.comparing.list(channel, orders, { meta, since });
  }

  @Post(':channel/differences/:differenceId/tell-again')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Tells the channel once more what it was told of it; what it has kept already it has once' })
  @Answers(200, difference, { refuses: { unknown: ['DIFFERENCE_UNKNOWN'], conflict: ['DIFFERENCE_ENDED', 'DIFFERENCE_STAYS'] } })
  async tellAgain(@Param() of: ChannelDifferencePath, @CommandMeta() meta: Meta): Promise<Shown> {
    return shown(await this.differences.tellAgain(of, meta));
  }

  @Post(':channel/differences/:differenceId/take-theirs')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({
    summary: 'Brings the order to where the channel says it is: what it cancelled is cancelled, what it gave back is booked',
  })
  @Answers(200, difference, { refuses: { unknown: ['DIFFERENCE_UNKNOWN'], conflict: ['DIFFERENCE_ENDED', 'DIFFERENCE_STAYS'] } })
  async takeTheirs(
    @Param() of: ChannelDifferencePath,
    @Body() { reason }: SettleChannelDifferenceDto,
    @CommandMeta() meta: Meta,
  ): Promise<Shown> {
    return shown(await this.differences.takeTheirs(of, reason, meta));
  }

  @Post(':channel/differences/:differenceId/close')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'A person lets it stand, or has dealt with it by other means. It is open again when it is another one.' })
  @Answers(200, difference, { refuses: { unknown: ['DIFFERENCE_UNKNOWN'], conflict: ['DIFFERENCE_ENDED'] } })
  async close(
    @Param() of: ChannelDifferencePath,
    @Body() { reason }: SettleChannelDifferenceDto,
    @CommandMeta() meta: Meta,
  ): Promise<Shown> {
    return shown(await this.differences.close(of, reason, meta));
  }
}
