import { integer, list, nullable, object, text } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { answerOf, Answers, AsNumber, CommandMeta, TakesUpload, Uploaded, type Upload } from '@cartage/service-kit';
import { Controller, Inject, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Items } from '../../app/catalogue/items';
import { importItems, type ImportReport } from './item-import';
import { ITEMS } from './items.controller';

export class ImportQuery {
  @ApiPropertyOptional({ minimum: 1, default: 1, description: 'Lines before it are passed over.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  readonly fromLine?: number;
}

const report = answerOf<ImportReport>()(
  'ItemImport',
  object({
    records: integer('Records that were looked at.'),
    changed: integer('Items that were described, or described anew.'),
    unchanged: integer('Items that stood so already.'),
    rejected: integer('Records that are wrong. The others were taken all the same.'),
    errors: list(
      object({
        line: integer('On which the record ends; of a CSV file the header is line 1.'),
        sku: nullable(text('As it was sent.')),
        field: text('JSON path in the record; empty: the record as a whole.'),
        code: text(),
        message: text(),
      }),
      'What is wrong, up to 1,000 faults.',
    ),
  }),
);

@ApiTags('items')
@Controller('inventory/items')
export class ItemImportController {
  constructor(@Inject(ITEMS) private readonly items: Items) {}

  @Post('import')
  @TakesUpload(
    'One item on each line (`application/x-ndjson`), or a row for each (`text/csv`; columns are named as the fields, `customs.hsCode` for one in another, `kit` as JSON).',
  )
  @ApiOperation({
    summary:
      'Describes all items of a file, of any size, line by line. Sent again it goes on where it broke off: what stands already is passed over.',
  })
  @Answers(200, report)
  import(@Uploaded() upload: Upload, @Query() { fromLine }: ImportQuery, @CommandMeta() meta: Meta): Promise<ImportReport> {
    return importItems(this.items, upload, fromLine ?? 1, meta);
  }
}
