import { importedOutcomes, integer, nullable, object, oneOf, text, time, uuid } from '@cartage/contracts';
import { Refused, type Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  CommandMeta,
  IdParam,
  idFor,
  IsCode,
  IsExternalId,
  IsInstant,
  limitOf,
  nameOfItem,
  pageAnswer,
  pageOf,
  PageQuery,
  readCursor,
  recordsOf,
  shapedEach,
  TakesUpload,
  Uploaded,
  type Page,
  type Upload,
} from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { ImportLine, Imports, ImportState, Rejection } from '../app/imports';
import { ChannelOrderDto } from './orders.dto';

export const IMPORTS = Symbol('imports');

/** A line of a file: an order as a channel tells it, and how it ended. */
export class ImportedOrderDto extends ChannelOrderDto {
  @ApiProperty({ example: 'web', description: 'Where it was sold.' })
  @IsCode()
  channel!: string;

  @ApiProperty({ example: 'OLD-1001', description: 'The channel’s own number: the same pair is one order, however often it is imported.' })
  @IsExternalId()
  externalOrderId!: string;

  @ApiPropertyOptional({ enum: importedOutcomes, default: 'completed' })
  @IsOptional()
  @IsIn(importedOutcomes)
  outcome?: 'completed' | 'cancelled';

  @ApiPropertyOptional({ description: 'When it was delivered, or cancelled; without it, when it was placed.' })
  @IsOptional()
  @IsInstant()
  endedAt?: string;
}

const cells = {
  taxIncluded: 'truth',
  total: 'number',
  lines: 'json',
  payments: 'json',
  shipGroups: 'json',
  raw: 'json',
  'shipTo.lines': 'json',
  'shipTo.latitude': 'number',
  'shipTo.longitude': 'number',
  'shipping.amount': 'number',
  'shipping.tax': 'number',
  'payment.amount': 'number',
} as const;

const state = answerOf<ImportState>()(
  'OrderImport',
  object({
    importId: uuid(),
    kind: oneOf(['orders']),
    status: oneOf(['running', 'done', 'broken-off'], '`broken-off`: send the same file under the same key, and it goes on where it was.'),
    records: integer('That were looked at.'),
    imported: integer('That were not here before.'),
    unchanged: integer('That were here before, with the same content.'),
    rejected: integer('That are wrong; the others were taken all the same.'),
    lastLine: integer('Up to which the file was taken.'),
    startedAt: time(),
    changedAt: time(),
    by: text('Who sent it.'),
  }),
);

const rejection = answerOf<Rejection>()(
  'ImportRejection',
  object({
    line: integer('On which the record ends; of a CSV file the header is line 1.'),
    externalOrderId: nullable(text('As it was sent.')),
    field: text('JSON path in the record; empty: the record as a whole.'),
    code: text('Stable.'),
    message: text('For a person.'),
  }),
);

async function* linesOf(upload: Upload): AsyncGenerator<ImportLine> {
  for await (const record of recordsOf(upload, { cells })) {
    if ('refused' in record) yield { line: record.line, externalOrderId: null, refused: record.refused };
    else yield lineOf(record.line, record.value);
  }
}

const lineOf = (line: number, value: Readonly<Record<string, unknown>>): ImportLine => {
  const externalOrderId = nameOfItem(value, 'externalOrderId');
  const [shaped = new Refused('REQUEST_INVALID', 'It is no order.', 'invalid')] = shapedEach(ImportedOrderDto, [value]);
  if (shaped instanceof Refused) return { line, externalOrderId, refused: shaped };
  const { outcome = 'completed', endedAt, ...placement } = shaped;
  return { line, externalOrderId, order: { placement, outcome, endedAt } };
};

const unknown = { unknown: ['IMPORT_UNKNOWN'], invalid: ['ID_INVALID'] };

@ApiTags('imports')
@Controller('imports')
export class ImportsController {
  constructor(@Inject(IMPORTS) private readonly imports: Imports) {}

  @Post()
  @TakesUpload('Orders that ended elsewhere, one a line (NDJSON) or one a row (CSV; lists as JSON in their cells).')
  @ApiOperation({
    summary: 'Import historical orders from a file of any size. Nothing is reserved, paid, shipped or said for them.',
    description:
      'Lists, customers and returns know them. The `Idempotency-Key` names the import: the same file under the same key goes on where it broke off. A line that is wrong keeps no other out.',
  })
  @Answers(200, state, { refuses: { conflict: ['IMPORT_RUNNING'] } })
  run(@Uploaded() upload: Upload, @CommandMeta() meta: Meta): Promise<ImportState> {
    return this.imports.run(idFor('import', meta.commandId), linesOf(upload), meta);
  }

  @Get()
  @ApiOperation({ summary: 'Imports, newest first.' })
  @Answers(200, pageAnswer(state))
  async list(@Query() query: PageQuery): Promise<Page<ImportState>> {
    const found = await this.imports.list(readCursor(query.cursor, 'instant', 'uuid'), limitOf(query) + 1);
    return pageOf(found, query, ({ startedAt, importId }) => [startedAt, importId]);
  }

  @Get(':importId')
  @ApiOperation({ summary: 'How far an import has come.' })
  @Answers(200, state, { refuses: unknown })
  show(@Param('importId', IdParam) importId: string): Promise<ImportState> {
    return this.imports.find(importId);
  }

  @Get(':importId/rejections')
  @ApiOperation({ summary: 'What was wrong in a file, by line and field.' })
  @Answers(200, pageAnswer(rejection), { refuses: unknown })
  async rejections(@Param('importId', IdParam) importId: string, @Query() query: PageQuery): Promise<Page<Rejection>> {
    const [after = 0] = readCursor(query.cursor, 'count') ?? [];
    const found = await this.imports.rejections(importId, after, limitOf(query) + 1);
    const { items, next } = pageOf(found, query, ({ number }) => [number]);
    return { items: items.map(({ number: _, ...each }) => each), next };
  }
}
