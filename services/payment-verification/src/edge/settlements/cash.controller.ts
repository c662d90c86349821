import {
  answered,
  Answers,
  commandHeaders,
  IdParam,
  limitOf,
  Needs,
  type Page,
  pageOf,
  readCursor,
  RequestMeta,
} from '@cartage/service-kit';
import type { Meta } from '@cartage/eventsourcing';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CashLocked, CashStep } from '../../app/settlements/cash-cycle';
import type { Ageing, Outstanding, OutstandingMoney } from '../../app/settlements/outstanding';
import type { Sources } from '../../app/settlements/sources';
import type { SettlementSource } from '../../domain/settlements/sources';
import { ageingAnswer, cycleAnswer, lockedAnswer, outstandingPage, sourceAnswer, sourcesAnswer, type SourceShown } from './cash.answers';
import { OutstandingQuery, SettlementSourceDto, sourceOf } from './settlements.dto';

export const CASH = Symbol('cash');

export interface Cash {
  readonly sources: Sources;
  readonly outstanding: OutstandingMoney;
  readonly locked: () => Promise<readonly CashLocked[]>;
  readonly steps: (orderId: string) => Promise<readonly CashStep[]>;
}

const shown = ({ source, mapping, ...terms }: SettlementSource): SourceShown => ({
  ...terms,
  settlementSource: source,
  mapping: { ...mapping, columns: { ...mapping.columns } },
});

@ApiTags('settlements')
@Controller('payments')
export class CashController {
  constructor(@Inject(CASH) private readonly cash: Cash) {}

  @Get('settlement-sources')
  @ApiOperation({ summary: 'Who settles, whose money, and how their files are read' })
  @Answers(200, sourcesAnswer)
  async sources(): Promise<{ readonly items: readonly SourceShown[] }> {
    return { items: [...(await this.cash.sources.all()).values()].map(shown) };
  }

  @Put('settlement-sources/:settlementSource')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Say how the files of a source are read, and whose money they settle' })
  @Answers(200, sourceAnswer, { headers: commandHeaders, refuses: { invalid: ['MAPPING_INVALID'] } })
  async register(
    @Param('settlementSource') name: string,
    @Body() body: SettlementSourceDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SourceShown> {
    const source = sourceOf(name, body);
    answered(reply, await this.cash.sources.register(source, meta));
    return shown(source);
  }

  @Get('outstanding')
  @ApiOperation({ summary: 'Money that was captured or collected and stands in no settlement yet, longest waiting first' })
  @Answers(200, outstandingPage)
  async outstanding(@Query() query: OutstandingQuery): Promise<Page<Outstanding>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const found = await this.cash.outstanding.list(query, slice);
    return pageOf(found, query, ({ movedAt, movementId }) => [movedAt, movementId]);
  }

  @Get('outstanding/ageing')
  @ApiOperation({ summary: 'The same by age: by source, carrier, channel and currency' })
  @Answers(200, ageingAnswer)
  async ageing(): Promise<{ readonly items: readonly Ageing[] }> {
    return { items: await this.cash.outstanding.ageing() };
  }

  @Get('cash-cycle')
  @ApiOperation({ summary: 'Cash locked between shipment and settlement, by stage, channel and age' })
  @Answers(200, lockedAnswer)
  async locked(): Promise<{ readonly items: readonly CashLocked[] }> {
    return { items: await this.cash.locked() };
  }

  @Get('cash-cycle/:orderId')
  @ApiOperation({ summary: 'How far the money of an order has come: shipped, delivered, captured or collected, settled' })
  @Answers(200, cycleAnswer, { refuses: { unknown: ['PAYMENT_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async cycle(@Param('orderId', IdParam) orderId: string): Promise<{ readonly orderId: string; readonly steps: readonly CashStep[] }> {
    return { orderId, steps: await this.cash.steps(orderId) };
  }
}
