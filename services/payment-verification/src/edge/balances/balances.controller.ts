import { Refused, type Meta, type Position } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  IdParam,
  limitOf,
  Needs,
  type Page,
  pageOf,
  PageQuery,
  readCursor,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Balances, HandledBalance } from '../../app/balances/balances';
import type { Owner } from '../../app/balances/entries';
import type { BalanceFilter, BalanceRow, BalanceSlice } from '../../app/views/balance-list';
import type { BalanceMovementRow } from '../../app/views/balance-movement';
import {
  balanceAnswer,
  balanceMovementPage,
  balancePage,
  issuedCard,
  shownOf,
  type BalanceShown,
  type IssuedCard,
} from './balances.answers';
import {
  BalanceAdjustmentDto,
  BalanceCreditDto,
  BalanceReasonDto,
  BalancesQuery,
  CodeDto,
  GiftCardDto,
  StoreCreditDto,
} from './balances.dto';

export const BALANCES = Symbol('balances');
export const BALANCE_ROWS = Symbol('lists of balances');

export interface BalanceRows {
  readonly list: (
    filter: BalanceFilter,
    slice: BalanceSlice,
    minPosition?: Position,
  ) => Promise<readonly (BalanceRow & { readonly movedAt: string })[]>;
  readonly movements: (
    balanceId: string,
    slice: { readonly limit: number; readonly afterVersion: number },
    minPosition?: Position,
  ) => Promise<readonly BalanceMovementRow[]>;
}

const ownerMissing = (): Refused =>
  new Refused('OWNER_REQUIRED', 'Say whose store credit it is: `customerId` or `email`, one of the two.', 'invalid', [
    { field: 'customerId', code: 'OWNER_REQUIRED', message: 'Give this or `email`.' },
  ]);

const ownerOf = ({ customerId, email }: StoreCreditDto): Owner => {
  if (customerId !== undefined && email === undefined) return { customerId };
  if (email !== undefined && customerId === undefined) return { email };
  throw ownerMissing();
};

const known = { unknown: ['BALANCE_UNKNOWN'] };

/** Whoever may call it may spend: put it behind the gateway that lets in tills, shops and staff. */
@ApiTags('balances')
@Controller('payments/balances')
export class BalancesController {
  constructor(
    @Inject(BALANCES) private readonly balances: Balances,
    @Inject(BALANCE_ROWS) private readonly rows: BalanceRows,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Gift cards and store credits, what moved last first' })
  @Answers(200, balancePage)
  async list(@Query() { kind, customerId, orderId, ...query }: BalancesQuery): Promise<Page<BalanceRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const rows = await this.rows.list({ kind, customerId, orderId }, slice, query.minPosition);
    const { items, next } = pageOf(rows, query, ({ movedAt, balanceId }) => [movedAt, balanceId]);
    return { items: items.map(({ movedAt: _, ...row }) => row), next };
  }

  @Post('gift-cards')
  @Needs('money:refund')
  @ApiOperation({ summary: 'Issue a gift card: its code is answered this once' })
  @Answers(201, issuedCard, { headers: commandHeaders, refuses: { conflict: ['CODE_TAKEN'], invalid: ['EXPIRY_PAST'] } })
  async issue(@Body() body: GiftCardDto, @CommandMeta() meta: Meta, @Res({ passthrough: true }) reply: FastifyReply): Promise<IssuedCard> {
    const { code, ...handled } = await this.balances.issueGiftCard(body, meta);
    return { ...this.told(handled, reply), code };
  }

