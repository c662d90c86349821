import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  limitOf,
  NoPreview,
  pageOf,
  readCursor,
  RequestMeta,
  TakesUpload,
  Uploaded,
  type Page,
  type Upload,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { worthFor, type WorthReading } from '../../app/costing/worth';
import type { Statement } from '../../app/statements/statement';
import type { Statements } from '../../app/statements/statements';
import type { Difference } from '../../domain/statements/difference';
import { reasonBy } from '../supply/purchase-orders.dto';
import { shownDifference } from './shown-difference';
import { importStatement } from './statement-import';
import * as answers from './statements.answers';
import {
  CategoryPath,
  DifferencePath,
  DifferencesQueryDto,
  DifferenceSettlementDto,
  DriftToleranceDto,
  headOf,
  StatementPath,
  StatementsQueryDto,
  StatementUploadQuery,
  StockStatementDto,
} from './statements.dto';

export const STATEMENTS = Symbol('Statements');
export const STATEMENT_WORTH = Symbol('StatementWorth');
export const STATEMENT_CLOCK = Symbol('StatementClock');

@ApiTags('stock statements')
@Controller('inventory')
export class StatementsController {
  constructor(
    @Inject(STATEMENTS) private readonly statements: Statements,
    @Inject(STATEMENT_WORTH) private readonly sources: WorthReading,
    @Inject(STATEMENT_CLOCK) private readonly now: () => Date,
  ) {}

  @Post('statements')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Takes what another system believes to have, and compares it with what we had at that instant.' })
  @Answers(200, answers.statementAnswer, {
    refuses: { invalid: ['LOCATION_UNKNOWN', 'KIT_HAS_NO_STOCK', 'PLACE_INVALID', 'STATEMENT_TOO_OLD'] },
  })
  give(@Body() { lines, ...head }: StockStatementDto, @CommandMeta() meta: Meta): Promise<Statement> {
    return this.statements.give(
      headOf(head),
      lines.map(({ sku, quantity }) => ({ sku, quantity })),
      meta,
    );
  }

  @Post('statements/import')
  @HttpCode(200)
  @TakesUpload('A SKU on each line (`application/x-ndjson`), or a row for each (`text/csv`): `sku`, `quantity`.')
  @ApiOperation({
    summary: 'Takes a statement from a file of any size. It is compared when all of it is there; a line that is wrong keeps no other out.',
  })
  @Answers(200, answers.statementImport, { refuses: { invalid: ['LOCATION_UNKNOWN', 'PLACE_INVALID', 'STATEMENT_TOO_OLD'] } })
  import(
    @Uploaded() upload: Upload,
    @Query() query: StatementUploadQuery,
    @CommandMeta() meta: Meta,
  ): Promise<answers.StatementImportReport> {
    return importStatement(this.statements, headOf(query), upload, meta);
  }

  @Get('statements')
  @ApiOperation({ summary: 'Lists statements, the newest first.' })
  @Answers(200, answers.statementPage)
  async list(@Query() { source, location, channel, ...query }: StatementsQueryDto): Promise<Page<Statement>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.statements.list({ source, ...given({ location, channel }), after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ asOf, statementId }) => [asOf, statementId]);
  }

  @Get('statements/:statementId')
  @ApiOperation({ summary: 'Shows a statement, and how far it is from what we had.' })
  @Answers(200, answers.statementAnswer, { refuses: { unknown: ['STATEMENT_UNKNOWN'] } })
  get(@Param() { statementId }: StatementPath): Promise<Statement> {
    return this.statements.get(statementId);
  }

  @Get('differences')
  @ApiOperation({ summary: 'Lists where other systems count otherwise, those of most units first, with the likely cause of each.' })
  @Answers(200, answers.differencePage)
  async differences(
    @Query() { source, location, channel, sku, cause, status, currency, ...query }: DifferencesQueryDto,
  ): Promise<Page<answers.ShownDifference>> {
    const after = readCursor(query.cursor, 'count', 'uuid');
    const asked = { source, sku, cause, status, ...given({ location, channel }), after, limit: limitOf(query) + 1 };
    const { items, next } = pageOf(await this.statements.differences(asked), query, ({ theirs, ours, differenceId }) => [
      Math.abs(theirs - ours),
      differenceId,
    ]);
    const worth = await worthFor(this.sources, items, currency);
    return { items: items.map((each) => shownDifference(each, this.now(), worth)), next };
  }

  @Get('differences/:differenceId')
  @ApiOperation({ summary: 'Shows a difference, and the movements that likely explain it.' })
  @Answers(200, answers.differenceAnswer, { refuses: { unknown: ['DIFFERENCE_UNKNOWN'] } })
  async difference(@Param() { differenceId }: DifferencePath): Promise<answers.ShownDifference> {
    return this.shown(await this.statements.difference(differenceId));
  }

  @Post('differences/:differenceId/settlement')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Accepts what the other system counts, as an adjustment of cause `drift`, or what we do, with who says so and why.',
  })
  @Answers(200, answers.differenceAnswer, {
    headers: commandHeaders,
    refuses: { unknown: ['DIFFERENCE_UNKNOWN'], conflict: ['DIFFERENCE_SETTLED', 'CHANNEL_HAS_NO_STOCK', 'STOCK_INSUFFICIENT'] },
  })
  async settle(
    @Param() { differenceId }: DifferencePath,
    @Body() { accept, reason, detail, by }: DifferenceSettlementDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<answers.ShownDifference> {
    const settlement = { differenceId, accept, reason: reasonBy(by ?? meta.actor, reason, detail) };
    const { answer, ...how } = await this.statements.settle(settlement, meta);
    answered(reply, { ...how, version: answer.revision });
    return this.shown(answer);
  }

  @Put('drift-tolerances/:category')
  @ApiOperation({
    summary: 'Says by how much other systems may count otherwise of a category of items before an alert of kind `drift` is raised.',
  })
  @Answers(200, answers.toleranceAnswer, { headers: commandHeaders })
  async setTolerance(
    @Param() { category }: CategoryPath,
    @Body() { units, percent }: DriftToleranceDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<answers.ShownTolerance> {
    const tolerance = units === undefined && percent === undefined ? {} : { tolerance: { units: units ?? 0, percent: percent ?? 0 } };
    const handled = await this.statements.setTolerance({ category, ...tolerance }, meta);
    answered(reply, handled);
    return { category, tolerance: handled.state.tolerance ?? null };
  }

  @Get('drift-tolerances')
  @ApiOperation({ summary: 'Lists by how much other systems may count otherwise, by category.' })
  @Answers(200, answers.tolerancesAnswer)
  async tolerances(): Promise<{ readonly items: readonly answers.ShownTolerance[] }> {
    return { items: (await this.statements.tolerances()).map(({ category, ...tolerance }) => ({ category, tolerance })) };
  }

  private shown(difference: Difference): answers.ShownDifference {
    return shownDifference(difference, this.now(), undefined);
  }
}

const given = ({ location, channel }: { readonly location: string | undefined; readonly channel: string | undefined }) => ({
  ...(location === undefined ? {} : { location }),
  ...(channel === undefined ? {} : { channel }),
});
