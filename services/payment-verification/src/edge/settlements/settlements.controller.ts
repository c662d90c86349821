import { Refused, type Meta, type Position } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  IdParam,
  limitOf,
  pageOf,
  PageQuery,
  readCursor,
  recordsOf,
  spooled,
  TakesUpload,
  Uploaded,
  type LineFault,
  type Page,
  type Upload,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { byOperator } from '../../app/balances/entries';
import type { Reconciliation } from '../../app/settlements/reconciliation';
import { totalsOf, type LineGroup } from '../../app/settlements/report';
import type { LineFilter, LineSlice, SettlementLineRow } from '../../app/settlements/settlement-lines';
import type { FileTable, SettlementFile, SettlementFiles } from '../../app/settlements/settlement-files';
import type { PayoutRow } from '../../app/views/payout-list';
import type { Sources } from '../../app/settlements/sources';
import { fileAnswer, filePage, lineAnswer, linePage, rejectionPage, reportAnswer, type SettlementReport } from './settlements.answers';
import { ResolutionDto, SettlementLinesQuery, SettlementUploadQuery } from './settlements.dto';

export const SETTLEMENTS = Symbol('settlements');

export interface Settlements {
  readonly files: SettlementFiles;
  readonly table: Pick<FileTable, 'list' | 'filesOf' | 'rejections'>;
  readonly sources: Sources;
  readonly reconciliation: Reconciliation;
  readonly lines: (filter: LineFilter, slice: LineSlice, minPosition?: Position) => Promise<readonly SettlementLineRow[]>;
  readonly line: (lineId: string, minPosition?: Position) => Promise<SettlementLineRow | undefined>;
  readonly groups: (settlementId: string) => Promise<readonly LineGroup[]>;
  readonly payouts: (settlementId: string) => Promise<readonly PayoutRow[]>;
}

const unknown = { unknown: ['SETTLEMENT_UNKNOWN'], invalid: ['ID_INVALID'] };

@ApiTags('settlements')
@Controller('payments/settlements')
export class SettlementsController {
  constructor(@Inject(SETTLEMENTS) private readonly settlements: Settlements) {}

  @Post()
  @TakesUpload('A file of a payment provider, marketplace or courier: a row for each line (CSV), or an object (NDJSON).')
  @ApiOperation({
    summary: 'Take a settlement file of any size: each line is compared with what was captured, collected, refunded or charged back.',
    description:
      'The file is named by what it holds: sent again it changes nothing, and one that broke off goes on. A line that another file has had is not taken twice. A line that is wrong keeps no other out.',
  })
  @Answers(200, fileAnswer, { refuses: { unknown: ['SETTLEMENT_SOURCE_UNKNOWN', 'SETTLEMENT_UNKNOWN'], conflict: ['IMPORT_RUNNING'] } })
  async take(
    @Uploaded() upload: Upload,
    @Query() { settlementSource, mends }: SettlementUploadQuery,
    @CommandMeta() meta: Meta,
  ): Promise<SettlementFile> {
    const source = await this.settlements.sources.of(settlementSource);
    const spool = await spooled(upload);
    try {
      const records = () => recordsOf(spool.open(), { delimiter: source.mapping.delimiter });
      return await this.settlements.files.take({ source, hash: spool.hash, records, ...(mends === undefined ? {} : { mends }) }, meta);
    } finally {
      await spool.discard();
    }
  }

  @Get()
  @ApiOperation({ summary: 'Settlement files, newest first' })
  @Answers(200, filePage)
  async list(@Query() query: PageQuery): Promise<Page<SettlementFile>> {
    const found = await this.settlements.table.list(readCursor(query.cursor, 'instant', 'uuid'), limitOf(query) + 1);
    return pageOf(found, query, ({ startedAt, fileId }) => [startedAt, fileId]);
  }

  @Get('lines')
  @ApiOperation({ summary: 'Lines of settlement files, those settled last first; `open=true`: what does not agree' })
  @Answers(200, linePage)
  async lines(@Query() query: SettlementLinesQuery): Promise<Page<SettlementLineRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const rows = await this.settlements.lines(query, slice, query.minPosition);
    return pageOf(rows, query, ({ settledAt, settlementLineId }) => [settledAt, settlementLineId]);
  }

  @Post('lines/:settlementLineId/resolution')
  @ApiOperation({ summary: 'Close what does not agree, or claim it: with a reason, and in the books' })
  @Answers(200, lineAnswer, {
    headers: commandHeaders,
    refuses: { unknown: ['SETTLEMENT_LINE_UNKNOWN'], invalid: ['ID_INVALID'], conflict: ['NOTHING_TO_RESOLVE', 'MISMATCH_RESOLVED'] },
  })
  async resolve(
    @Param('settlementLineId', IdParam) lineId: string,
    @Body() { resolution, reasonCode, detail }: ResolutionDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SettlementLineRow> {
    const { orderId } = await this.requireLine(lineId);
    const reason = byOperator(reasonCode, meta, detail);
    const handled = await this.settlements.reconciliation.resolve({ lineId, orderId, resolution, reason }, meta);
    answered(reply, handled);
    return this.requireLine(lineId, handled.position);
  }

  @Get(':settlementId')
  @ApiOperation({ summary: 'Whether the lines of a settlement are what was paid out, and what of them agrees with what moved' })
  @Answers(200, reportAnswer, { refuses: unknown })
  async report(@Param('settlementId', IdParam) id: string): Promise<SettlementReport> {
    const { settlementId, source } = await this.settlements.files.find(id);
    const { table, groups: groupsOf, payouts: payoutsOf } = this.settlements;
    const [files, groups, payouts] = await Promise.all([table.filesOf(settlementId), groupsOf(settlementId), payoutsOf(settlementId)]);
    const rejected = files.reduce((sum, file) => sum + file.rejected, 0);
    return { settlementId, settlementSource: source, files, payouts, rejected, totals: totalsOf(groups), groups };
  }

  @Get(':settlementId/rejections')
  @ApiOperation({ summary: 'Rows of a settlement that could not be read, by line and field' })
  @Answers(200, rejectionPage, { refuses: unknown })
  async rejections(
    @Param('settlementId', IdParam) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<LineFault & { readonly fileId: string }>> {
    const { settlementId } = await this.settlements.files.find(id);
    const [after = 0] = readCursor(query.cursor, 'count') ?? [];
    const found = await this.settlements.table.rejections(settlementId, after, limitOf(query) + 1);
    const { items, next } = pageOf(found, query, ({ number }) => [number]);
    return { items: items.map(({ number: _, ...each }) => each), next };
  }

  private async requireLine(lineId: string, position?: Position): Promise<SettlementLineRow> {
    const line = await this.settlements.line(lineId, position);
    if (line) return line;
    throw new Refused('SETTLEMENT_LINE_UNKNOWN', `No line ${lineId} of a settlement is known here.`, 'unknown');
  }
}