  @Post('store-credits')
  @Needs('money:refund')
  @ApiOperation({ summary: 'Give a customer store credit: the first in a currency opens it, the next ones are added' })
  @Answers(201, balanceAnswer, { headers: commandHeaders, refuses: { invalid: ['OWNER_REQUIRED', 'EXPIRY_PAST'] } })
  async grant(
    @Body() body: StoreCreditDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BalanceShown> {
    const { customerId: _, email: __, ...entry } = body;
    return this.told(await this.balances.grantStoreCredit({ ...entry, owner: ownerOf(body) }, meta), reply);
  }

  @Post('lookup')
  @Needs('money:read')
  @HttpCode(200)
  @ApiOperation({ summary: 'What is on a gift card, by its code: in the body, because addresses stand in logs' })
  @Answers(200, balanceAnswer, { refuses: known })
  async lookUp(@Body() { code }: CodeDto): Promise<BalanceShown> {
    return this.shown(await this.balances.idOfCode(code));
  }

  @Get(':balanceId')
  @ApiOperation({ summary: 'What we owe on a gift card or store credit, and what of it is promised for which orders' })
  @Answers(200, balanceAnswer, { refuses: known })
  get(@Param('balanceId', IdParam) balanceId: string): Promise<BalanceShown> {
    return this.shown(balanceId);
  }

  @Get(':balanceId/movements')
  @ApiOperation({ summary: 'Every movement of a gift card or store credit: their effects add up to what we owe' })
  @Answers(200, balanceMovementPage, { refuses: known })
  async movements(@Param('balanceId', IdParam) balanceId: string, @Query() query: PageQuery): Promise<Page<BalanceMovementRow>> {
    await this.balances.read(balanceId);
    const slice = { limit: limitOf(query) + 1, afterVersion: readCursor(query.cursor, 'count')?.[0] ?? 0 };
    return pageOf(await this.rows.movements(balanceId, slice, query.minPosition), query, ({ version }) => [version]);
  }

  @Post(':balanceId/credits')
  @Needs('money:refund')
  @ApiOperation({ summary: 'Top up a gift card or store credit' })
  @Answers(201, balanceAnswer, { headers: commandHeaders, refuses: { ...known, invalid: ['EXPIRY_PAST'] } })
  async credit(
    @Param('balanceId', IdParam) balanceId: string,
    @Body() body: BalanceCreditDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BalanceShown> {
    return this.told(await this.balances.credit(balanceId, body, meta), reply);
  }

  @Post(':balanceId/adjustments')
  @Needs('money:refund')
  @ApiOperation({ summary: 'Correct what we owe, with a reason: never below what is promised' })
  @Answers(201, balanceAnswer, { headers: commandHeaders, refuses: { ...known, invalid: ['BALANCE_INSUFFICIENT'] } })
  async adjust(
    @Param('balanceId', IdParam) balanceId: string,
    @Body() body: BalanceAdjustmentDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BalanceShown> {
    return this.told(await this.balances.adjust(balanceId, body, meta), reply);
  }

  @Post(':balanceId/freeze')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let nothing more be spent of it: a card that was lost or stolen' })
  @Answers(200, balanceAnswer, { headers: commandHeaders, refuses: known })
  async freeze(
    @Param('balanceId', IdParam) balanceId: string,
    @Body() { reasonCode }: BalanceReasonDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BalanceShown> {
    return this.told(await this.balances.freeze(balanceId, reasonCode, meta), reply);
  }

  @Post(':balanceId/unfreeze')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let it be spent again' })
  @Answers(200, balanceAnswer, { headers: commandHeaders, refuses: known })
  async unfreeze(
    @Param('balanceId', IdParam) balanceId: string,
    @Body() { reasonCode }: BalanceReasonDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BalanceShown> {
    return this.told(await this.balances.unfreeze(balanceId, reasonCode, meta), reply);
  }

  private async shown(balanceId: string): Promise<BalanceShown> {
    const { balance, version } = await this.balances.read(balanceId);
    return shownOf(balance, version);
  }

  /** As it stood after the command: a repeat answers the same. */
  private told(handled: HandledBalance, reply: FastifyReply): BalanceShown {
    answered(reply, handled);
    return shownOf(handled.state, handled.version);
  }
}
